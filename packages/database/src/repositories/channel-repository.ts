import { and, asc, eq, isNull, ne, sql } from '../drizzle.ts';
import type { ChannelRecord, ChannelRepository } from '@holdfast/application';
import { channelOptOuts, channelProofs } from '../schema/account-changes.ts';
import { contactChannels, contactPreferences, directoryObjects } from '../schema/people.ts';
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
    provenBefore: async (before, limit) => {
      const rows = await transaction
        .select({ userId: contactChannels.userId, kind: contactChannels.kind })
        .from(contactChannels)
        .innerJoin(
          directoryObjects,
          and(
            eq(directoryObjects.organisationId, contactChannels.organisationId),
            eq(directoryObjects.id, contactChannels.userId),
          ),
        )
        .where(
          and(
            own,
            eq(directoryObjects.protected, true),
            eq(directoryObjects.accountEnabled, true),
            isNull(directoryObjects.removedAt),
            sql`${contactChannels.channel} ->> 'state' = 'verified'`,
            sql`(${contactChannels.channel} ->> 'verifiedAt')::bigint <= ${before}`,
          ),
        )
        .orderBy(asc(contactChannels.userId), asc(contactChannels.kind))
        .limit(limit);
      return rows;
    },
    ...proofs(transaction, organisationId),
    ...optOuts(transaction, organisationId),
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
      return row === undefined ? null : { preferred: row.preferred };
    },
    savePreference: async (userId, { preferred }) => {
      await transaction
        .insert(contactPreferences)
        .values({ organisationId, userId, preferred })
        .onConflictDoUpdate({
          target: [contactPreferences.organisationId, contactPreferences.userId],
          set: { preferred },
        });
    },
  };
}

function proofs(
  transaction: Transaction,
  organisationId: string,
): Pick<ChannelRepository, 'lockProof' | 'proof' | 'saveProof'> {
  const ofUser = (userId: string) =>
    and(eq(channelProofs.organisationId, organisationId), eq(channelProofs.userId, userId));
  const proof: ChannelRepository['proof'] = async (userId) => {
    const [row] = await transaction.select().from(channelProofs).where(ofUser(userId));
    if (row === undefined) return null;
    const { id, via, codeHash, sentAt, failures } = row;
    return { id, via, codeHash, sentAt, failures };
  };
  return {
    proof,
    lockProof: async (userId) => {
      await takeTurn(transaction, `proof:${organisationId}:${userId}`);
      return proof(userId);
    },
    saveProof: async (userId, record) => {
      if (record === null) {
        await transaction.delete(channelProofs).where(ofUser(userId));
        return;
      }
      await transaction
        .insert(channelProofs)
        .values({ organisationId, userId, ...record })
        .onConflictDoUpdate({
          target: [channelProofs.organisationId, channelProofs.userId],
          set: record,
        });
    },
  };
}

function optOuts(
  transaction: Transaction,
  organisationId: string,
): Pick<ChannelRepository, 'optOut' | 'optIn' | 'isOptedOut'> {
  const of = (valueMac: string) =>
    and(eq(channelOptOuts.organisationId, organisationId), eq(channelOptOuts.valueMac, valueMac));
  return {
    optOut: async (valueMac, at) => {
      await transaction
        .insert(channelOptOuts)
        .values({ organisationId, valueMac, at })
        .onConflictDoNothing();
    },
    optIn: async (valueMac) => {
      await transaction.delete(channelOptOuts).where(of(valueMac));
    },
    isOptedOut: async (valueMac) => {
      const rows = await transaction
        .select({ at: channelOptOuts.at })
        .from(channelOptOuts)
        .where(of(valueMac));
      return rows.length > 0;
    },
  };
}

function toChannel(row: typeof contactChannels.$inferSelect): ChannelRecord {
  const { userId, kind, channel, challengeId, shared, weak } = row;
  return { userId, kind, channel, challengeId, shared, weak };
}
