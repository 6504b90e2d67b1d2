import {
  cutOverSteps,
  isProtectableDomain,
  lockDownObstacles,
  nextStep,
  refusedByLockDown,
  wayBackSteps,
  type CutOverEvidence,
  type CutOverStep,
  type LockDownDomain,
  type LockDownObstacle,
  type StepFacts,
  type StepReading,
  type WayBackStep,
} from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { findProtectableDomain } from '../domains/find-domain.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { CanaryProbeRecord, CutOverRecord, ExchangeAttestation } from '../records/cut-over.ts';
import type { DomainRecord } from '../records/organisation.ts';

export interface CutOverReading {
  readonly domain: DomainRecord;
  readonly record: CutOverRecord;
  /** To us; empty before anything was measured. */
  readonly steps: readonly StepReading<CutOverStep>[];
  /** And back; meant while the way back runs. */
  readonly wayBack: readonly StepReading<WayBackStep>[];
  readonly next: StepReading | null;
  readonly probe: CanaryProbeRecord | null;
  readonly obstacles: readonly LockDownObstacle[];
  /** Domains whose mail Office 365 refuses now: the lock-down is on, and MX leads past us. */
  readonly refused: readonly string[];
  readonly attestations: readonly ExchangeAttestation[];
}

/** How a domain stands on its way to us or back, by what was measured last. Refuses: `domains.unknown`, `domains.initial`. */
export async function readCutOver(
  ports: Pick<Ports, 'database' | 'clock' | 'settings'>,
  actor: Actor,
  input: { readonly name: string },
): Promise<CutOverReading> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const domain = await findProtectableDomain(r, input.name);
    const record = await r.cutOvers.get(domain.name);
    const side = await readLockDownFacts(r);
    const facts =
      record.evidence === null
        ? null
        : {
            evidence: record.evidence,
            obstacles: side.obstacles,
            policy: ports.settings.cutOver,
            now: ports.clock.now(),
          };
    return {
      domain,
      record,
      ...stepsOf(record, facts),
      probe: await r.cutOvers.latestProbe(domain.name),
      obstacles: side.obstacles,
      refused: side.refused,
      attestations: await r.cutOvers.attestations(),
    };
  });
}

function stepsOf(
  { state }: CutOverRecord,
  facts: StepFacts | null,
): Pick<CutOverReading, 'steps' | 'wayBack' | 'next'> {
  if (facts === null) return { steps: [], wayBack: [], next: null };
  const steps = cutOverSteps(state, facts);
  const wayBack = wayBackSteps(state, facts);
  const back = state?.phase === 'way-back' || state?.phase === 'back';
  return { steps, wayBack, next: back ? nextStep(wayBack) : nextStep(steps) };
}

export interface LockDownFacts {
  readonly domains: readonly LockDownDomain[];
  readonly obstacles: readonly LockDownObstacle[];
  readonly refused: readonly string[];
  /** Of the domain that was measured last: connector and lock-down are the whole tenant's. */
  readonly evidence: CutOverEvidence | null;
}

/** The lock-down is one for the whole tenant: every domain that carries mail has a say. */
export async function readLockDownFacts(
  r: Pick<OrganisationRepositories, 'domains' | 'cutOvers'>,
): Promise<LockDownFacts> {
  const records = new Map((await r.cutOvers.list()).map((record) => [record.domain, record]));
  const domains = (await r.domains.list())
    .filter(isProtectableDomain)
    .map((domain) => lockDownDomain(domain, records.get(domain.name) ?? null));
  const evidence =
    [...records.values()]
      .filter((record) => record.evidence !== null)
      .toSorted((a, b) => (b.gatheredAt ?? 0) - (a.gatheredAt ?? 0))[0]?.evidence ?? null;
  const connector = evidence?.connector ?? 'unknown';
  const lockDown = evidence?.lockDown ?? 'unknown';
  return {
    domains,
    evidence,
    obstacles: lockDownObstacles(connector, lockDown, domains),
    refused: refusedByLockDown(lockDown, domains),
  };
}

function lockDownDomain(
  { name, filterMode }: DomainRecord,
  record: CutOverRecord | null,
): LockDownDomain {
  const state = record?.state ?? null;
  const running = state === null || state.phase === 'back' ? null : state;
  return {
    name,
    place: record?.evidence?.mx?.place ?? null,
    wayBack: running?.phase === 'way-back',
    proved: running?.canary?.state === 'arrived',
    behindFilter: filterMode === 'filter-in-front',
    directMessages:
      running?.phase === 'through-us' ? (running.directSenders?.messages ?? null) : null,
  };
}
