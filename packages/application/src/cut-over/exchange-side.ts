import {
  exchangeTag,
  isLockedDown,
  ourConnector,
  type ConnectorEvidence,
  type ExchangeConnector,
  type LockDownEvidence,
} from '@holdfast/domain';
import { openCredentials } from '../organisations/open-credentials.ts';
import { tenantFailureWords } from '../organisations/tenant-failure-words.ts';
import type { Ports } from '../ports.ts';
import { TenantError } from '../ports/office365/tenant-credentials.ts';
import type { ExchangeAttestation } from '../records/cut-over.ts';

export interface ExchangeSide {
  readonly connector: ConnectorEvidence;
  readonly lockDown: LockDownEvidence;
  /** How we know, or why we do not, in words. */
  readonly detail: string;
}

/** What the Office 365 side has, read live; what an administrator has said, where we may not look. */
export async function readExchangeSide(
  ports: Pick<Ports, 'consent' | 'database' | 'secrets' | 'exchange'>,
  organisationId: string,
): Promise<ExchangeSide> {
  const attestations = await ports.database.withinOrganisation(organisationId, ({ cutOvers }) =>
    cutOvers.attestations(),
  );
  const credentials = await openCredentials(ports, organisationId);
  if (credentials === null) return attestedSide(attestations, 'Office 365 is not connected.');
  try {
    const { state, unreadable } = await ports.exchange.readState(credentials);
    if (state.connectors !== null) return observedSide(state.connectors, organisationId);
    const why = unreadable.find(({ part }) => part === 'connectors')?.detail ?? 'no reason given';
    return attestedSide(attestations, `The connectors could not be read: ${why}`);
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    return attestedSide(attestations, tenantFailureWords(error));
  }
}

function observedSide(
  connectors: readonly ExchangeConnector[],
  organisationId: string,
): ExchangeSide {
  const ours = ourConnector(connectors, exchangeTag(organisationId));
  return {
    connector: ours?.enabled === true ? 'on' : 'off',
    lockDown: isLockedDown(ours) ? 'on' : 'off',
    detail:
      ours === null
        ? 'Read from Exchange: there is no connector of ours.'
        : `Read from Exchange: “${ours.name}” is ${ours.enabled ? 'on' : 'off'}.`,
  };
}

/**
 * What an administrator has said, where we may not look. Whoever ran our script has a connector with the lock-down off:
 * it is on only when somebody says so.
 */
function attestedSide(attestations: readonly ExchangeAttestation[], why: string): ExchangeSide {
  const connector = attestations.find(({ subject }) => subject === 'connector');
  const lockDown = attestations.find(({ subject }) => subject === 'lock-down');
  if (connector === undefined) return { connector: 'unknown', lockDown: 'unknown', detail: why };
  return {
    connector: connector.value ? 'on' : 'off',
    lockDown: lockDown?.value === true ? 'on' : 'off',
    detail: `${connector.by} said so: ${connector.note}`,
  };
}
