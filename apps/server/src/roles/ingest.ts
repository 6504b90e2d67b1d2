import { createIngest, refreshSnapshot, type Log } from '@holdfast/application';
import { createSnapshotStore, createSpoolReader, watchSpool } from '@holdfast/mail';
import { setTimeout as wait } from 'node:timers/promises';
import type { Configuration } from '../configuration/read-configuration.ts';
import { connectDatabase } from '../composition/connect-database.ts';
import { dataPaths } from '../composition/data-directory.ts';
import { createProcessFormat } from '../composition/mail-format.ts';
import { createIdentifiers } from '../composition/identifiers.ts';
import {
  ingestBatch,
  ingested,
  ingestLag,
  ingestTurn,
  ingestWaiting,
} from '../composition/metrics.ts';
import { createDatabaseSpoolKeys, requireSecrets } from '../composition/spool-keys.ts';
import { runLoop } from './loop.ts';
import type { RunningRole } from './role-process.ts';

/** The slow poll behind the watch on the spool's directories. Unit: milliseconds. */
const INGEST_PAUSE = 1000;
/** Mail that comes one by one is gathered this long: a transaction for each would cost ten times its rows. Milliseconds. */
const GATHERING = 100;
/** For one message that is out of the ordinary; the mail behind it waits as long. Milliseconds. */
const PARSE_TIME = 2000;
/** The slow poll behind the `snapshot` signal. Unit: milliseconds. */
const SNAPSHOT_PAUSE = 15_000;

/** Spool → rows and mailbox items, and the snapshot that mx works from. */
export async function startIngest(configuration: Configuration, log: Log): Promise<RunningRole> {
  const paths = dataPaths(configuration.dataDirectory);
  const database = await connectDatabase(configuration, log);
  const clock = { now: () => Date.now() };
  const ports = {
    database,
    reader: createSpoolReader({
      directory: paths.spool,
      keys: createDatabaseSpoolKeys(database, requireSecrets(configuration), log),
    }),
    format: createProcessFormat(configuration, { time: PARSE_TIME }),
    identifiers: createIdentifiers(),
    clock,
    log,
  };
  const snapshots = createSnapshotStore({ directory: paths.snapshot });
  const reading = createIngest(ports);
  const ingest = runLoop({
    name: 'ingest',
    pause: INGEST_PAUSE,
    log,
    turn: async () => {
      const began = performance.now();
      const turn = await reading.once();
      watching.follow(reading.liveInstances());
      ingested.inc(turn.records);
      ingestLag.set(turn.lag / 1000);
      ingestWaiting.set(turn.waitingBytes);
      if (turn.records === 0) return false;
      ingestBatch.observe(turn.batch);
      ingestTurn.observe((performance.now() - began) / 1000);
      if (turn.waitingBytes === 0) await wait(GATHERING);
      return true;
    },
  });
  const watching = watchSpool({
    directory: paths.spool,
    onWritten: () => ingest.wake(),
    onChanged: () => reading.spoolChanged(),
  });
  const snapshot = runLoop({
    name: 'snapshot',
    pause: SNAPSHOT_PAUSE,
    log,
    turn: async () => {
      if (await refreshSnapshot(ports, snapshots)) log.info('snapshot written');
      return false;
    },
  });
  const unlisten = await database.listen((signal) => {
    if (signal.channel !== 'snapshot') return;
    reading.directoryChanged();
    snapshot.wake();
  });
  return {
    facts: {},
    async stop() {
      await unlisten();
      watching.close();
      await snapshot.stop();
      await ingest.stop();
      await database.close();
    },
  };
}
