import type { ChannelProof, Instant } from '@holdfast/domain';
import type { ChannelRecord, ContactPreference } from '../../records/people.ts';

export interface ChannelRepository {
  ofUser(userId: string): Promise<readonly ChannelRecord[]>;
  /** Channels of many users: for previews and notices. */
  ofUsers(userIds: readonly string[]): Promise<readonly ChannelRecord[]>;
  lock(userId: string, kind: ChannelRecord['kind']): Promise<ChannelRecord | null>;
  save(record: ChannelRecord): Promise<void>;
  /** Whether another user of the organisation has the same value. */
  isShared(kind: ChannelRecord['kind'], value: string, exceptUserId: string): Promise<boolean>;
  /** Verified no later than this, of users who are protected and enabled. */
  provenBefore(
    before: Instant,
    limit: number,
  ): Promise<readonly Pick<ChannelRecord, 'userId' | 'kind'>[]>;
  /** Its owner waits for the lock of the user's proof. */
  lockProof(userId: string): Promise<ChannelProof | null>;
  proof(userId: string): Promise<ChannelProof | null>;
  /** Null: used up. */
  saveProof(userId: string, proof: ChannelProof | null): Promise<void>;
  /** Values that must not be messaged, by their HMAC. */
  optOut(valueMac: string, at: Instant): Promise<void>;
  optIn(valueMac: string): Promise<void>;
  isOptedOut(valueMac: string): Promise<boolean>;
  preference(userId: string): Promise<ContactPreference | null>;
  savePreference(userId: string, preference: ContactPreference): Promise<void>;
}
