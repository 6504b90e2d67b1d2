import type { ConnectorEvidence, LockDownEvidence } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { ExchangeAttestation } from '../records/cut-over.ts';

export interface ExchangeSide {
  readonly connector: ConnectorEvidence;
  readonly lockDown: LockDownEvidence;
  /** How we know, or why we do not, in words. */
  readonly detail: string;
}

/**
 * What an administrator has said, where we may not look. Whoever ran our script has a connector with the lock-down off:
 * it is on only when somebody says so.
 */
function attestedSide(
  attestations: readonly ExchangeAttestation[],
  why: string,
): ExchangeSide {
  const connector = attestations.find(({ subject }) => subject === 'connector');
  const lockDown = attestations.find(({ subject }) => subject === 'lock-down');
  if (connector === undefined) return { connector: 'unknown', lockDown: 'unknown', detail: why };
  return {
    connector: connector.value ? 'on' : 'off',
    lockDown: lockDown?.value === true ? 'on' : 'off',
    detail: `${connector.by} said so: ${connector.note}`,
  };
}

/** What the Office 365 side has, read live; what an administrator has said, where we may not look. */
export async function readExchangeSide(
  ports: Pick<Ports, 'database'>,
  organisationId: string,
): Promise<ExchangeSide> {
  const attestations = await ports.database.withinOrganisation(organisationId, ({ cutOvers }) =>
    cutOvers.attestations(),
  );
  return attestedSide(
    attestations,
    'The connector cannot be read without the Exchange permission.',
  );
}
