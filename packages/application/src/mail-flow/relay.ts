import {
  dayOf,
  DEFAULT_MAILBOX_RATE,
  HOUR,
  MINUTE,
  REMOTE_RETRY,
  SECOND,
  type AttemptOutcome,
  type ConcurrencyVerdict,
  type Instant,
  type MailboxRatePolicy,
} from '@holdfast/domain';
import type { LeasedDelivery } from '../records/mail.ts';
import type { Clock } from '../ports/clock.ts';
import type { Identifiers } from '../ports/identifiers.ts';
import type { Log } from '../ports/log.ts';
import type { Database } from '../ports/database.ts';
import type { RelayResult, RelayTransport } from '../ports/relay-transport.ts';
import type { MessageFormat } from '../ports/message-parser.ts';
import type { MessageStore, SpoolWriter } from '../ports/spool.ts';
import {
  attemptBatch,
  destinationOf,
  groupIntoTransactions,
  type Attempt,
  type Batch,
} from './attempt-batch.ts';
import { concurrencyVerdict, createSettler } from './deliver-batch.ts';
import { createLane, type Lane, type LaneLimits } from './lane.ts';
import { createMailboxPaces } from './mailbox-pace.ts';
import { createPrimaryBreakers } from './primary-breakers.ts';
import { createRemoteBreakers } from './remote-breakers.ts';
import { createTenantAlarms } from './tenant-alarms.ts';
import { createResultWriter } from './result-writer.ts';

export interface RelayPorts {
  readonly database: Database;
  readonly store: MessageStore;
  readonly transport: RelayTransport;
  readonly format: MessageFormat;
  readonly spool: SpoolWriter;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly log: Log;
  /** Our name in reports and Message-IDs. */
  readonly hostname: string;
  /** Resolves after so many milliseconds. */
  pause(milliseconds: number): Promise<void>;
}

type Route = 'primary' | 'remote';

export interface RelayOptions {
  /** Leases are in this name; a relay that starts takes over what its predecessor of the same name held. */
  readonly owner: string;
  /** Office 365 and the outside have lanes of their own: a stranger's host that hangs must not stop mail to the tenant. */
  readonly lanes: Readonly<Record<Route, LaneLimits>>;
  /** Null: a backlog goes to each mailbox as fast as it can. */
  readonly mailboxRate: MailboxRatePolicy | null;
  /** Called when a lane that was full takes more: a turn of `step` is worth it. */
  readonly onRoom: () => void;
}

export const DEFAULT_RELAY_OPTIONS: Omit<RelayOptions, 'owner' | 'onRoom'> = {
  lanes: {
    primary: { concurrency: 20, perKey: 20, capacity: 1500 },
    remote: { concurrency: 20, perKey: 4, capacity: 300 },
  },
  mailboxRate: DEFAULT_MAILBOX_RATE,
};

/** Share of a lane that must be free before a lease is asked for: small leases cost as much as large ones. */
const LEASE_AT_LEAST = 1 / 5;
/** A lease that gives less has given all that was due. */
export const LEASE_AT_MOST = 500;
/** What another host's relay held when it died is free after this. Our own leases last as long as we live. */
export const LEASE_TIME = 60 * MINUTE;
/** How often the days that have something waiting are looked for. */
const DAYS_REMEMBERED = 10 * SECOND;
/** With a breaker open and nothing else due, the tenant's queue is looked at this often only: it may be long. */
const CLOSED_LOOK = 2 * SECOND;
/** How long what failed here, for a reason that nobody foresaw, is left alone. */
const FAILED_HERE_PAUSE = MINUTE;

export interface Relay {
  /** Leases what is due and starts sending it. Returns how many deliveries were leased; 0 also while the lanes are full. */
  step(): Promise<number>;
  /** Resolves when nothing is under way and every result is written, or cannot be. */
  idle(): Promise<void>;
  /** Begins no transaction any more, gives unused leases back and resolves when those under way are over. */
  stop(): Promise<void>;
  /** Probes the organisations whose breaker is open; a success lets everything through again. */
  probeOpenBreakers(): Promise<void>;
  /** Of acceptance, with something that still waits; null before the first look, or when nothing does. */
  oldestWaitingDay(): string | null;
}

export function createRelay(ports: RelayPorts, options: RelayOptions): Relay {
  const { owner } = options;
  const lanes: Readonly<Record<Route, Lane>> = {
    primary: createLane(options.lanes.primary, () => tellRoom('primary')),
    remote: createLane(options.lanes.remote, () => tellRoom('remote')),
  };
  const breakers = createPrimaryBreakers(ports);
  const remote = createRemoteBreakers();
  const paces = createMailboxPaces(options.mailboxRate);
  const settler = createSettler(ports);
  const alarms = createTenantAlarms(ports.log);
  const writer = createResultWriter(ports, owner, (milliseconds) => ports.pause(milliseconds));
  // A predecessor under our name is dead: what it had leased is due now and not when the leases run out.
  let tookOver = false;
  let days: { readonly known: readonly string[]; readonly at: Instant } | null = null;
  let nextPrimaryLook = 0;
  let stopping = false;
  // Lanes for which something due was left behind: only for them is it worth a look when there is room again.
  const left = new Set<Route>();

  function hasRoom(route: Route): boolean {
    return lanes[route].room() >= options.lanes[route].capacity * LEASE_AT_LEAST;
  }

  function tellRoom(route: Route): void {
    if (!left.has(route) || !hasRoom(route)) return;
    left.delete(route);
    options.onRoom();
  }

  async function step(): Promise<number> {
    await writer.writeWhatWasLeft();
    if (hasRoom('primary') || hasRoom('remote')) await lookAround();
    let leased = 0;
    for (const route of ['primary', 'remote'] as const) leased += await fill(route);
    return leased;
  }

  async function lookAround(): Promise<void> {
    const now = ports.clock.now();
    if (tookOver && days !== null && now - days.at < DAYS_REMEMBERED) return;
    const known = await ports.database.acrossOrganisations(async ({ deliveries }) => {
      if (!tookOver) await deliveries.reclaim(now, owner);
      return deliveries.days();
    });
    // Only once it is committed: our own leases never run out, so that nobody else would free the predecessor's.
    tookOver = true;
    days = { known, at: now };
  }

  async function fill(route: Route): Promise<number> {
    const now = ports.clock.now();
    const limit = Math.min(lanes[route].room(), LEASE_AT_MOST);
    if (!hasRoom(route)) {
      left.add(route);
      return 0;
    }
    const skipOrganisations = route === 'primary' ? breakers.open() : [];
    if (skipOrganisations.length > 0 && now < nextPrimaryLook) return 0;
    const leased = await ports.database.acrossOrganisations(({ deliveries }) =>
      deliveries.lease({
        route,
        now,
        until: now + LEASE_TIME,
        limit,
        owner,
        skipOrganisations,
        days: daysToLookAt(days?.known ?? [], now),
      }),
    );
    if (route === 'primary' && leased.length === 0) nextPrimaryLook = now + CLOSED_LOOK;
    if (leased.length === limit) left.add(route);
    takeIn(route, leased, now);
    return leased.length;
  }

  function takeIn(route: Route, leased: readonly LeasedDelivery[], now: Instant): void {
    const ready: LeasedDelivery[] = [];
    const later: { readonly leased: LeasedDelivery; readonly dueAt: Instant }[] = [];
    for (const item of leased) {
      const dueAt = route === 'primary' ? paces.placeOf(item, now) : now;
      if (dueAt > now) later.push({ leased: item, dueAt });
      else ready.push(item);
    }
    if (later.length > 0) {
      const unused = later.map(({ leased: item, dueAt }) => unusedLease(item, dueAt));
      writer.giveBack(unused, () => undefined);
    }
    for (const batch of groupIntoTransactions(ready)) {
      lanes[route].add(destinationOf(batch[0]), batch.length, () => deliverSafely(route, batch));
    }
  }

  async function deliverSafely(route: Route, batch: Batch): Promise<ConcurrencyVerdict> {
    if (stopping) return giveBack(route, batch, ports.clock.now());
    try {
      return await (route === 'primary' ? deliverToTenant(batch) : deliverOutside(batch));
    } catch (error) {
      ports.log.error('delivery failed here', { id: batch[0].message.id, error: String(error) });
      giveBack(route, batch, ports.clock.now() + FAILED_HERE_PAUSE);
      return 'neutral';
    }
  }

  async function deliverToTenant(batch: Batch): Promise<ConcurrencyVerdict> {
    const [sample] = batch;
    const { organisationId } = sample.message;
    if (breakers.isOpen(organisationId)) return giveBack('primary', batch, ports.clock.now());
    const attempt = await attemptBatch(ports, batch);
    if (attempt === null) return giveBack('primary', batch, ports.clock.now() + FAILED_HERE_PAUSE);
    const verdict = await finish('primary', batch, attempt);
    if (!attempt.asked) return 'neutral';
    const now = ports.clock.now();
    paces.learn(attempt.results, now);
    alarms.learn(organisationId, attempt.results, now);
    await breakers.learn(sample, attempt.results, now);
    return verdict;
  }

  async function deliverOutside(batch: Batch): Promise<ConcurrencyVerdict> {
    const destination = destinationOf(batch[0]);
    const now = ports.clock.now();
    const { until } = remote.enter(destination, now);
    const failure = remote.failureOf(destination);
    if (until !== null && (failure === null || !isOverdue(batch, now)))
      return giveBack('remote', batch, until);
    // What has waited its time at a dead destination ends with what everybody else met there.
    const attempt =
      until === null || failure === null
        ? await attemptBatch(ports, batch)
        : { results: sameForAll(batch, failure), asked: false };
    if (attempt === null) return giveBack('remote', batch, now + FAILED_HERE_PAUSE);
    const verdict = await finish('remote', batch, attempt);
    if (attempt.asked) remote.learn(destination, attempt.results, ports.clock.now());
    return verdict;
  }

  async function finish(route: Route, batch: Batch, attempt: Attempt): Promise<ConcurrencyVerdict> {
    const settled = await settler.settle(batch, attempt);
    writer.add(settled, () => lanes[route].finished(batch.length));
    return concurrencyVerdict(attempt.results);
  }

  function giveBack(route: Route, batch: Batch, dueAt: Instant): 'neutral' {
    const unused = batch.map((item) => unusedLease(item, dueAt));
    writer.giveBack(unused, () => lanes[route].finished(batch.length));
    return 'neutral';
  }

  async function idle(): Promise<void> {
    await Promise.all([lanes.primary.idle(), lanes.remote.idle()]);
    await writer.idle();
  }

  return {
    step,
    probeOpenBreakers: () =>
      breakers.probe((organisationId) => lanes.primary.restart(`${organisationId} `)),
    oldestWaitingDay: () => days?.known[0] ?? null,
    idle,
    stop() {
      stopping = true;
      return idle();
    },
  };
}

function isOverdue([{ delivery }]: Batch, now: Instant): boolean {
  return now - delivery.acceptedAt >= REMOTE_RETRY.patience;
}

function sameForAll(batch: Batch, outcome: AttemptOutcome): readonly RelayResult[] {
  return batch.map(({ delivery }) => ({
    recipient: delivery.recipient,
    outcome,
    host: null,
    tls: null,
  }));
}

/** Oldest first; today and the day that has just ended may have got their first delivery a moment ago. */
function daysToLookAt(known: readonly string[], now: Instant): readonly string[] {
  return [...new Set([...known, dayOf(now - HOUR), dayOf(now)])].toSorted();
}

function unusedLease({ delivery }: LeasedDelivery, dueAt: Instant) {
  return { deliveryId: delivery.id, acceptedAt: delivery.acceptedAt, dueAt };
}
