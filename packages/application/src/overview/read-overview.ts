import {
  HOUR,
  initialHealth,
  isProtectableDomain,
  type PrimaryHealth,
  type QueueState,
} from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { readLockDownFacts } from '../cut-over/read-cut-over.ts';
import { measureEvent, type EventProgress } from '../events/read-event-state.ts';
import type { Ports } from '../ports.ts';
import { readOutbound } from '../domains/outbound-state.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { OrganisationRecord } from '../records/organisation.ts';
import type { MailFlowRepository } from '../ports/repositories/mail-flow-repository.ts';
import type { QueueCount } from '../records/queue.ts';
import { readCoverage, type CoverageReading } from '../users/coverage.ts';
import { ownExpiry } from '../organisations/own-application.ts';
import { findNeeds, type Need } from './needs.ts';

/** The mail-flow strip shows this many hours, the current one included. */
export const OVERVIEW_HOURS = 24;

/** Goes on by itself; what is held or in quarantine waits for a person. */
const WAITING: readonly QueueState[] = ['queued', 'leased', 'deferred'];

export interface OverviewReading {
  readonly mail: {
    readonly hours: readonly {
      readonly hour: number;
      readonly accepted: number;
      readonly delivered: number;
    }[];
    readonly waiting: number;
    readonly inReview: number;
    readonly quarantined: number;
    readonly oldestWaiting: number | null;
  };
  readonly primary: PrimaryHealth;
  readonly coverage: CoverageReading;
  readonly event: EventProgress | null;
  /** Most urgent first. */
  readonly needs: readonly Need[];
}

/** The first page of the console: mail, Office 365, reach, and what needs the administrator. */
export async function readOverview(ports: Ports, actor: Actor): Promise<OverviewReading> {
  const now = ports.clock.now();
  const alarms = await ports.database.acrossOrganisations(({ ingest }) => ingest.alarms());
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const primary = (await r.health.get()) ?? initialHealth(now);
    const coverage = readCoverage(await r.directory.coverage());
    const organisation = await r.organisation.get();
    const event = await r.events.current();
    const waiting = await r.queue.counts();
    const connection = await r.connection.get();
    return {
      mail: readMail(waiting, await readHours(r.mailFlow, now)),
      primary,
      coverage,
      event: event === null ? null : await measureEvent(r, event),
      needs: findNeeds({
        event,
        now,
        organisation,
        administrators: await r.accounts.administrators(),
        withoutSeat: await countWithoutSeat(r, organisation),
        connection,
        ownExpiresAt: connection === null ? null : ownExpiry(ports, connection),
        exchange: await r.exchange.side(),
        steps: await r.organisation.steps(),
        domains: await r.domains.list(),
        outbound: await readOutbound(ports.settings, r),
        cutOver: {
          records: await r.cutOvers.list(),
          refused: (await readLockDownFacts(r)).refused,
          uninstallation: await r.cutOvers.latestUninstallation(),
        },
        domainAlerts: await r.domainWatch.openAlerts(),
        latestSync: await r.syncRuns.latest(),
        coverage,
        hasDrilled: await r.drills.hasBeen(),
        primary,
        alarms: alarms.length,
        waiting,
      }),
    };
  });
}

/** Automatic protection stops at the seat limit; whoever it left waiting is counted. */
async function countWithoutSeat(
  r: OrganisationRepositories,
  { installedAt, protectNewUsers }: OrganisationRecord,
): Promise<number> {
  if (installedAt === null || !protectNewUsers) return 0;
  const domains = (await r.domains.list()).filter(isProtectableDomain);
  return (await r.directory.newcomers(domains.map(({ name }) => name))).length;
}

function readMail(
  counts: readonly QueueCount[],
  hours: OverviewReading['mail']['hours'],
): OverviewReading['mail'] {
  const inbound = counts.filter(({ direction }) => direction === 'inbound');
  const waiting = inbound.filter(({ state }) => WAITING.includes(state));
  return {
    hours,
    waiting: total(waiting),
    inReview: total(inbound.filter(({ state }) => state === 'review' || state === 'held')),
    quarantined: total(inbound.filter(({ state }) => state === 'quarantined')),
    oldestWaiting: waiting.length === 0 ? null : Math.min(...waiting.map(({ oldest }) => oldest)),
  };
}

function total(counts: readonly QueueCount[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}

/** Every hour has a place, also those without mail. */
async function readHours(
  mailFlow: MailFlowRepository,
  now: number,
): Promise<OverviewReading['mail']['hours']> {
  const last = Math.floor(now / HOUR) * HOUR;
  const first = last - (OVERVIEW_HOURS - 1) * HOUR;
  const counted = new Map((await mailFlow.hourly(first)).map((row) => [row.hour, row]));
  return Array.from({ length: OVERVIEW_HOURS }, (_, position) => {
    const hour = first + position * HOUR;
    return counted.get(hour) ?? { hour, accepted: 0, delivered: 0 };
  });
}
