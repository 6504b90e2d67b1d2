import { and, asc, eq, sql } from '../drizzle.ts';
import type { DomainRecord, DomainRepository } from '@holdfast/application';
import { domains } from '../schema/organisations.ts';
import { anyText, asJson, type Transaction } from '../transaction.ts';

export function createDomainRepository(
  transaction: Transaction,
  organisationId: string,
): DomainRepository {
  const named = (name: string) =>
    and(eq(domains.organisationId, organisationId), eq(domains.name, name));
  return {
    list: async () => {
      const rows = await transaction
        .select()
        .from(domains)
        .where(eq(domains.organisationId, organisationId))
        .orderBy(asc(domains.isInitial), asc(domains.name));
      return rows.map(toDomain);
    },
    get: async (name) => {
      const [row] = await transaction.select().from(domains).where(named(name));
      return row === undefined ? null : toDomain(row);
    },
    replace: async (wanted) => {
      await transaction.execute(sql`
        delete from domains where organisation_id = ${organisationId}
          and not name = ${anyText(wanted.map(({ name }) => name))}`);
      await transaction.execute(sql`
        insert into domains (organisation_id, name, is_initial, is_verified, carries_mail, tenant_mx,
          state, observed_mx, filter_mode, trusted_hops, mail_type)
        select ${organisationId}::uuid, name, "isInitial", "isVerified", "carriesMail", mx,
          'unchecked', '[]', 'none', '[]', "mailType"
        from jsonb_to_recordset(${asJson(wanted)}) as wanted(name text, "isInitial" boolean,
          "isVerified" boolean, "carriesMail" boolean, mx jsonb, "mailType" text)
        on conflict (organisation_id, name) do update set is_initial = excluded.is_initial,
          is_verified = excluded.is_verified, carries_mail = excluded.carries_mail,
          tenant_mx = case when excluded.carries_mail and excluded.tenant_mx = '[]'::jsonb
            then domains.tenant_mx else excluded.tenant_mx end,
          -- A type that nobody told this time is what it was.
          mail_type = coalesce(excluded.mail_type, domains.mail_type)`);
    },
    saveRoute: async (name, mx) => {
      if (mx.length > 0) await transaction.update(domains).set({ tenantMx: mx }).where(named(name));
    },
    saveObservation: async (name, observation) => {
      await transaction.update(domains).set(observation).where(named(name));
    },
    saveFilterMode: async (name, { filterMode, trustedHops, by, at }) => {
      await transaction
        .update(domains)
        .set({ filterMode, trustedHops, filterConfirmedBy: by, filterConfirmedAt: at })
        .where(named(name));
    },
    saveRecipientList: async (name, { complete, reason, asOf }) => {
      await transaction
        .update(domains)
        .set({ listComplete: complete, listReason: reason, listAsOf: asOf })
        .where(named(name));
    },
    saveAttestation: async (name, attestation) => {
      await transaction.update(domains).set({ attestation }).where(named(name));
    },
    saveOutbound: async (name, outbound) => {
      await transaction.update(domains).set({ outbound }).where(named(name));
    },
  };
}

function toDomain(row: typeof domains.$inferSelect): DomainRecord {
  const { organisationId: _own, listComplete, listReason, listAsOf, ...record } = row;
  return {
    ...record,
    recipientList: { complete: listComplete, reason: listReason, asOf: listAsOf },
  };
}
