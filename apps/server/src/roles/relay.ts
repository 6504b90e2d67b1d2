import {
  createRelay,
  DEFAULT_RELAY_OPTIONS,
  LEASE_AT_MOST,
  type Log,
  type RelayOptions,
} from '@holdfast/application';
import { DAY, DEFAULT_MAILBOX_RATE, HOUR } from '@holdfast/domain';
import { createLocalMessageStore } from '@holdfast/mail';
import { setTimeout as wait } from 'node:timers/promises';
import type { Configuration } from '../configuration/read-configuration.ts';
import { connectDatabase } from '../composition/connect-database.ts';
import { dataPaths, hostId } from '../composition/data-directory.ts';
import { createIdentifiers } from '../composition/identifiers.ts';
import { createProcessRelay, createProcessSpool } from '../composition/mail-adapters.ts';
import { createProcessFormat } from '../composition/mail-format.ts';
import { attempted, oldestWaiting } from '../composition/metrics.ts';
import { createDatabaseSpoolKeys, requireSecrets } from '../composition/spool-keys.ts';
import { runLoop } from './loop.ts';
import type { RunningRole } from './role-process.ts';

/** The slow poll behind the `deliveries` signal, and how often open breakers are looked at. Unit: milliseconds. */
const RELAY_PAUSE = 500;
/** Age of the oldest waiting mail from which an alarm is raised, and how often it is repeated. Unit: milliseconds. */
const WAITING_ALARM = 20 * DAY;
const ALARM_AGAIN = 6 * HOUR;

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
      pause: (milliseconds) => wait(milliseconds),
    },
    {
      // One relay per data directory: the next one under this name takes over what this one had leased.
      owner: `relay@${hostId(paths, () => identifiers.uuid())}`,
      ...relayLimits(configuration),
      onRoom: () => sending.wake(),
    },
  );
  let alarmed = 0;
  const sending = runLoop({
    name: 'relay',
    pause: RELAY_PAUSE,
    log,
    turn: async () => {
      const tried = await relay.step();
      attempted.inc(tried);
      noteOldest(relay.oldestWaitingDay());
      // Less than a full lease was all there is: looking again at once would cost as much as the lease did.
      return tried >= LEASE_AT_MOST;
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
  /** Nothing expires unseen: mail that has waited for weeks is said aloud before its time is over. */
  function noteOldest(day: string | null): void {
    const age = day === null ? 0 : Date.now() - Date.parse(day);
    oldestWaiting.set(age / 1000);
    if (age < WAITING_ALARM || Date.now() - alarmed < ALARM_AGAIN) return;
    alarmed = Date.now();
    log.error('mail has been waiting for weeks; it goes to review after 30 days', {
      acceptedOn: day,
    });
  }

  return {
    facts: { instance: spool.instance },
    async stop() {
      await unlisten();
      await probing.stop();
      await sending.stop();
      await relay.stop();
      await spool.close();
      await transport.close();
      await database.close();
    },
  };
}

function relayLimits({
  relayConnections,
  mailboxRate,
}: Configuration): Pick<RelayOptions, 'lanes' | 'mailboxRate'> {
  const { primary, remote } = DEFAULT_RELAY_OPTIONS.lanes;
  return {
    lanes: {
      primary: { ...primary, concurrency: relayConnections, perKey: relayConnections },
      remote: { ...remote, concurrency: relayConnections },
    },
    mailboxRate: mailboxRate === 0 ? null : { ...DEFAULT_MAILBOX_RATE, perHour: mailboxRate },
  };
}
