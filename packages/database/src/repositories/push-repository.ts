import type { DuePush, PushRepository } from '@holdfast/application';
import type { MailboxAccess } from '@holdfast/domain';
import type { SQL } from 'drizzle-orm';
import { and, eq, gt, or, sql } from '../drizzle.ts';
import { portalSessions } from '../schema/people.ts';
import { pushSubscriptions } from '../schema/push.ts';
import { anyUuid, iso, milliseconds, takeTurn, type Transaction } from '../transaction.ts';

export function createPushRepository(
  transaction: Transaction,
  organisationId: string,
): PushRepository {
  const own = eq(pushSubscriptions.organisationId, organisationId);
  const ofSession = (sessionId: string) => and(own, eq(pushSubscriptions.sessionId, sessionId));
  return {
    save: async (subscription, most, now) => {
      const { sessionId, userId, endpoint, toldUntil } = subscription;
      await takeTurn(transaction, `push:${organisationId}:${endpoint}`);
      const [session] = await transaction
        .select({ id: portalSessions.id })
        .from(portalSessions)
        .where(
          and(
            eq(portalSessions.organisationId, organisationId),
            eq(portalSessions.id, sessionId),
            eq(portalSessions.subjectId, userId),
            gt(portalSessions.expiresAt, now),
          ),
        );
      if (session === undefined) return false;
      await transaction
        .delete(pushSubscriptions)
        .where(and(own, or(eq(pushSubscriptions.sessionId, sessionId), sameEndpoint(endpoint))));
      await transaction.insert(pushSubscriptions).values({
        ...subscription,
        organisationId,
        quietUntil: toldUntil,
        nextAt: now,
        failures: 0,
      });
      await transaction.execute(sql`
        delete from push_subscriptions where organisation_id = ${organisationId}::uuid
          and session_id in (select session_id from push_subscriptions
            where organisation_id = ${organisationId}::uuid and user_id = ${userId}::uuid
            order by made_at desc, session_id desc offset ${most})`);
      return true;
    },
    find: async (sessionId) => {
      const [row] = await transaction.select().from(pushSubscriptions).where(ofSession(sessionId));
      if (row === undefined) return null;
      const { userId, endpoint, madeAt, access, toldUntil } = row;
      return { sessionId, userId, endpoint, madeAt, access, toldUntil };
    },
    remove: async (sessionId, endpoint) => {
      const gone = await transaction
        .delete(pushSubscriptions)
        .where(
          and(
            ofSession(sessionId),
            endpoint === null ? undefined : eq(pushSubscriptions.endpoint, endpoint),
          ),
        )
        .returning({ id: pushSubscriptions.sessionId });
      return gone.length > 0;
    },
    removeOver: async (now) => {
      const gone = await transaction.execute(sql`
        delete from push_subscriptions device
        where organisation_id = ${organisationId}::uuid and not exists (
          select from portal_sessions session
            join directory_objects person on person.organisation_id = session.organisation_id
              and person.id = session.user_id
          where session.organisation_id = device.organisation_id and session.id = device.session_id
            and session.expires_at > ${iso(now)}::timestamptz
            and person.protected and person.account_enabled and person.removed_at is null)
        returning device.session_id`);
      return gone.length;
    },
    claim: (given) => claim(transaction, organisationId, given),
    told: async (sessionId, { access, toldUntil, quietUntil, nextAt }) => {
      await transaction
        .update(pushSubscriptions)
        .set({
          access,
          ...(toldUntil !== null && { toldUntil }),
          ...(quietUntil !== null && { quietUntil }),
          nextAt,
          failures: 0,
        })
        .where(ofSession(sessionId));
    },
    postpone: async (sessionId, nextAt, failures) => {
      await transaction
        .update(pushSubscriptions)
        .set({ nextAt, failures })
        .where(ofSession(sessionId));
    },
    shownLate: async (userIds, from) => {
      await transaction.execute(sql`
        update push_subscriptions set told_until = ${iso(from - 1)}::timestamptz
        where organisation_id = ${organisationId}::uuid and user_id = ${anyUuid(userIds)}
          and told_until >= ${iso(from)}::timestamptz`);
    },
  };
}

/** As the index has it: an endpoint may be longer than what an index holds. */
function sameEndpoint(endpoint: string): SQL {
  return sql`(md5(${pushSubscriptions.endpoint}) = md5(${endpoint}) and ${pushSubscriptions.endpoint} = ${endpoint})`;
}

async function claim(
  transaction: Transaction,
  organisationId: string,
  { now, until, limit, access, scope }: Parameters<PushRepository['claim']>[0],
): Promise<readonly DuePush[]> {
  const current =
    scope.kind === 'everyone'
      ? sql`${access}::text`
      : sql`case when device.user_id = ${anyUuid(scope.userIds)} then ${access}::text else 'closed' end`;
  // `accepted_day` picks the tables of the days: what is shown is accepted on its day, or the one before it.
  const rows = await transaction.execute<{
    session: string;
    user: string;
    endpoint: string;
    failures: number;
    access: MailboxAccess;
    known: MailboxAccess;
    newest: string | null;
  }>(sql`
    with due as (
      select device.session_id, ${current} as access, device.access as known, mail.newest
      from push_subscriptions device
        left join lateral (
          select max(item.received_at) as newest from mailbox_items item
          where item.organisation_id = device.organisation_id and item.user_id = device.user_id
            and item.folder = 'inbox' and not item.is_read
            and item.received_at > device.told_until and item.received_at <= ${iso(now)}::timestamptz
            and item.accepted_day >= (device.told_until at time zone 'UTC')::date - 1
            and device.quiet_until <= ${iso(now)}::timestamptz) mail on true
      where device.organisation_id = ${organisationId}::uuid
        and device.next_at <= ${iso(now)}::timestamptz
        and (device.access <> ${current} or (${current} = 'open' and mail.newest is not null))
      order by device.next_at, device.session_id
      limit ${limit} for update of device skip locked)
    update push_subscriptions device set next_at = ${iso(until)}::timestamptz
    from due
    where device.organisation_id = ${organisationId}::uuid and device.session_id = due.session_id
    returning device.session_id as session, device.user_id as "user", device.endpoint,
      device.failures, due.access, due.known, due.newest`);
  return rows.map((row) => ({
    sessionId: row.session,
    userId: row.user,
    endpoint: row.endpoint,
    failures: row.failures,
    known: row.known,
    access: row.access,
    newest: row.newest === null ? null : milliseconds(row.newest),
  }));
}
