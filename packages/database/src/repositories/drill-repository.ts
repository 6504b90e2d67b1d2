import { and, asc, desc, eq, sql } from '../drizzle.ts';
import type { DrillPresence, DrillRepository } from '@holdfast/application';
import type { Drill, Instant, RunningDrill, SignInMethod } from '@holdfast/domain';
import { drillFacts, drillParticipants, drills } from '../schema/drills.ts';
import { anyUuid, asJson, iso, milliseconds, takeTurn, type Transaction } from '../transaction.ts';

export function createDrillRepository(
  transaction: Transaction,
  organisationId: string,
): DrillRepository {
  const own = eq(drills.organisationId, organisationId);
  const isRunning = and(own, eq(drills.phase, 'running'));
  const snapshots = () => transaction.select({ snapshot: drills.snapshot }).from(drills);
  const one = (id: string) => and(own, eq(drills.id, id));
  return {
    lockRunning: async () => {
      // The turn of events: neither start sees a state that the other is about to change.
      await takeTurn(transaction, `event:${organisationId}`);
      return running(
        await snapshots().where(isRunning).orderBy(asc(drills.startedAt)).for('no key update'),
      );
    },
    running: async () => running(await snapshots().where(isRunning).orderBy(asc(drills.startedAt))),
    get: async (id) => all(await snapshots().where(one(id)))[0] ?? null,
    lock: async (id) => {
      await takeTurn(transaction, `event:${organisationId}`);
      return all(await snapshots().where(one(id)).for('no key update'))[0] ?? null;
    },
    recent: async (limit) =>
      all(
        await snapshots().where(own).orderBy(desc(drills.startedAt), desc(drills.id)).limit(limit),
      ),
    hasBeen: async () => {
      const rows = await transaction.execute(sql`
        select from drills where organisation_id = ${organisationId}
          and snapshot ->> 'because' is distinct from 'undone' limit 1`);
      return rows.length > 0;
    },
    latestOf: async (userId) => {
      const [row] = await transaction.execute<{ snapshot: Drill }>(sql`
        select drill.snapshot from drill_participants part
          join drills drill on drill.organisation_id = part.organisation_id
            and drill.id = part.drill_id
        where part.organisation_id = ${organisationId} and part.user_id = ${userId}
        order by part.is_running desc, drill.started_at desc limit 1`);
      return row?.snapshot ?? null;
    },
    runningOf: async (userIds) => {
      if (userIds.length === 0) return new Map();
      const rows = await transaction.execute<{ user: string; snapshot: Drill }>(sql`
        select part.user_id as "user", drill.snapshot from drill_participants part
          join drills drill on drill.organisation_id = part.organisation_id
            and drill.id = part.drill_id
        where part.organisation_id = ${organisationId} and part.is_running
          and part.user_id = ${anyUuid(userIds)}`);
      return new Map(rows.map(({ user, snapshot }) => [user, snapshot]));
    },
    ...createWriting(transaction, organisationId),
    ...createPresence(transaction, organisationId),
  };
}

function createWriting(
  transaction: Transaction,
  organisationId: string,
): Pick<DrillRepository, 'append' | 'log' | 'clearMail'> {
  return {
    append: async (drill, facts, by, at) => {
      const { id, phase, startedAt, endsAt, participants } = drill;
      const row = { phase, startedAt, endsAt, snapshot: drill };
      await transaction
        .insert(drills)
        .values({ organisationId, id, ...row })
        // Without its key, as with events.
        .onConflictDoUpdate({ target: [drills.organisationId, drills.id], set: row });
      await transaction.execute(sql`
        insert into drill_participants (organisation_id, drill_id, user_id, is_running)
        select ${organisationId}::uuid, ${id}::uuid, value::uuid, ${phase === 'running'}
        from jsonb_array_elements_text(${asJson(participants)}) as participant(value)
          -- Whoever was erased from the directory meanwhile is counted by the snapshot alone.
          join directory_objects object on object.organisation_id = ${organisationId}
            and object.id = value::uuid
        on conflict (organisation_id, drill_id, user_id) do update
          set is_running = excluded.is_running`);
      if (facts.length === 0) return;
      await transaction
        .insert(drillFacts)
        .values(facts.map((fact) => ({ organisationId, drillId: id, at, by, fact })));
    },
    log: async (id) =>
      transaction
        .select({ at: drillFacts.at, by: drillFacts.by, fact: drillFacts.fact })
        .from(drillFacts)
        .where(and(eq(drillFacts.organisationId, organisationId), eq(drillFacts.drillId, id)))
        .orderBy(asc(drillFacts.position)),
    clearMail: async (drillId) => {
      const rows = await transaction.execute<{ user: string }>(sql`
        delete from mailbox_items item using drill_messages written
        where written.organisation_id = ${organisationId} and written.drill_id = ${drillId}
          and item.organisation_id = written.organisation_id
          and item.accepted_day = written.accepted_day and item.message_id = written.message_id
        returning item.user_id as "user"`);
      return [...new Set(rows.map(({ user }) => user))];
    },
  };
}

function createPresence(
  transaction: Transaction,
  organisationId: string,
): Pick<
  DrillRepository,
  'savePassword' | 'usePassword' | 'revokePasswordsOf' | 'recordSignIn' | 'presence'
> {
  const part = (drillId: string, userId: string) =>
    and(
      eq(drillParticipants.organisationId, organisationId),
      eq(drillParticipants.drillId, drillId),
      eq(drillParticipants.userId, userId),
    );
  return {
    savePassword: async ({ drillId, userId, mac, expiresAt }) => {
      await transaction
        .update(drillParticipants)
        .set({ passwordMac: mac, passwordExpiresAt: expiresAt })
        .where(part(drillId, userId));
    },
    usePassword: async (drillId, userId, mac, at: Instant) => {
      const rows = await transaction.execute(sql`
        update drill_participants set password_used_at = ${iso(at)}::timestamptz
        where organisation_id = ${organisationId} and drill_id = ${drillId} and user_id = ${userId}
          and is_running and password_mac = ${mac} and password_used_at is null
          and password_expires_at > ${iso(at)}::timestamptz
        returning user_id`);
      return rows.length > 0;
    },
    revokePasswordsOf: async (userId, at) => {
      await transaction.execute(sql`
        update drill_participants
        set password_expires_at = least(password_expires_at, ${iso(at)}::timestamptz)
        where organisation_id = ${organisationId} and user_id = ${userId}`);
    },
    recordSignIn: async (drillId, userId, by, at) => {
      await transaction.execute(sql`
        update drill_participants
        set signed_in_at = coalesce(signed_in_at, ${iso(at)}::timestamptz),
          signed_in_by = coalesce(signed_in_by, ${by})
        where organisation_id = ${organisationId} and drill_id = ${drillId}
          and user_id = ${userId}`);
    },
    presence: async (drillId) => {
      const rows = await transaction.execute<{
        userId: string;
        signedInAt: string | null;
        signedInBy: SignInMethod | null;
        wroteAt: string | null;
      }>(sql`
        select part.user_id as "userId", part.signed_in_at as "signedInAt",
          part.signed_in_by as "signedInBy",
          (select min(written.at) from drill_messages written
            where written.organisation_id = part.organisation_id
              and written.drill_id = part.drill_id and written.user_id = part.user_id)
            as "wroteAt"
        from drill_participants part
        where part.organisation_id = ${organisationId} and part.drill_id = ${drillId}
        order by part.user_id`);
      return rows.map(toPresence);
    },
  };
}

function toPresence(row: {
  readonly userId: string;
  readonly signedInAt: string | null;
  readonly signedInBy: SignInMethod | null;
  readonly wroteAt: string | null;
}): DrillPresence {
  const at = (value: string | null): Instant | null =>
    value === null ? null : milliseconds(value);
  return { ...row, signedInAt: at(row.signedInAt), wroteAt: at(row.wroteAt) };
}

function running(rows: readonly { readonly snapshot: Drill }[]): readonly RunningDrill[] {
  return all(rows).flatMap((drill) => (drill.phase === 'running' ? [drill] : []));
}

function all(rows: readonly { readonly snapshot: Drill }[]): readonly Drill[] {
  return rows.map(({ snapshot }) => snapshot);
}
