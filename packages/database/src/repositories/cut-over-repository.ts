import { and, asc, desc, eq } from '../drizzle.ts';
import type {
  CanaryProbeRecord,
  CutOverRecord,
  CutOverRepository,
  UninstallationRecord,
} from '@holdfast/application';
import {
  canaryProbes,
  cutOverFacts,
  domainCutOvers,
  exchangeAttestations,
  uninstallations,
} from '../schema/cut-over.ts';
import { takeTurn, type Transaction } from '../transaction.ts';

/** A probe is open while somebody waits for it, or while it lies in a mailbox and we might take it out. */
function isOpen(probe: CanaryProbeRecord): boolean {
  switch (probe.state) {
    case 'waiting':
    case 'accepted':
    case 'relayed':
      return true;
    case 'arrived':
      return probe.removedAt === null && probe.removal === null;
    case 'lost':
      return false;
  }
}

export function createCutOverRepository(
  transaction: Transaction,
  organisationId: string,
): CutOverRepository {
  const ofDomain = (domain: string) =>
    and(eq(domainCutOvers.organisationId, organisationId), eq(domainCutOvers.domain, domain));
  const get = async (domain: string): Promise<CutOverRecord> => {
    const [row] = await transaction.select().from(domainCutOvers).where(ofDomain(domain));
    return row === undefined
      ? { domain, state: null, evidence: null, gatheredAt: null, canaryMailbox: null }
      : toRecord(row);
  };
  const put = async (
    domain: string,
    values: Partial<Omit<typeof domainCutOvers.$inferInsert, 'organisationId' | 'domain'>>,
  ): Promise<void> => {
    await transaction
      .insert(domainCutOvers)
      .values({ organisationId, domain, ...values })
      .onConflictDoUpdate({
        target: [domainCutOvers.organisationId, domainCutOvers.domain],
        set: values,
      });
  };
  return {
    list: async () => {
      const rows = await transaction
        .select()
        .from(domainCutOvers)
        .where(eq(domainCutOvers.organisationId, organisationId))
        .orderBy(asc(domainCutOvers.domain));
      return rows.map(toRecord);
    },
    get,
    lock: async (domain) => {
      await takeTurn(transaction, `cut-over:${organisationId}:${domain}`);
      return get(domain);
    },
    save: async (domain, state, facts, by) => {
      await put(domain, { snapshot: state });
      if (facts.length === 0) return;
      await transaction
        .insert(cutOverFacts)
        .values(facts.map((fact) => ({ organisationId, domain, at: fact.at, by, fact })));
    },
    saveEvidence: (domain, evidence, at) => put(domain, { evidence, gatheredAt: at }),
    chooseCanary: (domain, mailbox) => put(domain, { canaryMailbox: mailbox }),
    facts: async (domain, limit) =>
      transaction
        .select({ at: cutOverFacts.at, by: cutOverFacts.by, fact: cutOverFacts.fact })
        .from(cutOverFacts)
        .where(
          and(eq(cutOverFacts.organisationId, organisationId), eq(cutOverFacts.domain, domain)),
        )
        .orderBy(desc(cutOverFacts.position))
        .limit(limit),
    clear: async () => {
      await transaction
        .delete(domainCutOvers)
        .where(eq(domainCutOvers.organisationId, organisationId));
      await transaction
        .delete(exchangeAttestations)
        .where(eq(exchangeAttestations.organisationId, organisationId));
    },
    ...probes(transaction, organisationId),
    ...statements(transaction, organisationId),
  };
}

function probes(
  transaction: Transaction,
  organisationId: string,
): Pick<CutOverRepository, 'probe' | 'saveProbe' | 'latestProbe' | 'openProbes' | 'sentProbes'> {
  const own = eq(canaryProbes.organisationId, organisationId);
  const found = () => transaction.select({ probe: canaryProbes.probe }).from(canaryProbes);
  return {
    probe: async (id) => {
      const [row] = await found().where(and(own, eq(canaryProbes.id, id)));
      return row?.probe ?? null;
    },
    saveProbe: async (probe) => {
      const { id, domain, messageId } = probe;
      const row = { domain, messageId, probe, open: isOpen(probe) };
      await transaction
        .insert(canaryProbes)
        .values({ organisationId, id, ...row })
        .onConflictDoUpdate({ target: [canaryProbes.organisationId, canaryProbes.id], set: row });
    },
    latestProbe: async (domain) => {
      // Ids are of version 7: the latest sorts last.
      const [row] = await found()
        .where(and(own, eq(canaryProbes.domain, domain)))
        .orderBy(desc(canaryProbes.id))
        .limit(1);
      return row?.probe ?? null;
    },
    openProbes: async () => {
      const rows = await found()
        .where(and(own, eq(canaryProbes.open, true)))
        .orderBy(asc(canaryProbes.id));
      return rows.map(({ probe }) => probe);
    },
    sentProbes: async () => {
      const rows = await found().where(own).orderBy(asc(canaryProbes.id));
      return rows.map(({ probe }) => probe).filter((probe) => probe.acceptedAt !== null);
    },
  };
}

function statements(
  transaction: Transaction,
  organisationId: string,
): Pick<
  CutOverRepository,
  'attestations' | 'attest' | 'latestUninstallation' | 'saveUninstallation'
> {
  return {
    attestations: async () => {
      const rows = await transaction
        .select()
        .from(exchangeAttestations)
        .where(eq(exchangeAttestations.organisationId, organisationId));
      return rows.map(({ subject, value, note, by, at }) => ({ subject, value, note, by, at }));
    },
    attest: async (attestation) => {
      await transaction
        .insert(exchangeAttestations)
        .values({ organisationId, ...attestation })
        .onConflictDoUpdate({
          target: [exchangeAttestations.organisationId, exchangeAttestations.subject],
          set: attestation,
        });
    },
    latestUninstallation: async () => {
      const [row] = await transaction
        .select({ record: uninstallations.record })
        .from(uninstallations)
        .where(eq(uninstallations.organisationId, organisationId))
        .orderBy(desc(uninstallations.id))
        .limit(1);
      return row?.record ?? null;
    },
    saveUninstallation: async (record: UninstallationRecord) => {
      const { id, startedAt } = record;
      await transaction
        .insert(uninstallations)
        .values({ organisationId, id, startedAt, record })
        .onConflictDoUpdate({
          target: [uninstallations.organisationId, uninstallations.id],
          set: { record },
        });
    },
  };
}

function toRecord(row: typeof domainCutOvers.$inferSelect): CutOverRecord {
  const { domain, snapshot, evidence, gatheredAt, canaryMailbox } = row;
  return { domain, state: snapshot, evidence, gatheredAt, canaryMailbox };
}
