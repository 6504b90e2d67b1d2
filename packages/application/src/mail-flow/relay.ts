import {
  assessOutcome,
  decideAfterAttempt,
  describeOutcome,
  healthySince,
  MINUTE,
  SECOND,
  type Evidence,
  type Instant,
} from '@holdfast/domain';
import type { DeliveryResult, LeasedDelivery } from '../records/mail.ts';
import type { Clock } from '../ports/clock.ts';
import type { Identifiers } from '../ports/identifiers.ts';
import type { Log } from '../ports/log.ts';
import type { Database } from '../ports/repositories.ts';
import type { RelayResult, RelayTransport } from '../ports/relay-transport.ts';
import type { MessageFormat } from '../ports/message-parser.ts';
import type { MessageStore, SpoolWriter } from '../ports/spool.ts';
import { recordEvidence } from '../health/record-evidence.ts';
import { sendBounce } from './bounce.ts';
import {
  attemptBatch,
  destinationOf,
  evidenceOf,
  groupIntoTransactions,
  type Batch,
} from './attempt-batch.ts';
import { createLane, type LaneLimits } from './lane.ts';
import { afterFailure, afterSuccess, CLOSED, isOpen, type Breaker } from './breaker.ts';

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
}

export type RelayLimits = Readonly<Record<'primary' | 'remote', LaneLimits>>;

/** Office 365 and the outside have lanes of their own: a stranger's host that hangs must not stop mail to the tenant. */
export const DEFAULT_RELAY_LIMITS: RelayLimits = {
  primary: { concurrency: 20, perKey: 20, capacity: 200 },
  remote: { concurrency: 20, perKey: 4, capacity: 200 },
};
/** A lease is asked for when at least this much of a lane is free: small leases cost as much as large ones. */
const LEASE_AT_LEAST = 20;
/** What another host's relay held when it died is free after this. Longer than the final-dot timeout, else a slow answer becomes a duplicate. */
export const LEASE_TIME = 15 * MINUTE;
/** The same evidence of a busy relay is recorded at most this often. */
export const REPEAT_EVIDENCE_AFTER = 5 * SECOND;
export const PROBE_TIMEOUT = 20 * SECOND;

export interface Relay {
  /** Leases what is due and starts sending it. Returns how many deliveries were leased; 0 also while the lanes are full. */
  step(): Promise<number>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  /** Probes the organisations whose breaker is open; a success lets everything through again. */
  probeOpenBreakers(): Promise<void>;
}

export function createRelay(
  ports: RelayPorts,
  owner: string,
  limits: RelayLimits = DEFAULT_RELAY_LIMITS,
): Relay {
  const breakers = new Map<
    string,
    { readonly breaker: Breaker; readonly sample: LeasedDelivery }
  >();
  // A predecessor under our name is dead: what it had leased is due now and not when the leases run out.
  let tookOver = false;
  const told = new Map<string, { readonly verdict: Evidence['verdict']; readonly at: Instant }>();

  const lanes = { primary: createLane(limits.primary), remote: createLane(limits.remote) };

  // What the database did not take when it was gone: written before anything new is leased, else a message that was
  // delivered would be sent again when its lease runs out.
  let unwritten: readonly DeliveryResult[] = [];
  let unreleased: readonly { readonly deliveryId: string; readonly acceptedAt: Instant }[] = [];

  async function step(): Promise<number> {
    await writeWhatWasLeft();
    let leased = 0;
    for (const route of ['primary', 'remote'] as const) leased += await fill(route);
    return leased;
  }

  async function writeWhatWasLeft(): Promise<void> {
    if (unwritten.length === 0 && unreleased.length === 0) return;
    const results = unwritten;
    const releases = unreleased;
    await ports.database.acrossOrganisations(async ({ deliveries }) => {
      await deliveries.complete(results, owner);
      await deliveries.release(releases, ports.clock.now(), owner);
    });
    unwritten = unwritten.slice(results.length);
    unreleased = unreleased.slice(releases.length);
  }

  async function complete(results: readonly DeliveryResult[]): Promise<void> {
    try {
      await ports.database.acrossOrganisations(({ deliveries }) =>
        deliveries.complete(results, owner),
      );
    } catch (error) {
      unwritten = [...unwritten, ...results];
      ports.log.error('delivery results wait for the database', {
        count: results.length,
        error: String(error),
      });
    }
  }

  async function fill(route: 'primary' | 'remote'): Promise<number> {
    const lane = lanes[route];
    const limit = lane.room();
    if (limit < LEASE_AT_LEAST) return 0;
    const now = ports.clock.now();
    const skipOrganisations = [...breakers]
      .filter(([, { breaker }]) => isOpen(breaker))
      .map(([id]) => id);
    const leased = await ports.database.acrossOrganisations(async ({ deliveries }) => {
      await deliveries.reclaim(now, tookOver ? undefined : owner);
      tookOver = true;
      const until = now + LEASE_TIME;
      return deliveries.lease({ route, now, until, limit, owner, skipOrganisations });
    });
    for (const batch of groupIntoTransactions(leased)) {
      lane.add(destinationOf(batch[0]), batch.length, () => deliverSafely(batch));
    }
    return leased.length;
  }

  /** Whatever goes wrong here that nobody foresaw: the lease runs out and the delivery is tried again. */
  async function deliverSafely(batch: Batch): Promise<void> {
    try {
      await deliver(batch);
    } catch (error) {
      ports.log.error('delivery failed here', {
        id: batch[0].message.id,
        error: String(error),
      });
    }
  }

  async function deliver(batch: Batch): Promise<void> {
    const [{ delivery, message }] = batch;
    const known = breakers.get(message.organisationId);
    if (delivery.route === 'primary' && known !== undefined && isOpen(known.breaker))
      return giveBack(batch);
    const tried = await attemptBatch(ports, batch);
    if (tried === null) return giveBack(batch);
    const { results } = tried;
    const refused = results.some(({ outcome }) => assessOutcome(outcome).action === 'refused');
    const since = refused ? await primaryHealthySince(ports, message.organisationId) : null;
    const at = ports.clock.now();
    const completed = batch.map((leased, position): DeliveryResult => {
      const result = results[position] ?? {
        recipient: leased.delivery.recipient,
        outcome: { kind: 'network' as const, failure: 'dropped' as const, text: 'no result' },
        host: null,
        tls: null,
      };
      return {
        deliveryId: leased.delivery.id,
        acceptedAt: leased.delivery.acceptedAt,
        host: result.host,
        at,
        next: decideAfterAttempt({
          route: leased.delivery.route,
          acceptedAt: leased.delivery.acceptedAt,
          attempts: leased.delivery.attempts + 1,
          refusals: leased.delivery.refusals,
          outcome: result.outcome,
          now: at,
          primaryHealthySince: since,
          random: ports.identifiers.fraction(),
        }),
      };
    });
    // The report is in the spool before the state says "bounced": a crash between makes a second report, never none.
    for (const [position, result] of completed.entries()) {
      const leased = batch[position];
      if (result.next.state === 'bounced' && leased !== undefined)
        await sendBounce(ports, leased, result.next.reply);
    }
    await complete(completed);
    if (delivery.route === 'primary' && tried.asked) await learn(batch, results, at);
  }

  async function giveBack(batch: Batch): Promise<void> {
    const now = ports.clock.now();
    const released = batch.map(({ delivery }) => ({
      deliveryId: delivery.id,
      acceptedAt: delivery.acceptedAt,
    }));
    try {
      await ports.database.acrossOrganisations(({ deliveries }) =>
        deliveries.release(released, now, owner),
      );
    } catch (error) {
      unreleased = [...unreleased, ...released];
      ports.log.error('leases are given back later', {
        count: released.length,
        error: String(error),
      });
    }
  }

  async function learn(batch: Batch, results: readonly RelayResult[], at: Instant): Promise<void> {
    const [sample] = batch;
    const { organisationId } = sample.message;
    const before = breakers.get(organisationId)?.breaker ?? CLOSED;
    const evidence = evidenceOf(results, at);
    const after =
      evidence?.verdict === 'bad'
        ? afterFailure(before, evidence.weight, at)
        : evidence === null
          ? before
          : afterSuccess();
    breakers.set(organisationId, { breaker: after, sample });
    if (evidence !== null && isNews(evidence))
      await recordEvidence(ports, organisationId, [evidence]);

    /** The health row is shared by every relay: the same word again is worth a write only now and then. */
    function isNews({ verdict }: Evidence): boolean {
      const last = told.get(organisationId);
      if (last !== undefined && last.verdict === verdict && at - last.at < REPEAT_EVIDENCE_AFTER)
        return false;
      told.set(organisationId, { verdict, at });
      return true;
    }
  }

  async function probeOpenBreakers(): Promise<void> {
    for (const [organisationId, { breaker, sample }] of breakers) {
      const now = ports.clock.now();
      if (breaker.probeAt === null || breaker.probeAt > now) continue;
      const outcome = await ports.transport.probe({
        hosts: sample.hosts,
        from: '',
        recipient: sample.delivery.recipient,
        timeout: PROBE_TIMEOUT,
      });
      const { weight } = assessOutcome(outcome);
      const at = ports.clock.now();
      const failed = weight === 'high';
      breakers.set(organisationId, {
        breaker: failed ? afterFailure(breaker, weight, at) : afterSuccess(),
        sample,
      });
      const evidence: Evidence = {
        source: 'relay',
        at,
        verdict: failed ? 'bad' : 'good',
        weight: failed ? 'high' : 'none',
        cause: describeOutcome(outcome),
      };
      await recordEvidence(ports, organisationId, [evidence]);
      if (!failed) {
        ports.log.info('office 365 accepts mail again', { organisationId });
        await ports.database.withinOrganisation(organisationId, ({ mailFlow }) =>
          mailFlow.hasten(at),
        );
      }
    }
  }

  return {
    step,
    probeOpenBreakers,
    idle: async () => {
      await Promise.all([lanes.primary.idle(), lanes.remote.idle()]);
    },
  };
}

async function primaryHealthySince(
  ports: RelayPorts,
  organisationId: string,
): Promise<Instant | null> {
  const health = await ports.database.withinOrganisation(organisationId, (repositories) =>
    repositories.health.get(),
  );
  return health === null ? null : healthySince(health);
}
