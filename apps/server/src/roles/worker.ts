import {
  beginDuePreflight,
  checkDueDomains,
  checkRunningCutOvers,
  createProbes,
  createRetention,
  endDueDrills,
  endDueEvent,
  indexMessages,
  refreshTenantRoutes,
  remindUsers,
  registerJobs,
  removeOldWriting,
  requestDirectorySync,
  resumeDirectorySync,
  settleEvent,
  settleEnteredContacts,
  tellDevices,
  watchCanaries,
  watchExchange,
  type Log,
  type OrganisationRecord,
  type Ports,
  type Probes,
} from '@holdfast/application';
import { createJobRunner } from '@holdfast/database';
import { setTimeout as wait } from 'node:timers/promises';
import { createSpoolHousekeeping } from '@holdfast/mail';
import type { Configuration } from '../configuration/read-configuration.ts';
import { composePorts } from '../composition/compose-ports.ts';
import { dataPaths } from '../composition/data-directory.ts';
import {
  infoReminders,
  keptRecords,
  lockedOut,
  probed,
  probeSeconds,
  pushed,
  retired,
  searchIndexed,
  searchLag,
} from '../composition/metrics.ts';
import { inTime } from './in-time.ts';
import { runLoop, type Loop } from './loop.ts';
import { mailboxCopies } from './mailbox-copies.ts';
import type { RunningRole } from './role-process.ts';
import { tenantFigures } from './tenant-figures.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
/** Today and the next. */
const DAYS_AHEAD = 4;
/** How often each timer looks. Unit: milliseconds. */
const TIMERS = {
  search: 2 * SECOND,
  days: 60 * MINUTE,
  probes: 2 * SECOND,
  events: 2 * SECOND,
  canaries: SECOND,
  devices: 3 * SECOND,
  cutOvers: 2 * SECOND,
  domains: 10 * SECOND,
  tenantHosts: DAY,
  connection: 30 * MINUTE,
  directory: 60 * MINUTE,
  exchange: 60 * MINUTE,
  resumption: 30 * SECOND,
  reminders: 60 * MINUTE,
  enteredContacts: MINUTE,
  retention: 60 * MINUTE,
  writing: 60 * MINUTE,
} as const;

/** What is under way gets so long to end; the supervisor kills after 35 seconds. Unit: milliseconds. */
const STOP_GRACE = 15 * SECOND;
const CLOSE_GRACE = 5 * SECOND;

/** Jobs, probes and timers. */
export async function startWorker(configuration: Configuration, log: Log): Promise<RunningRole> {
  const { ports, close } = await composePorts(configuration, 'worker', log);
  const runner = await createJobRunner({ url: configuration.databaseUrl ?? '', log });
  await registerJobs(ports, runner);
  const watch = watchPrimary(ports, configuration);
  const timers: readonly Loop[] = [
    watch.loop,
    timer(ports, 'event timers', TIMERS.events, async ({ id }) => {
      await endDueEvent(ports, id);
      await settleEvent(ports, id);
    }),
    timer(ports, 'drills', TIMERS.events, ({ id }) => endDueDrills(ports, id)),
    timer(ports, 'devices', TIMERS.devices, async ({ id }) => {
      for (const { reason, outcome } of await tellDevices(ports, id))
        pushed.inc({ reason, outcome });
    }),
    timer(ports, 'test messages', TIMERS.canaries, ({ id }) => watchCanaries(ports, id)),
    timer(ports, 'cut-overs', TIMERS.cutOvers, async ({ id }) => {
      const refused = await checkRunningCutOvers(ports, { kind: 'system', organisationId: id });
      lockedOut.set({ organisation: id }, refused.length);
    }),
    timer(ports, 'connection checks', TIMERS.connection, ({ id }) => beginDuePreflight(ports, id)),
    timer(ports, 'domain checks', TIMERS.domains, ({ id }) =>
      checkDueDomains(ports, { kind: 'system', organisationId: id }),
    ),
    timer(ports, 'Office 365 side', TIMERS.exchange, ({ id }) => watchExchange(ports, id)),
    timer(ports, 'tenant hosts', TIMERS.tenantHosts, ({ id }) =>
      refreshTenantRoutes(ports, { kind: 'system', organisationId: id }),
    ),
    timer(ports, 'directory sync', TIMERS.directory, async (organisation) => {
      if (!syncIsDue(ports, organisation)) return;
      await requestDirectorySync(ports, { kind: 'system', organisationId: organisation.id });
    }),
    mailboxCopies(ports, configuration),
    tenantFigures(ports),
    timer(ports, 'directory resumption', TIMERS.resumption, ({ id }) =>
      resumeDirectorySync(ports, id),
    ),
    timer(ports, 'entered contacts', TIMERS.enteredContacts, ({ id }) =>
      settleEnteredContacts(ports, id),
    ),
    timer(ports, 'reminders', TIMERS.reminders, async ({ id }) => {
      const { askedAgain, reminded } = await remindUsers(ports, id);
      infoReminders.inc({ what: 'reminder' }, reminded);
      infoReminders.inc({ what: 'confirm again' }, askedAgain);
    }),
    retentionTimer(ports, configuration),
    timer(ports, 'old drafts', TIMERS.writing, async ({ id }) => {
      const { drafts, files } = await removeOldWriting(ports, id);
      retired.inc({ what: 'drafts' }, drafts);
      retired.inc({ what: 'attachments of drafts' }, files);
    }),
    searchIndex(ports),
    daysAhead(ports),
  ];
  return {
    facts: { instance: ports.spool.instance },
    async stop() {
      const resting = [...timers.map((running) => running.stop()), runner.stop()];
      const isDone = await inTime(
        Promise.all(resting).then(() => watch.probes.settled()),
        STOP_GRACE,
      );
      // A reading of the directory or a copy of mailboxes may take minutes; each is taken up again where it stood.
      if (!isDone) log.info('stopped in the midst of work, which goes on at the next start');
      await inTime(close(), CLOSE_GRACE);
    },
  };
}

/** Probes of Office 365. A turn only begins what is due: one that hangs holds up neither the turn nor the others. */
function watchPrimary(
  ports: Ports,
  configuration: Configuration,
): { readonly loop: Loop; readonly probes: Probes } {
  const probes = createProbes(ports, {
    interval: configuration.probeInterval * SECOND,
    timeout: configuration.probeTimeout * SECOND,
    observed: (probe, result) => {
      probed.inc({ probe, verdict: result?.verdict ?? 'nothing' });
      if (typeof result?.latency === 'number')
        probeSeconds.observe({ probe }, result.latency / SECOND);
    },
  });
  const loop = runLoop({
    name: 'probes',
    pause: TIMERS.probes,
    log: ports.log,
    turn: async () => {
      const organisations = await ports.database.acrossOrganisations((system) =>
        system.organisations(),
      );
      probes.turn(
        organisations.flatMap(({ id, installedAt }) => (installedAt === null ? [] : [id])),
      );
      return false;
    },
  });
  return { loop, probes };
}

/** On the host whose spool it is: files go with their rows. */
function retentionTimer(ports: Ports, configuration: Configuration): Loop {
  const housekeeping = createSpoolHousekeeping({
    directory: dataPaths(configuration.dataDirectory).spool,
    diskReserveBytes: configuration.diskReserveBytes,
    clock: ports.clock,
    log: ports.log,
  });
  const retention = createRetention(
    { ...ports, housekeeping },
    { copies: configuration.copyRetentionDays * DAY },
  );
  return runLoop({
    name: 'retention',
    pause: TIMERS.retention,
    log: ports.log,
    turn: async () => {
      const report = await retention.round();
      retired.inc({ what: 'segments' }, report.segments);
      retired.inc({ what: 'days' }, report.days);
      retired.inc({ what: 'stale bodies' }, report.bodies);
      keptRecords.inc(report.kept);
      return false;
    },
  });
}

/** Behind ingest and everything else: after each turn it rests as long as the turn took. */
function searchIndex(ports: Ports): Loop {
  return runLoop({
    name: 'search index',
    pause: TIMERS.search,
    log: ports.log,
    turn: async () => {
      const began = performance.now();
      const { records, lag } = await indexMessages(ports);
      searchIndexed.inc(records);
      searchLag.set(lag / SECOND);
      if (records === 0) return false;
      await wait(Math.min(TIMERS.search, performance.now() - began));
      return true;
    },
  });
}

/** The tables of the days to come, so that ingest never waits for one at midnight. */
function daysAhead(ports: Ports): Loop {
  return runLoop({
    name: 'days ahead',
    pause: TIMERS.days,
    log: ports.log,
    turn: async () => {
      const now = ports.clock.now();
      const days = Array.from({ length: DAYS_AHEAD }, (_, ahead) => now + ahead * DAY);
      await ports.database.acrossOrganisations(({ ingest }) => ingest.ensureDays(days));
      return false;
    },
  });
}

/** Runs `work` for every installed organisation, one after the other; one that fails does not stop the rest. */
function timer(
  ports: Ports,
  name: string,
  pause: number,
  work: (organisation: OrganisationRecord) => Promise<unknown>,
): Loop {
  return runLoop({
    name,
    pause,
    log: ports.log,
    turn: async () => {
      const organisations = await ports.database.acrossOrganisations((system) =>
        system.organisations(),
      );
      for (const organisation of organisations) {
        if (organisation.installedAt === null) continue;
        await work(organisation).catch((error: unknown) =>
          ports.log.warn(`${name} failed`, {
            organisationId: organisation.id,
            error: String(error),
          }),
        );
      }
      return false;
    },
  });
}

function syncIsDue(ports: Ports, organisation: OrganisationRecord): boolean {
  const last = organisation.directorySyncedAt;
  return last === null || ports.clock.now() - last > TIMERS.directory;
}
