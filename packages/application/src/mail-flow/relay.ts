import {
  assessOutcome,
  decideAfterAttempt,
  describeOutcome,
  domainOf,
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
import { MessageGoneError, type MessageStore, type SpoolWriter } from '../ports/spool.ts';
import { recordEvidence } from '../health/record-evidence.ts';
import { sendBounce } from './bounce.ts';
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

export interface RelayLimits {
  /** Messages under way at once. */
  readonly concurrency: number;
  /** Deliveries leased at once. */
  readonly batch: number;
}

export const DEFAULT_RELAY_LIMITS: RelayLimits = { concurrency: 20, batch: 200 };
/** What another host's relay held when it died is free after this. Longer than the final-dot timeout, else a slow answer becomes a duplicate. */
export const LEASE_TIME = 15 * MINUTE;
/** The same evidence of a busy relay is recorded at most this often. */
export const REPEAT_EVIDENCE_AFTER = 5 * SECOND;
export const PROBE_TIMEOUT = 20 * SECOND;

/** One SMTP transaction: recipients of one message that go the same way. */
type Batch = readonly [LeasedDelivery, ...LeasedDelivery[]];

export interface Relay {
  /** Leases and sends what is due. Returns how many deliveries were tried. */
  step(): Promise<number>;
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

  async function step(): Promise<number> {
    const now = ports.clock.now();
    const skipOrganisations = [...breakers]
      .filter(([, { breaker }]) => isOpen(breaker))
      .map(([id]) => id);
    const leased = await ports.database.acrossOrganisations(async ({ deliveries }) => {
      await deliveries.reclaim(now, tookOver ? undefined : owner);
      return deliveries.lease({
        now,
        until: now + LEASE_TIME,
        limit: limits.batch,
        owner,
        skipOrganisations,
      });
    });
    tookOver = true;
    const batches = groupIntoTransactions(leased);
    let next = 0;
    const workers = Array.from(
      { length: Math.min(limits.concurrency, batches.length) },
      async () => {
        for (let batch = batches[next++]; batch !== undefined; batch = batches[next++])
          await deliver(batch);
      },
    );
    await Promise.all(workers);
    return leased.length;
  }

  async function deliver(batch: Batch): Promise<void> {
    const [{ delivery, message, hosts }] = batch;
    const known = breakers.get(message.organisationId);
    if (delivery.route === 'primary' && known !== undefined && isOpen(known.breaker))
      return giveBack(batch);
    const results = await attempt(ports, batch);
    if (results === null) return giveBack(batch);
    const refused = results.some(({ outcome }) => assessOutcome(outcome).action === 'refused');
    const since = refused ? await primaryHealthySince(ports, message.organisationId) : null;
    const at = ports.clock.now();
    const completed = batch.map((leased, position): DeliveryResult => {
      const result = results[position] ?? {
        recipient: leased.delivery.recipient,
        outcome: { kind: 'network' as const, failure: 'dropped' as const, text: 'no result' },
        host: null,
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
    await ports.database.acrossOrganisations(({ deliveries }) => deliveries.complete(completed, owner));
    // Without a host nothing was asked of Office 365: that is our directory's gap and no evidence.
    if (delivery.route === 'primary' && hosts.length > 0) await learn(batch, results, at);
  }

  async function giveBack(batch: Batch): Promise<void> {
    const now = ports.clock.now();
    const released = batch.map(({ delivery }) => ({
      deliveryId: delivery.id,
      acceptedAt: delivery.acceptedAt,
    }));
    await ports.database.acrossOrganisations(({ deliveries }) => deliveries.release(released, now, owner));
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

  return { step, probeOpenBreakers };
}

/** Recipients of one message that share a route, and for outside mail a domain, go in one transaction. */
function groupIntoTransactions(leased: readonly LeasedDelivery[]): readonly Batch[] {
  const groups = new Map<string, [LeasedDelivery, ...LeasedDelivery[]]>();
  for (const item of leased) {
    const { message, delivery } = item;
    const way = delivery.route === 'remote' ? domainOf(delivery.recipient) : item.hosts.join(',');
    const key = [message.organisationId, message.id, delivery.route, way].join('|');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** Null: the bytes cannot be read now; an alarm, and the deliveries stay queued. */
async function attempt(ports: RelayPorts, batch: Batch): Promise<readonly RelayResult[] | null> {
  const [{ delivery, message, hosts }] = batch;
  try {
    const bytes = await ports.store.open(message.reference);
    return await ports.transport.send({
      route: delivery.route === 'remote' ? 'remote' : 'primary',
      hosts,
      envelope: {
        from: message.envelopeFrom,
        recipients: batch.map((leased) => leased.delivery.recipient),
        bodyType: message.bodyType,
        smtpUtf8: message.smtpUtf8,
      },
      message: bytes,
    });
  } catch (error) {
    if (error instanceof MessageGoneError) {
      ports.log.error('message bytes are missing', {
        id: message.id,
        reference: message.reference,
      });
      return batch.map((leased) => ({
        recipient: leased.delivery.recipient,
        outcome: { kind: 'network', failure: 'dropped', text: 'message bytes are missing on disk' },
        host: null,
      }));
    }
    ports.log.error('delivery attempt failed here', { id: message.id, error: String(error) });
    return null;
  }
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

/** The heaviest failure of the transaction, or a success; null when it says nothing about the primary. */
function evidenceOf(results: readonly RelayResult[], at: Instant): Evidence | null {
  const order = { none: 0, low: 1, medium: 2, high: 3 } as const;
  let worst: Evidence | null = null;
  let good = false;
  for (const { outcome } of results) {
    const { action, weight } = assessOutcome(outcome);
    if (action === 'delivered') good = true;
    else if (weight !== 'none' && order[weight] > order[worst?.weight ?? 'none']) {
      worst = { source: 'relay', at, verdict: 'bad', weight, cause: describeOutcome(outcome) };
    }
  }
  if (worst !== null && worst.weight !== 'low') return worst;
  return good
    ? { source: 'relay', at, verdict: 'good', weight: 'none', cause: 'mail is accepted' }
    : null;
}
