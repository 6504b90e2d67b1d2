import type { EmergencyEvent } from '@holdfast/domain';

/**
 * Un-protecting takes effect after the event: nobody in its scope loses the emergency mailbox, or replies not yet put
 * back, in its middle.
 */
export function keepsMailboxInEvent(event: EmergencyEvent | null, userId: string): boolean {
  if (event === null || event.phase === 'closed') return false;
  if (event.phase === 'recovering' && event.settledAt !== null) return false;
  return event.scope.kind === 'everyone' || event.scope.userIds.includes(userId);
}
