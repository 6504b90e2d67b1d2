import {
  assessOutcome,
  describeOutcome,
  domainOf,
  type Evidence,
  type Instant,
} from '@holdfast/domain';
import type { LeasedDelivery } from '../records/mail.ts';
import type { RelayResult } from '../ports/relay-transport.ts';
import { MessageGoneError } from '../ports/spool.ts';
import type { RelayPorts } from './relay.ts';
import { openStored } from './stored-message.ts';

/** One SMTP transaction: recipients of one message that go the same way. */
export type Batch = readonly [LeasedDelivery, ...LeasedDelivery[]];

/** Recipients of one message that share a route, and for outside mail a domain, go in one transaction. */
export function groupIntoTransactions(leased: readonly LeasedDelivery[]): readonly Batch[] {
  const groups = new Map<string, [LeasedDelivery, ...LeasedDelivery[]]>();
  for (const item of leased) {
    const { message, delivery } = item;
    const way = destinationOf(item);
    const key = [message.organisationId, message.id, delivery.route, way].join('|');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** For the tenant the organisation comes first: its destinations begin anew together when the breaker closes. */
export function destinationOf({ delivery, message, hosts }: LeasedDelivery): string {
  return delivery.route === 'remote'
    ? domainOf(delivery.recipient)
    : `${message.organisationId} ${hosts.join(',')}`;
}

export interface Attempt {
  /** In the order of the batch. */
  readonly results: readonly RelayResult[];
  /** Whether the far end, or the way to it, had a part in the outcome: only then is it evidence. */
  readonly asked: boolean;
}

/** One SMTP transaction. Null: the bytes cannot be read now; an alarm, and the deliveries stay queued. */
export async function attemptBatch(ports: RelayPorts, batch: Batch): Promise<Attempt | null> {
  const [{ delivery, message, hosts }] = batch;
  // There is no such delivery: neither spool nor ingest nor the table makes one. Were there one, it would stop here.
  if (message.origin === 'drill') {
    ports.log.error('a message of a drill was about to leave, and was stopped', { id: message.id });
    return null;
  }
  try {
    const bytes = await openStored(ports, message);
    const results = await ports.transport.send({
      route: delivery.route === 'remote' ? 'remote' : 'primary',
      hosts,
      envelope: {
        from: message.envelopeFrom,
        recipients: batch.map((leased) => leased.delivery.recipient),
        bodyType: message.bodyType,
        smtpUtf8: message.smtpUtf8,
        // Reports on what was written here find it by this; nobody else's mail is named anew.
        envelopeId: message.origin === 'submission' ? message.id : undefined,
      },
      message: bytes,
    });
    // Without a host nothing was asked of Office 365: that is our directory's gap and no evidence.
    return { results, asked: delivery.route === 'remote' || hosts.length > 0 };
  } catch (error) {
    if (error instanceof MessageGoneError) {
      ports.log.error('message bytes are missing', {
        id: message.id,
        reference: message.reference,
      });
      const results = batch.map((leased): RelayResult => ({
        recipient: leased.delivery.recipient,
        outcome: { kind: 'network', failure: 'dropped', text: 'message bytes are missing on disk' },
        host: null,
        tls: null,
      }));
      return { results, asked: false };
    }
    ports.log.error('delivery attempt failed here', { id: message.id, error: String(error) });
    return null;
  }
}

/** A batch is no measure of how fast Office 365 answers. */
const UNMEASURED = { latency: null, remedy: null };

/** The heaviest failure of the transaction, or a success; null when it says nothing about the primary. */
export function evidenceOf(results: readonly RelayResult[], at: Instant): Evidence | null {
  const order = { none: 0, low: 1, medium: 2, high: 3 } as const;
  let worst: Evidence | null = null;
  let good = false;
  for (const { outcome } of results) {
    const { action, weight } = assessOutcome(outcome);
    if (action === 'delivered') good = true;
    else if (weight !== 'none' && order[weight] > order[worst?.weight ?? 'none']) {
      worst = {
        source: 'relay',
        at,
        verdict: 'bad',
        weight,
        cause: describeOutcome(outcome),
        ...UNMEASURED,
      };
    }
  }
  if (worst !== null && worst.weight !== 'low') return worst;
  return good
    ? {
        source: 'relay',
        at,
        verdict: 'good',
        weight: 'none',
        cause: 'mail is accepted',
        ...UNMEASURED,
      }
    : null;
}
