import { z } from 'zod';

/** Ticks that wait for *Save changes*. They outlive paging, filtering and leaving the page. */
export const pendingChanges = z.object({
  protect: z.array(z.string()),
  unprotect: z.array(z.string()),
});
export type PendingChanges = z.infer<typeof pendingChanges>;

export const NO_CHANGES: PendingChanges = { protect: [], unprotect: [] };

export interface TickableUser {
  readonly id: string;
  readonly protected: boolean;
  readonly eligible: boolean;
}

export function isTicked(changes: PendingChanges, user: TickableUser): boolean {
  return user.protected ? !changes.unprotect.includes(user.id) : changes.protect.includes(user.id);
}

export function isChanged(changes: PendingChanges, user: TickableUser): boolean {
  return isTicked(changes, user) !== user.protected;
}

/** A tick back to what is stored is no change. The ineligible cannot be ticked; who is protected can always be unticked. */
export function setTick(
  changes: PendingChanges,
  user: TickableUser,
  ticked: boolean,
): PendingChanges {
  if (ticked && !user.eligible) return changes;
  const without = {
    protect: changes.protect.filter((id) => id !== user.id),
    unprotect: changes.unprotect.filter((id) => id !== user.id),
  };
  if (ticked === user.protected) return without;
  return ticked
    ? { ...without, protect: [...without.protect, user.id] }
    : { ...without, unprotect: [...without.unprotect, user.id] };
}

export function setTicks(
  changes: PendingChanges,
  users: readonly TickableUser[],
  ticked: boolean,
): PendingChanges {
  return users.reduce((all, user) => setTick(all, user, ticked), changes);
}

export function countChanges(changes: PendingChanges): number {
  return changes.protect.length + changes.unprotect.length;
}
