import { HOUR, type Instant } from '../instant.ts';
import type { ChannelKind } from './contact-channel.ts';

/** A contact that an administrator has entered for somebody who could not give it themselves. */
export interface EnteredContact {
  readonly userId: string;
  readonly kind: ChannelKind;
  readonly value: string;
  readonly shared: boolean;
  readonly weak: boolean;
  /** E-mail address of the administrator. */
  readonly enteredBy: string;
  readonly enteredAt: Instant;
  readonly usableAt: Instant;
}

/** In use after this long, so that the user, who is told at once, can say that it is not theirs. */
export const ENTERED_USABLE_AFTER = 24 * HOUR;

/** A second person: one administrator alone must not have a login sent to wherever they like. */
export function mayApprove(contact: EnteredContact, administrator: string): boolean {
  return contact.enteredBy.toLowerCase() !== administrator.toLowerCase();
}
