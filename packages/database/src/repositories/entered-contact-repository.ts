import { and, asc, eq, lte } from '../drizzle.ts';
import type { EnteredContactRepository } from '@holdfast/application';
import type { EnteredContact } from '@holdfast/domain';
import { enteredContacts } from '../schema/account-changes.ts';
import { takeTurn, type Transaction } from '../transaction.ts';

export function createEnteredContactRepository(
  transaction: Transaction,
  organisationId: string,
): EnteredContactRepository {
  const own = eq(enteredContacts.organisationId, organisationId);
  const one = (userId: string, kind: EnteredContact['kind']) =>
    and(own, eq(enteredContacts.userId, userId), eq(enteredContacts.kind, kind));
  return {
    ofUser: async (userId) => {
      const rows = await transaction
        .select()
        .from(enteredContacts)
        .where(and(own, eq(enteredContacts.userId, userId)))
        .orderBy(asc(enteredContacts.kind));
      return rows.map(toContact);
    },
    lock: async (userId, kind) => {
      await takeTurn(transaction, `entered:${organisationId}:${userId}:${kind}`);
      const [row] = await transaction.select().from(enteredContacts).where(one(userId, kind));
      return row === undefined ? null : toContact(row);
    },
    save: async (contact) => {
      await transaction
        .insert(enteredContacts)
        .values({ organisationId, ...contact })
        .onConflictDoUpdate({
          target: [enteredContacts.organisationId, enteredContacts.userId, enteredContacts.kind],
          set: contact,
        });
    },
    remove: async (userId, kind) => {
      await transaction.delete(enteredContacts).where(one(userId, kind));
    },
    due: async (now) => {
      const rows = await transaction
        .select()
        .from(enteredContacts)
        .where(and(own, lte(enteredContacts.usableAt, now)));
      return rows.map(toContact);
    },
  };
}

function toContact(row: typeof enteredContacts.$inferSelect): EnteredContact {
  const { organisationId: _own, ...contact } = row;
  return contact;
}
