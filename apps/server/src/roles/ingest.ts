import { createIngest, refreshSnapshot, type Log } from '@holdfast/application';
import { createSnapshotStore, createSpoolReader } from '@holdfast/mail';
import type { Configuration } from '../configuration/read-configuration.ts';
import { connectDatabase } from '../composition/connect-database.ts';
import { dataPaths } from '../composition/data-directory.ts';
import { createProcessFormat } from '../composition/mail-adapters.ts';
import { createIdentifiers } from '../composition/identifiers.ts';
import { ingested } from '../composition/metrics.ts';
import { createDatabaseSpoolKeys, requireSecrets } from '../composition/spool-keys.ts';
import { runLoop } from './loop.ts';
import type { RunningRole } from './role-process.ts';

/** New records are looked for this often; the signal of another process cannot be had from mx, which has no database. */
const INGEST_PAUSE = 100;
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
    format: createProcessFormat(configuration),
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
      const { records } = await reading.once();
      ingested.inc(records);
      return records > 0;
    },
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
    if (signal.channel === 'snapshot') snapshot.wake();
  });
  return {
    facts: {},
    async stop() {
      await unlisten();
      await snapshot.stop();
      await ingest.stop();
      await database.close();
    },
  };
}
