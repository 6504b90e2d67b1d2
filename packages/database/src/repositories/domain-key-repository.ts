import { and, desc, eq, inArray } from '../drizzle.ts';
import type { DomainKeyRecord, DomainKeyRepository } from '@holdfast/application';
import { domainKeys } from '../schema/organisations.ts';
import type { Transaction } from '../transaction.ts';

export function createDomainKeyRepository(
  transaction: Transaction,
  organisationId: string,
): DomainKeyRepository {
  const own = eq(domainKeys.organisationId, organisationId);
  const newestFirst = [desc(domainKeys.createdAt), desc(domainKeys.selector)] as const;
  return {
    all: async () => {
      const rows = await transaction
        .select()
        .from(domainKeys)
        .where(own)
        .orderBy(...newestFirst);
      return rows.map(toKey);
    },
    ofDomain: async (domain) => {
      const rows = await transaction
        .select()
        .from(domainKeys)
        .where(and(own, eq(domainKeys.domain, domain)))
        .orderBy(...newestFirst);
      return rows.map(toKey);
    },
    add: async (key) => {
      const added = await transaction
        .insert(domainKeys)
        .values({ organisationId, ...key })
        .onConflictDoNothing()
        .returning({ selector: domainKeys.selector });
      return added.length > 0;
    },
    saveCheck: async (domain, selector, check) => {
      await transaction
        .update(domainKeys)
        .set(check)
        .where(and(own, eq(domainKeys.domain, domain), eq(domainKeys.selector, selector)));
    },
    retire: async (domain, selectors, at) => {
      await transaction
        .update(domainKeys)
        .set({ sealedPrivateKey: null, retiredAt: at })
        .where(
          and(own, eq(domainKeys.domain, domain), inArray(domainKeys.selector, [...selectors])),
        );
    },
  };
}

function toKey(row: typeof domainKeys.$inferSelect): DomainKeyRecord {
  const { organisationId: _own, ...record } = row;
  return record;
}
