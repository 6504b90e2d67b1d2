import {
  isEstablished,
  isLockedDown,
  ourConnector,
  planExchange,
  type DesiredExchange,
  type ExchangePlan,
  type ExchangeState,
  type OwnedExchange,
} from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { openCredentials } from '../organisations/open-credentials.ts';
import { tenantFailureWords } from '../organisations/tenant-failure-words.ts';
import type { Ports } from '../ports.ts';
import type { ExchangeReading } from '../ports/office365/exchange-administration.ts';
import { TenantError } from '../ports/office365/tenant-credentials.ts';
import type { ExchangeAttestation } from '../records/cut-over.ts';
import type { ExchangeChangeRecord, ExchangeSideRecord } from '../records/exchange.ts';
import { desiredExchange, ownedOf } from './desired-exchange.ts';

export interface ExchangeDifference {
  readonly side: ExchangeSideRecord;
  readonly desired: DesiredExchange;
  readonly owned: OwnedExchange;
  readonly state: ExchangeState;
  /** What would be changed, and what only a person can decide. */
  readonly plan: ExchangePlan;
  /** Why nothing could be read at all, in words; null when something could. */
  readonly failure: string | null;
  readonly lockedDown: boolean | null;
  /** An administrator's word that the script was run, where we may not look. */
  readonly attestation: ExchangeAttestation | null;
  readonly changes: readonly ExchangeChangeRecord[];
}

const NOTHING_READ: ExchangeState = {
  organisation: null,
  connectors: null,
  allowedAddresses: null,
  rules: null,
  sealers: null,
};

/** The Office 365 side as it is and as it shall be: the difference. Changes nothing. */
export async function readExchangeDifference(
  ports: Ports,
  actor: Actor,
): Promise<ExchangeDifference> {
  const { organisationId } = actor;
  const stored = await ports.database.withinOrganisation(organisationId, async (r) => ({
    side: await r.exchange.side(),
    desired: await desiredExchange(ports, r, organisationId),
    changes: await r.exchange.changes(),
    attestation:
      (await r.cutOvers.attestations()).find(({ subject }) => subject === 'connector') ?? null,
  }));
  const { reading, failure } = await readNow(ports, organisationId);
  return describeDifference({ ...stored, failure }, reading?.state ?? NOTHING_READ);
}

/** The same of a state that was read just now. */
export function describeDifference(
  stored: Pick<ExchangeDifference, 'side' | 'desired' | 'changes' | 'attestation' | 'failure'>,
  state: ExchangeState,
): ExchangeDifference {
  const owned = ownedOf(stored.changes);
  const { connectors } = state;
  return {
    ...stored,
    owned,
    state,
    plan: planExchange(state, stored.desired, owned),
    lockedDown:
      connectors === null ? null : isLockedDown(ourConnector(connectors, stored.desired.tag)),
  };
}

async function readNow(
  ports: Ports,
  organisationId: string,
): Promise<{ readonly reading: ExchangeReading | null; readonly failure: string | null }> {
  const credentials = await openCredentials(ports, organisationId);
  if (credentials === null) return { reading: null, failure: 'Office 365 is not connected yet.' };
  try {
    return { reading: await ports.exchange.readState(credentials), failure: null };
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    return { reading: null, failure: tenantFailureWords(error) };
  }
}

/** Whether it is as it should be, as far as anybody can say. */
export function establishedOf(reading: ExchangeDifference): 'yes' | 'no' | 'attested' | 'unknown' {
  const { plan, attestation } = reading;
  if (isEstablished(plan)) return 'yes';
  const onlyUnread =
    plan.steps.length === 0 &&
    plan.findings.every(({ level, code }) => level !== 'blocks' || code === 'unreadable');
  if (!onlyUnread) return 'no';
  return attestation?.value === true ? 'attested' : 'unknown';
}
