import { and, asc, count, desc, eq, inArray, isNull, sql } from '../drizzle.ts';
import type { EventCredential, EventRepository } from '@holdfast/application';
import type { EmergencyEvent, Instant } from '@holdfast/domain';
import type { SQL } from 'drizzle-orm';
import { emergencyEvents, eventCredentials, eventFacts, eventSignIns } from '../schema/events.ts';
import { iso, takeTurn, type Transaction } from '../transaction.ts';

export function createEventRepository(
  transaction: Transaction,
  organisationId: string,
): EventRepository {
  const own = eq(emergencyEvents.organisationId, organisationId);
  const open = and(own, inArray(emergencyEvents.phase, ['active', 'recovering']));
  const snapshots = () =>
    transaction.select({ snapshot: emergencyEvents.snapshot }).from(emergencyEvents);
  const revoke = async (which: SQL, at: Instant): Promise<void> => {
    await transaction
      .update(eventCredentials)
      .set({ revokedAt: sql`coalesce(${eventCredentials.revokedAt}, ${iso(at)}::timestamptz)` })
      .where(and(eq(eventCredentials.organisationId, organisationId), which));
  };
  return {
    current: async () => first(await snapshots().where(open)),
    lockCurrent: async () => {
      // Two starts at once find no row to lock: they take turns here instead.
      await takeTurn(transaction, `event:${organisationId}`);
      return first(await snapshots().where(open).for('no key update'));
    },
    get: async (id) => first(await snapshots().where(and(own, eq(emergencyEvents.id, id)))),
    recent: async (limit) => {
      const rows = await snapshots()
        .where(own)
        .orderBy(desc(emergencyEvents.startedAt), desc(emergencyEvents.id))
        .limit(limit);
      return rows.map(({ snapshot }) => snapshot);
    },
    append: async (event, facts, by, at) => {
      const { id, ...row } = toRow(event);
      await transaction
        .insert(emergencyEvents)
        .values({ organisationId, id, ...row })
        .onConflictDoUpdate({
          target: [emergencyEvents.organisationId, emergencyEvents.id],
          // Without its key: setting that would keep out who signs in to it meanwhile.
          set: row,
        });
      if (facts.length === 0) return;
      await transaction
        .insert(eventFacts)
        .values(facts.map((fact) => ({ organisationId, eventId: event.id, at, by, fact })));
    },
    log: async (id) =>
      transaction
        .select({ at: eventFacts.at, by: eventFacts.by, fact: eventFacts.fact })
        .from(eventFacts)
        .where(and(eq(eventFacts.organisationId, organisationId), eq(eventFacts.eventId, id)))
        .orderBy(asc(eventFacts.position)),
    saveCredential: async (credential) => {
      await transaction
        .insert(eventCredentials)
        .values({ organisationId, ...credential })
        .onConflictDoUpdate({
          target: [
            eventCredentials.organisationId,
            eventCredentials.eventId,
            eventCredentials.userId,
            eventCredentials.generation,
          ],
          // A notice that is sent again must not make a used credential new.
          set: {
            passwordMac: credential.passwordMac,
            expiresAt: credential.expiresAt,
            usedAt: sql`coalesce(excluded.used_at, ${eventCredentials.usedAt})`,
          },
        });
    },
    useCredential: async ({ eventId, userId, generation }, at) => {
      const used = await transaction
        .update(eventCredentials)
        .set({ usedAt: at })
        .where(
          and(
            eq(eventCredentials.organisationId, organisationId),
            eq(eventCredentials.eventId, eventId),
            eq(eventCredentials.userId, userId),
            eq(eventCredentials.generation, generation),
            isNull(eventCredentials.usedAt),
          ),
        )
        .returning({ userId: eventCredentials.userId });
      return used.length > 0;
    },
    credentials: async (eventId, userId) => {
      const rows = await transaction
        .select()
        .from(eventCredentials)
        .where(
          and(
            eq(eventCredentials.organisationId, organisationId),
            eq(eventCredentials.eventId, eventId),
            eq(eventCredentials.userId, userId),
          ),
        )
        .orderBy(desc(eventCredentials.generation));
      return rows.map(toCredential);
    },
    revokeCredentials: (eventId, at) => revoke(eq(eventCredentials.eventId, eventId), at),
    revokeCredentialsOf: (userId, at) => revoke(eq(eventCredentials.userId, userId), at),
    signInCount: async (eventId) => {
      const [row] = await transaction
        .select({ users: count() })
        .from(eventSignIns)
        .where(
          and(eq(eventSignIns.organisationId, organisationId), eq(eventSignIns.eventId, eventId)),
        );
      return row?.users ?? 0;
    },
    signedInAt: async (eventId, userId) => {
      const [row] = await transaction
        .select({ at: eventSignIns.firstAt })
        .from(eventSignIns)
        .where(
          and(
            eq(eventSignIns.organisationId, organisationId),
            eq(eventSignIns.eventId, eventId),
            eq(eventSignIns.userId, userId),
          ),
        );
      return row?.at ?? null;
    },
    recordSignIn: async (eventId, userId, at) => {
      await transaction
        .insert(eventSignIns)
        .values({ organisationId, eventId, userId, firstAt: at, lastAt: at })
        .onConflictDoUpdate({
          target: [eventSignIns.organisationId, eventSignIns.eventId, eventSignIns.userId],
          set: { lastAt: at },
        });
    },
  };
}

function first(rows: readonly { readonly snapshot: EmergencyEvent }[]): EmergencyEvent | null {
  return rows[0]?.snapshot ?? null;
}

/** The columns that leases and look-ups read; the snapshot is the record. */
function toRow(event: EmergencyEvent): Omit<typeof emergencyEvents.$inferInsert, 'organisationId'> {
  return {
    id: event.id,
    phase: event.phase,
    relay: event.phase === 'active' ? event.relay : null,
    scopeEveryone: event.scope.kind === 'everyone',
    scopeUserIds: event.scope.kind === 'users' ? [...event.scope.userIds] : [],
    startedAt: event.startedAt,
    snapshot: event,
  };
}

/** A revoked credential reads as one that ended when it was revoked. */
function toCredential(row: typeof eventCredentials.$inferSelect): EventCredential {
  const { eventId, userId, generation, passwordMac, usedAt } = row;
  const expiresAt = Math.min(row.expiresAt, row.revokedAt ?? row.expiresAt);
  return { eventId, userId, generation, passwordMac, expiresAt, usedAt };
}
