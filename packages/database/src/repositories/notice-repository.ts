import { and, asc, eq } from '../drizzle.ts';
import type { NoticeRecord, NoticeRepository } from '@holdfast/application';
import { notices } from '../schema/people.ts';
import type { Transaction } from '../transaction.ts';

export function createNoticeRepository(
  transaction: Transaction,
  organisationId: string,
): NoticeRepository {
  const own = eq(notices.organisationId, organisationId);
  return {
    get: async (id) => {
      const [row] = await transaction
        .select()
        .from(notices)
        .where(and(own, eq(notices.id, id)));
      return row === undefined ? null : toNotice(row);
    },
    save: async (notice) => {
      await transaction
        .insert(notices)
        .values({ organisationId, ...notice })
        .onConflictDoUpdate({ target: [notices.organisationId, notices.id], set: notice });
    },
    ofEvent: async (eventId) => {
      const rows = await transaction
        .select()
        .from(notices)
        .where(and(own, eq(notices.eventId, eventId)))
        .orderBy(asc(notices.at), asc(notices.id));
      return rows.map(toNotice);
    },
  };
}

function toNotice(row: typeof notices.$inferSelect): NoticeRecord {
  const { organisationId: _own, ...record } = row;
  return record;
}
