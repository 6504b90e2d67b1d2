import type { Instant } from '../instant.ts';
import {
  mailboxAccess,
  type EmergencyEvent,
  type EventScope,
  type MailboxAccess,
} from './emergency-event.ts';

const EVERYONE: EventScope = { kind: 'everyone' };

export interface ScopedAccess {
  readonly access: MailboxAccess;
  readonly scope: EventScope;
}

/** `mailboxAccess` for all at once: whoever is in the scope has this access, everybody else none. */
export function scopedAccess(event: EmergencyEvent | null, now: Instant): ScopedAccess {
  if (event === null) return { access: 'closed', scope: EVERYONE };
  return { access: mailboxAccess({ ...event, scope: EVERYONE }, '', now), scope: event.scope };
}
