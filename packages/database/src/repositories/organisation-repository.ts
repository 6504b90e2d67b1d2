import { eq } from '../drizzle.ts';
import type { OrganisationRecord, OrganisationRepository } from '@holdfast/application';
import { installationSteps, organisations } from '../schema/organisations.ts';
import type { Transaction } from '../transaction.ts';

export function createOrganisationRepository(
  transaction: Transaction,
  organisationId: string,
): OrganisationRepository {
  const own = eq(organisations.organisationId, organisationId);
  return {
    get: async () => existing(await transaction.select().from(organisations).where(own)),
    // What refers to the organisation, an entry of the audit log for one, goes on being written.
    lock: async () =>
      existing(await transaction.select().from(organisations).where(own).for('no key update')),
    save: async (change) => {
      if (Object.keys(change).length === 0) return;
      await transaction.update(organisations).set(change).where(own);
    },
    steps: async () => {
      const rows = await transaction
        .select()
        .from(installationSteps)
        .where(eq(installationSteps.organisationId, organisationId));
      return rows.map(({ step, state, detail, added, at }) => ({ step, state, detail, added, at }));
    },
    saveStep: async (step) => {
      await transaction
        .insert(installationSteps)
        .values({ organisationId, ...step })
        .onConflictDoUpdate({
          target: [installationSteps.organisationId, installationSteps.step],
          set: step,
        });
    },
  };

  function existing(rows: readonly (typeof organisations.$inferSelect)[]): OrganisationRecord {
    const [row] = rows;
    if (row === undefined) throw new Error(`There is no organisation ${organisationId}`);
    return toOrganisation(row);
  }
}

export function toOrganisation(row: typeof organisations.$inferSelect): OrganisationRecord {
  const { organisationId, directoryComplete: _replaced, ...rest } = row;
  return { id: organisationId, ...rest };
}
