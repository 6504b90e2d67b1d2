import {
  assessOutcome,
  decideAfterAttempt,
  healthySince,
  MINUTE,
  SECOND,
  type ConcurrencyVerdict,
  type Instant,
} from '@holdfast/domain';
import type { DeliveryResult } from '../records/mail.ts';
import type { RelayResult } from '../ports/relay-transport.ts';
import type { Attempt, Batch } from './attempt-batch.ts';
import { sendBounces } from './bounce.ts';
import type { RelayPorts } from './relay.ts';

/** Since when the primary is healthy is asked at most this often, however many refusals come. */
const HEALTH_REMEMBERED = 5 * SECOND;
/** What would bounce and cannot be reported, for want of disk or database, is tried again after this. */
const UNREPORTED_RETRY = 5 * MINUTE;

export interface Settler {
  /** What becomes of each delivery; reports to senders are in the spool when it resolves. */
  settle(batch: Batch, attempt: Attempt): Promise<readonly DeliveryResult[]>;
}

export function createSettler(ports: RelayPorts): Settler {
  const health = new Map<string, { readonly since: Instant | null; readonly asked: Instant }>();

  async function primaryHealthySince(organisationId: string): Promise<Instant | null> {
    const now = ports.clock.now();
    const known = health.get(organisationId);
    if (known !== undefined && now - known.asked < HEALTH_REMEMBERED) return known.since;
    try {
      const state = await ports.database.withinOrganisation(organisationId, (repositories) =>
        repositories.health.get(),
      );
      const since = state === null ? null : healthySince(state);
      health.set(organisationId, { since, asked: now });
      return since;
    } catch (error) {
      // What the others of the transaction were told must not be lost for it: unknown is never healthy enough to bounce.
      ports.log.warn('health is not known', { organisationId, error: String(error) });
      return null;
    }
  }

  return {
    async settle(batch, { results }) {
      const [{ message }] = batch;
      const refused = results.some(({ outcome }) => assessOutcome(outcome).action === 'refused');
      const since = refused ? await primaryHealthySince(message.organisationId) : null;
      const at = ports.clock.now();
      const settled = batch.map(({ delivery }, position): DeliveryResult => {
        const result = results[position] ?? NO_RESULT;
        return {
          deliveryId: delivery.id,
          acceptedAt: delivery.acceptedAt,
          host: result.host,
          tls: result.tls,
          at,
          next: decideAfterAttempt({
            route: delivery.route,
            acceptedAt: delivery.acceptedAt,
            attempts: delivery.attempts + 1,
            refusals: delivery.refusals,
            outcome: result.outcome,
            now: at,
            primaryHealthySince: since,
            random: ports.identifiers.fraction(),
          }),
        };
      });
      try {
        return await sendBounces(ports, batch, settled);
      } catch (error) {
        ports.log.error('a report could not be made', { id: message.id, error: String(error) });
        return settled.map((result) => laterInsteadOfBounced(result, at));
      }
    },
  };
}

/** Bounced means that the sender knows, or is not to be told. Whoever could not be told is asked again. */
function laterInsteadOfBounced(result: DeliveryResult, at: Instant): DeliveryResult {
  if (result.next.state !== 'bounced') return result;
  const { reply } = result.next;
  return { ...result, next: { state: 'deferred', dueAt: at + UNREPORTED_RETRY, reply } };
}

const NO_RESULT: Pick<RelayResult, 'outcome' | 'host' | 'tls'> = {
  outcome: { kind: 'network', failure: 'dropped', text: 'no result' },
  host: null,
  tls: null,
};

/** What a transaction says about how many connections its destination takes. */
export function concurrencyVerdict(results: readonly RelayResult[]): ConcurrencyVerdict {
  let verdict: ConcurrencyVerdict = 'neutral';
  for (const { outcome } of results) {
    const { action, weight } = assessOutcome(outcome);
    if (action === 'retry-slower' || outcome.kind === 'network' || weight === 'high')
      return 'overloaded';
    // A refused recipient shows a host that answers as well as a taken message does.
    verdict = 'good';
  }
  return verdict;
}
