import type { ChannelRecord, ContactPreference } from '../../records/people.ts';

export interface ChannelRepository {
  ofUser(userId: string): Promise<readonly ChannelRecord[]>;
  /** Channels of many users: for previews and notices. */
  ofUsers(userIds: readonly string[]): Promise<readonly ChannelRecord[]>;
  lock(userId: string, kind: ChannelRecord['kind']): Promise<ChannelRecord | null>;
  save(record: ChannelRecord): Promise<void>;
  /** Whether another user of the organisation has the same value. */
  isShared(kind: ChannelRecord['kind'], value: string, exceptUserId: string): Promise<boolean>;
  preference(userId: string): Promise<ContactPreference | null>;
  savePreference(userId: string, preference: ContactPreference): Promise<void>;
}
