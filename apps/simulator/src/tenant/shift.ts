import { Random } from '../sample-mail/random.ts';
import type { Directory } from './directory.ts';
import type { DirectoryUser } from './recipient.ts';

/** Shares of all users, 0 to 1. */
export interface Shift {
  /** Another name and telephone number. */
  readonly changed: number;
  readonly disabled: number;
  /** Removed, to be restored within 30 days. */
  readonly softDeleted: number;
  /** Removed for good. */
  readonly deleted: number;
  /** Of those that were removed and can come back. */
  readonly restored: number;
  readonly seed: string;
}

export interface Shifted {
  readonly changed: readonly string[];
  readonly disabled: readonly string[];
  readonly softDeleted: readonly string[];
  readonly deleted: readonly string[];
  readonly restored: readonly string[];
}

/** A working day of a large company in one step: people move, leave and come back. Ids of those it happened to. */
export function shiftDirectory(directory: Directory, shift: Shift): Shifted {
  const random = new Random(shift.seed);
  const restorable = directory.softDeleted();
  const users = Array.from(directory.from('user'), ([, user]) => user.id);
  const take = (from: string[], count: number): string[] =>
    Array.from({ length: Math.min(Math.floor(count), from.length) }, () => {
      const at = random.below(from.length);
      const chosen = from[at] ?? '';
      from[at] = from.at(-1) ?? '';
      from.pop();
      return chosen;
    });
  const total = users.length;
  const restored = take(restorable, shift.restored * restorable.length).filter((id) =>
    directory.restore(id),
  );
  const put = (ids: string[], change: (user: DirectoryUser) => Partial<DirectoryUser>) =>
    ids.filter((id) => {
      const user = directory.user(id);
      if (user === undefined) return false;
      directory.put({ ...user, ...change(user) });
      return true;
    });
  return {
    restored,
    changed: put(take(users, shift.changed * total), (user) => ({
      displayName: `${user.displayName} II`,
      mobilePhone: `+1 425 555 ${String(random.below(10_000)).padStart(4, '0')}`,
    })),
    disabled: put(take(users, shift.disabled * total), () => ({ accountEnabled: false })),
    softDeleted: take(users, shift.softDeleted * total).filter((id) => directory.remove(id)),
    deleted: take(users, shift.deleted * total).filter((id) => directory.remove(id, 'deleted')),
  };
}
