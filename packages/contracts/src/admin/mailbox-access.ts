import type { IsoInstant } from '../words.ts';

/** How far the copies of protected mailboxes out of Office 365 are. */
export interface MailboxCopiesView {
  /** The administrator means to permit it. */
  readonly isPermitted: boolean;
  readonly users: number;
  readonly current: number;
  readonly copying: number;
  readonly forbidden: number;
  readonly failed: number;
  readonly messages: number;
  /** Bytes. */
  readonly size: number;
  readonly sizeToday: number;
  /** The last whole look at the mailbox that is the furthest behind; null while one was never whole. */
  readonly oldestCheck: IsoInstant | null;
  /** What Office 365 said where it refused. */
  readonly refusal: string | null;
}
