import { and, asc, eq, gte, lt, sql } from '../drizzle.ts';
import type { HealthRepository } from '@holdfast/application';
import {
  healthEvidence,
  primaryHealth,
  primaryHealthHistory,
  serviceIncidents,
} from '../schema/events.ts';
import { iso, takeTurn, type Transaction } from '../transaction.ts';

/** Observations that say the same within this are one row: a day stays a few hundred rows a source. Milliseconds. */
const JOINED_WITHIN = 300_000;

export function createHealthRepository(
  transaction: Transaction,
  organisationId: string,
): HealthRepository {
  const read = () =>
    transaction
      .select()
      .from(primaryHealth)
      .where(eq(primaryHealth.organisationId, organisationId));
  return {
    get: async () => (await read())[0]?.health ?? null,
    lock: async () => {
      // The first evidence finds no row yet; two at once must still see each other.
      await takeTurn(transaction, `health:${organisationId}`);
      return (await read().for('update'))[0]?.health ?? null;
    },
    save: async (health, changed) => {
      await transaction
        .insert(primaryHealth)
        .values({ organisationId, health })
        .onConflictDoUpdate({ target: primaryHealth.organisationId, set: { health } });
      if (!changed) return;
      await transaction
        .insert(primaryHealthHistory)
        .values({ organisationId, state: health.state, since: health.since });
    },
    history: async (since) =>
      transaction
        .select({ state: primaryHealthHistory.state, since: primaryHealthHistory.since })
        .from(primaryHealthHistory)
        .where(
          and(
            eq(primaryHealthHistory.organisationId, organisationId),
            gte(primaryHealthHistory.since, since),
          ),
        )
        .orderBy(asc(primaryHealthHistory.since), asc(primaryHealthHistory.id)),
    appendEvidence: async ({ source, at, verdict, weight, cause, latency, remedy }) => {
      const measured = latency === null ? null : Math.round(latency);
      // `observations` of both sides are as they were before this one.
      const joined = await transaction.execute(sql`
        update health_evidence set until = ${iso(at)}, observations = observations + 1,
          latency = coalesce((latency * observations + ${measured}::integer) / (observations + 1),
            ${measured}::integer, latency),
          slowest = greatest(slowest, ${measured}::integer)
        where organisation_id = ${organisationId} and id = (
          select id from health_evidence
          where organisation_id = ${organisationId} and source = ${source}
          order by until desc, id desc limit 1)
          and at >= ${iso(at - JOINED_WITHIN)} and verdict = ${verdict} and weight = ${weight} and cause = ${cause}
        returning id`);
      if (joined.length > 0) return;
      await transaction.insert(healthEvidence).values({
        organisationId,
        source,
        at,
        verdict,
        weight,
        cause,
        latency: measured,
        remedy,
        until: at,
        observations: 1,
        slowest: measured,
      });
    },
    evidence: async (since) => {
      const rows = await transaction
        .select()
        .from(healthEvidence)
        .where(
          and(eq(healthEvidence.organisationId, organisationId), gte(healthEvidence.until, since)),
        )
        .orderBy(asc(healthEvidence.at), asc(healthEvidence.id));
      return rows.map(({ organisationId: _own, id: _id, ...record }) => record);
    },
    pruneEvidence: async (before) => {
      await transaction
        .delete(healthEvidence)
        .where(
          and(eq(healthEvidence.organisationId, organisationId), lt(healthEvidence.until, before)),
        );
    },
    incidents: async () => {
      const [row] = await transaction
        .select()
        .from(serviceIncidents)
        .where(eq(serviceIncidents.organisationId, organisationId));
      return row === undefined ? null : { readAt: row.readAt, incidents: row.incidents };
    },
    saveIncidents: async (record) => {
      await transaction
        .insert(serviceIncidents)
        .values({ organisationId, ...record })
        .onConflictDoUpdate({ target: serviceIncidents.organisationId, set: record });
    },
  };
}
