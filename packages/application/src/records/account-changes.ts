import type { AccountChange, ChannelKind, Instant } from '@holdfast/domain';

/** Where a change is told beside the work mailbox: channels that were the user's before it. */
export interface ToldChannel {
  readonly kind: ChannelKind;
  readonly value: string;
}

export interface AccountChangeRecord {
  readonly id: string;
  readonly userId: string;
  readonly change: AccountChange;
  readonly told: readonly ToldChannel[];
  readonly at: Instant;
  readonly expiresAt: Instant;
  /** When somebody said that it was not the user. */
  readonly disputedAt: Instant | null;
}
