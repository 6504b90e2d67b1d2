import type { AdministratorRepository } from '@holdfast/application';
import { and, asc, eq } from '../drizzle.ts';
import { administratorInvitations, administrators } from '../schema/people.ts';
import type { Transaction } from '../transaction.ts';

export function createAdministratorRepository(
  transaction: Transaction,
  organisationId: string,
): AdministratorRepository {
  const own = (id: string) =>
    and(eq(administrators.organisationId, organisationId), eq(administrators.id, id));
  const ownInvitation = eq(administratorInvitations.organisationId, organisationId);
  return {
    saveRole: async (id, role) => {
      await transaction.update(administrators).set({ role }).where(own(id));
    },
    remove: async (id) => {
      await transaction.delete(administrators).where(own(id));
    },
    invitations: async () => {
      const rows = await transaction
        .select()
        .from(administratorInvitations)
        .where(ownInvitation)
        .orderBy(asc(administratorInvitations.email));
      return rows.map(({ organisationId: _own, tokenHash: _secret, ...invitation }) => invitation);
    },
    saveInvitation: async (invitation) => {
      await transaction.insert(administratorInvitations).values({ organisationId, ...invitation });
    },
    removeInvitation: async (id) => {
      await transaction
        .delete(administratorInvitations)
        .where(and(ownInvitation, eq(administratorInvitations.id, id)));
    },
  };
}
