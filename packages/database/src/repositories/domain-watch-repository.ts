import { DRIFT_KINDS } from '@holdfast/domain';
import { and, asc, desc, eq, isNotNull, isNull, lt, lte, or, sql } from '../drizzle.ts';
import type {
  DomainAlertRecord,
  DomainObservation,
  DomainWatchRepository,
} from '@holdfast/application';
import type { SQL } from 'drizzle-orm';
import { domainAlerts, domainObservations } from '../schema/domain-watch.ts';
import { domains } from '../schema/organisations.ts';
import type { Transaction } from '../transaction.ts';

/** Observations of one subject that are kept: a record that changes with every look must not fill the table. */
const MOST_OBSERVATIONS = 200;

export function createDomainWatchRepository(
  transaction: Transaction,
  organisationId: string,
): DomainWatchRepository {
  const named = (name: string) =>
    and(eq(domains.organisationId, organisationId), eq(domains.name, name));
  return {
    saveReport: async (domain, report, baseline) => {
      await transaction.update(domains).set({ report, baseline }).where(named(domain));
    },
    saveNextCheck: async (domain, at) => {
      await transaction.update(domains).set({ nextCheckAt: at }).where(named(domain));
    },
    watch: async (domain, until) => {
      // Due at once, so that the new pace begins with a look.
      await transaction
        .update(domains)
        .set({ watchedUntil: until, nextCheckAt: null })
        .where(named(domain));
    },
    due: async (now) => {
      const rows = await transaction
        .select({ name: domains.name })
        .from(domains)
        .where(
          and(
            eq(domains.organisationId, organisationId),
            or(isNull(domains.nextCheckAt), lte(domains.nextCheckAt, now)),
          ),
        )
        .orderBy(asc(domains.nextCheckAt), asc(domains.name));
      return rows.map(({ name }) => name);
    },
    ...observations(transaction, organisationId),
    ...alerts(transaction, organisationId),
    forget: async (before) => {
      await transaction
        .delete(domainObservations)
        .where(
          and(
            eq(domainObservations.organisationId, organisationId),
            lt(domainObservations.lastSeenAt, before),
          ),
        );
      await transaction
        .delete(domainAlerts)
        .where(
          and(
            eq(domainAlerts.organisationId, organisationId),
            isNotNull(domainAlerts.clearedAt),
            lt(domainAlerts.clearedAt, before),
          ),
        );
    },
  };
}

function observations(
  transaction: Transaction,
  organisationId: string,
): Pick<DomainWatchRepository, 'observe' | 'history' | 'latest'> {
  const own = eq(domainObservations.organisationId, organisationId);
  const of = (domain: string, subject: string) =>
    and(own, eq(domainObservations.domain, domain), eq(domainObservations.subject, subject));
  const latest = async (domain: string, subject: string, limit: number) =>
    transaction
      .select()
      .from(domainObservations)
      .where(of(domain, subject))
      .orderBy(desc(domainObservations.firstSeenAt))
      .limit(limit);
  return {
    observe: async ({ domain, subject, value, ttl }, at) => {
      const [before] = await latest(domain, subject, 1);
      if (before !== undefined && JSON.stringify(before.value) === JSON.stringify(value)) {
        const longest = Math.max(ttl ?? 0, before.ttl ?? 0);
        await transaction
          .update(domainObservations)
          .set({ lastSeenAt: at, ttl: ttl === null && before.ttl === null ? null : longest })
          .where(and(of(domain, subject), eq(domainObservations.firstSeenAt, before.firstSeenAt)));
        return null;
      }
      await transaction
        .insert(domainObservations)
        .values({ organisationId, domain, subject, value, ttl, firstSeenAt: at, lastSeenAt: at })
        .onConflictDoNothing();
      const kept = await latest(domain, subject, MOST_OBSERVATIONS);
      const [oldest] = kept.slice(-1);
      if (kept.length === MOST_OBSERVATIONS && oldest !== undefined) {
        await transaction
          .delete(domainObservations)
          .where(and(of(domain, subject), lt(domainObservations.firstSeenAt, oldest.firstSeenAt)));
      }
      return before === undefined ? null : toObservation(before);
    },
    history: async (domain, limit) => {
      const rows = await transaction
        .select()
        .from(domainObservations)
        .where(and(own, eq(domainObservations.domain, domain)))
        .orderBy(desc(domainObservations.firstSeenAt), asc(domainObservations.subject))
        .limit(limit);
      return rows.map(toObservation);
    },
    latest: async (domain, subject) => (await latest(domain, subject, 2)).map(toObservation),
  };
}

function alerts(
  transaction: Transaction,
  organisationId: string,
): Pick<DomainWatchRepository, 'openAlerts' | 'alert' | 'lastTold' | 'raise' | 'saveAlert'> {
  const own = eq(domainAlerts.organisationId, organisationId);
  return {
    openAlerts: async (domain) => {
      const rows = await transaction
        .select()
        .from(domainAlerts)
        .where(
          and(
            own,
            isNull(domainAlerts.clearedAt),
            ...(domain === undefined ? [] : [eq(domainAlerts.domain, domain)]),
          ),
        )
        .orderBy(
          asc(domainAlerts.since),
          placeOfKind(),
          asc(domainAlerts.domain),
          asc(domainAlerts.subject),
        );
      return rows.map(toAlert);
    },
    alert: async (id) => {
      const [row] = await transaction
        .select()
        .from(domainAlerts)
        .where(and(own, eq(domainAlerts.id, id)));
      return row === undefined ? null : toAlert(row);
    },
    lastTold: async ({ domain, kind, subject }) => {
      const [row] = await transaction
        .select({ at: domainAlerts.notifiedAt })
        .from(domainAlerts)
        .where(
          and(
            own,
            eq(domainAlerts.domain, domain),
            eq(domainAlerts.kind, kind),
            eq(domainAlerts.subject, subject),
            isNotNull(domainAlerts.notifiedAt),
          ),
        )
        .orderBy(desc(domainAlerts.notifiedAt))
        .limit(1);
      return row?.at ?? null;
    },
    raise: async (alert) => {
      await transaction
        .insert(domainAlerts)
        .values({ organisationId, ...alert })
        .onConflictDoNothing();
    },
    saveAlert: async (id, change) => {
      await transaction
        .update(domainAlerts)
        .set(change)
        .where(and(own, eq(domainAlerts.id, id)));
    },
  };
}

/** One look raises several at one instant, and their ids are chance. */
function placeOfKind(): SQL {
  const kinds = sql.join(
    DRIFT_KINDS.map((kind) => sql`${kind}::text`),
    sql`, `,
  );
  return sql`array_position(array[${kinds}], ${domainAlerts.kind})`;
}

function toObservation(row: typeof domainObservations.$inferSelect): DomainObservation {
  const { organisationId: _own, ...record } = row;
  return record;
}

function toAlert(row: typeof domainAlerts.$inferSelect): DomainAlertRecord {
  const { organisationId: _own, ...record } = row;
  return record;
}
