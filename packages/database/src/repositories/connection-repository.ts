import type { ConnectionRecord, ConnectionRepository, SealedProof } from '@holdfast/application';
import { eq } from '../drizzle.ts';
import { applicationKeys } from '../schema/connection.ts';
import { connections } from '../schema/organisations.ts';
import type { Transaction } from '../transaction.ts';

type Row = typeof connections.$inferSelect;

export function createConnectionRepository(
  transaction: Transaction,
  organisationId: string,
): ConnectionRepository {
  const ownKey = eq(applicationKeys.organisationId, organisationId);
  return {
    get: async () => {
      const [row] = await transaction
        .select()
        .from(connections)
        .where(eq(connections.organisationId, organisationId));
      return row === undefined ? null : toRecord(row);
    },
    save: async (connection) => {
      const { proof, ...rest } = connection;
      const values = { ...rest, ...proofColumns(proof) };
      await transaction
        .insert(connections)
        .values({ organisationId, ...values })
        .onConflictDoUpdate({ target: connections.organisationId, set: values });
    },
    remove: async () => {
      await transaction.delete(connections).where(eq(connections.organisationId, organisationId));
    },
    waitingKey: async () => {
      const [row] = await transaction.select().from(applicationKeys).where(ownKey);
      if (row === undefined) return null;
      const { organisationId: _own, ...record } = row;
      return record;
    },
    saveWaitingKey: async (key) => {
      await transaction.delete(applicationKeys).where(ownKey);
      if (key !== null)
        await transaction.insert(applicationKeys).values({ organisationId, ...key });
    },
  };
}

function toRecord(row: Row): ConnectionRecord {
  const {
    organisationId: _own,
    proofKind: kind,
    sealedSecret: sealed,
    certificate,
    proofExpiresAt: expiresAt,
    ...rest
  } = row;
  return { ...rest, proof: toProof({ kind, sealed, certificate, expiresAt }) };
}

/** The table's own checks keep the halves together. */
function toProof(columns: {
  readonly kind: Row['proofKind'];
  readonly sealed: string | null;
  readonly certificate: string | null;
  readonly expiresAt: number | null;
}): SealedProof | null {
  const { kind, sealed, certificate, expiresAt } = columns;
  if (kind === null || sealed === null) return null;
  if (kind === 'secret') return { kind, sealed, expiresAt };
  if (certificate === null || expiresAt === null) return null;
  return { kind, sealed, certificate, expiresAt };
}

function proofColumns(
  proof: SealedProof | null,
): Pick<Row, 'proofKind' | 'sealedSecret' | 'certificate' | 'proofExpiresAt'> {
  return {
    proofKind: proof?.kind ?? null,
    sealedSecret: proof?.sealed ?? null,
    certificate: proof?.kind === 'certificate' ? proof.certificate : null,
    proofExpiresAt: proof?.expiresAt ?? null,
  };
}
