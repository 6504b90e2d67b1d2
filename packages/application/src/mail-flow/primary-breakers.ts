import {
  assessOutcome,
  describeOutcome,
  SECOND,
  type Evidence,
  type Instant,
} from '@holdfast/domain';
import { recordEvidence } from '../health/record-evidence.ts';
import type { LeasedDelivery } from '../records/mail.ts';
import type { RelayResult } from '../ports/relay-transport.ts';
import { evidenceOf } from './attempt-batch.ts';
import { afterFailure, afterSuccess, CLOSED, isOpen, type Breaker } from './breaker.ts';
import type { RelayPorts } from './relay.ts';

/** The same evidence of a busy relay is recorded at most this often. */
const REPEAT_EVIDENCE_AFTER = 5 * SECOND;
const PROBE_TIMEOUT = 20 * SECOND;

export interface PrimaryBreakers {
  isOpen(organisationId: string): boolean;
  open(): readonly string[];
  /** Evidence of a transaction with the tenant: moves the breaker, and now and then the organisation's health. */
  learn(sample: LeasedDelivery, results: readonly RelayResult[], at: Instant): Promise<void>;
  /** Asks with one connection where a probe is due; `reopened` is called for each that answers again. */
  probe(reopened: (organisationId: string) => void): Promise<void>;
}

/** One breaker for each organisation's way to Office 365. */
export function createPrimaryBreakers(ports: RelayPorts): PrimaryBreakers {
  const breakers = new Map<
    string,
    { readonly breaker: Breaker; readonly sample: LeasedDelivery }
  >();
  const told = new Map<string, { readonly verdict: Evidence['verdict']; readonly at: Instant }>();

  /** The health row is shared by every relay: the same word again is worth a write only now and then. */
  function isNews(organisationId: string, { verdict, at }: Evidence): boolean {
    const last = told.get(organisationId);
    if (last !== undefined && last.verdict === verdict && at - last.at < REPEAT_EVIDENCE_AFTER)
      return false;
    told.set(organisationId, { verdict, at });
    return true;
  }

  async function probeOne(
    organisationId: string,
    breaker: Breaker,
    sample: LeasedDelivery,
  ): Promise<boolean> {
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
    await recordEvidence(ports, organisationId, [
      {
        source: 'relay',
        at,
        verdict: failed ? 'bad' : 'good',
        weight: failed ? 'high' : 'none',
        cause: describeOutcome(outcome),
        latency: null,
        remedy: null,
      },
    ]);
    return !failed;
  }

  return {
    isOpen: (organisationId) => isOpen(breakers.get(organisationId)?.breaker ?? CLOSED),
    open: () => [...breakers].filter(([, { breaker }]) => isOpen(breaker)).map(([id]) => id),
    async learn(sample, results, at) {
      const { organisationId } = sample.message;
      const before = breakers.get(organisationId)?.breaker ?? CLOSED;
      const evidence = evidenceOf(results, at);
      if (evidence?.verdict === 'bad')
        breakers.set(organisationId, {
          breaker: afterFailure(before, evidence.weight, at),
          sample,
        });
      else if (evidence !== null) breakers.set(organisationId, { breaker: afterSuccess(), sample });
      if (evidence === null || !isNews(organisationId, evidence)) return;
      try {
        await recordEvidence(ports, organisationId, [evidence]);
      } catch (error) {
        // The message itself is settled: evidence that is lost is seen again with the next one.
        ports.log.warn('evidence is not recorded', { organisationId, error: String(error) });
      }
    },
    async probe(reopened) {
      for (const [organisationId, { breaker, sample }] of breakers) {
        if (breaker.probeAt === null || breaker.probeAt > ports.clock.now()) continue;
        if (!(await probeOne(organisationId, breaker, sample))) continue;
        ports.log.info('office 365 accepts mail again', { organisationId });
        reopened(organisationId);
        await ports.database.withinOrganisation(organisationId, ({ mailFlow }) =>
          mailFlow.hasten(ports.clock.now()),
        );
      }
    },
  };
}
