import type { Instant, MailboxAccess, ScopedAccess } from '@holdfast/domain';
import type { DuePush, PushSubscriptionRecord } from '../../records/push.ts';

/** Devices that are told of news. */
export interface PushRepository {
  /**
   * In the place of what the session had, and of whoever else had this endpoint; of a user's only the newest `most` stay.
   * False: the session is over.
   */
  save(subscription: PushSubscriptionRecord, most: number, now: Instant): Promise<boolean>;
  find(sessionId: string): Promise<PushSubscriptionRecord | null>;
  /** Unless the session has another endpoint by now; null: whatever it has. */
  remove(sessionId: string, endpoint: string | null): Promise<boolean>;
  /** Takes away those of sessions that ran out and of users who are admitted no more; tells how many. */
  removeOver(now: Instant): Promise<number>;
  /** Those to be told something now, whom nobody else will take until `until`. */
  claim(
    given: ScopedAccess & {
      readonly now: Instant;
      readonly until: Instant;
      readonly limit: number;
    },
  ): Promise<readonly DuePush[]>;
  told(
    sessionId: string,
    change: {
      readonly access: MailboxAccess;
      /** Null: as before. */
      readonly toldUntil: Instant | null;
      readonly quietUntil: Instant | null;
      readonly nextAt: Instant;
    },
  ): Promise<void>;
  postpone(sessionId: string, nextAt: Instant, failures: number): Promise<void>;
  /** Mail of these users from here on is news again, having been shown late. */
  shownLate(userIds: readonly string[], from: Instant): Promise<void>;
}
