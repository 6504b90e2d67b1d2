import { createRelay, type Log } from '@holdfast/application';
import { createLocalMessageStore } from '@holdfast/mail';
import type { Configuration } from '../configuration/read-configuration.ts';
import { connectDatabase } from '../composition/connect-database.ts';
import { dataPaths, hostId } from '../composition/data-directory.ts';
import { createIdentifiers } from '../composition/identifiers.ts';
import {
  createProcessFormat,
  createProcessRelay,
  createProcessSpool,
} from '../composition/mail-adapters.ts';
import { attempted } from '../composition/metrics.ts';
import { createDatabaseSpoolKeys, requireSecrets } from '../composition/spool-keys.ts';
import { runLoop } from './loop.ts';
import type { RunningRole } from './role-process.ts';

/** The slow poll behind the `deliveries` signal, and how often open breakers are looked at. Unit: milliseconds. */
const RELAY_PAUSE = 500;

/** Leases deliveries and sends them: to Office 365 and to the outside. */
export async function startRelay(configuration: Configuration, log: Log): Promise<RunningRole> {
  const paths = dataPaths(configuration.dataDirectory);
  const database = await connectDatabase(configuration, log);
  const keys = createDatabaseSpoolKeys(database, requireSecrets(configuration), log);
  const spool = createProcessSpool(configuration, 'relay', keys, log);
  const transport = createProcessRelay(configuration, log);
  const identifiers = createIdentifiers();
  const relay = createRelay(
    {
      database,
      store: createLocalMessageStore({ directory: paths.spool, keys }),
      transport,
      format: createProcessFormat(configuration),
      spool,
      clock: { now: () => Date.now() },
      identifiers,
      log,
      hostname: configuration.mxHostnames[0] ?? 'localhost',
    },
    // One relay per data directory: the next one under this name takes over what this one had leased.
    `relay@${hostId(paths, () => identifiers.uuid())}`,
  );
  const sending = runLoop({
    name: 'relay',
    pause: RELAY_PAUSE,
    log,
    turn: async () => {
      const tried = await relay.step();
      attempted.inc(tried);
      return tried > 0;
    },
  });
  const probing = runLoop({
    name: 'breaker probe',
    pause: RELAY_PAUSE,
    log,
    turn: async () => {
      await relay.probeOpenBreakers();
      return false;
    },
  });
  const unlisten = await database.listen((signal) => {
    if (signal.channel === 'deliveries') sending.wake();
  });
  return {
    facts: { instance: spool.instance },
    async stop() {
      await unlisten();
      await probing.stop();
      await sending.stop();
      await relay.idle();
      await spool.close();
      await transport.close();
      await database.close();
    },
  };
}
