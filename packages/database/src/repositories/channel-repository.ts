import { and, asc, eq, ne } from '../drizzle.ts';
import type { ChannelRecord, ChannelRepository } from '@holdfast/application';
import { contactChannels, contactPreferences } from '../schema/people.ts';
import { isAmong, takeTurn, type Transaction } from '../transaction.ts';

export function createChannelRepository(
  transaction: Transaction,
  organisationId: string,
): ChannelRepository {
  const own = eq(contactChannels.organisationId, organisationId);
  return {
    ofUser: async (userId) => {
      const rows = await transaction
        .select()
        .from(contactChannels)
        .where(and(own, eq(contactChannels.userId, userId)))
        .orderBy(asc(contactChannels.kind));
      return rows.map(toChannel);
    },
    ofUsers: async (userIds) => {
      const rows = await transaction
        .select()
        .from(contactChannels)
        .where(and(own, isAmong(contactChannels.userId, userIds)))
        .orderBy(asc(contactChannels.userId), asc(contactChannels.kind));
      return rows.map(toChannel);
    },
    lock: async (userId, kind) => {
      // The first code for a channel finds no row yet; two at once must still see each other.
      await takeTurn(transaction, `channel:${organisationId}:${userId}:${kind}`);
      const [row] = await transaction
        .select()
        .from(contactChannels)
        .where(and(own, eq(contactChannels.userId, userId), eq(contactChannels.kind, kind)))
        .for('update');
      return row === undefined ? null : toChannel(row);
    },
    save: async (record) => {
      const value = record.channel.state === 'removed' ? null : record.channel.value;
      await transaction
        .insert(contactChannels)
        .values({ organisationId, ...record, value })
        .onConflictDoUpdate({
          target: [contactChannels.organisationId, contactChannels.userId, contactChannels.kind],
          set: { ...record, value },
        });
    },
    isShared: async (kind, value, exceptUserId) => {
      const rows = await transaction
        .select({ userId: contactChannels.userId })
        .from(contactChannels)
        .where(
          and(
            own,
            eq(contactChannels.kind, kind),
            eq(contactChannels.value, value),
            ne(contactChannels.userId, exceptUserId),
          ),
        )
        .limit(1);
      return rows.length > 0;
    },
    preference: async (userId) => {
      const [row] = await transaction
        .select()
        .from(contactPreferences)
        .where(
          and(
            eq(contactPreferences.organisationId, organisationId),
            eq(contactPreferences.userId, userId),
          ),
        );
      return row === undefined ? null : { preferred: row.preferred, language: row.language };
    },
    savePreference: async (userId, { preferred, language }) => {
      await transaction
        .insert(contactPreferences)
        .values({ organisationId, userId, preferred, language })
        .onConflictDoUpdate({
          target: [contactPreferences.organisationId, contactPreferences.userId],
          set: { preferred, language },
        });
    },
  };
}

function toChannel(row: typeof contactChannels.$inferSelect): ChannelRecord {
  const { userId, kind, channel, challengeId, shared, weak } = row;
  return { userId, kind, channel, challengeId, shared, weak };
}
