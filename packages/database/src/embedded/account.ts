import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The system account a PostgreSQL server runs as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Used when /etc/passwd does not list `nobody`; the number Linux gives it everywhere. */
const NOBODY: Account = { uid: 65534, gid: 65534 };

/**
 * The account to drop to, or undefined when this process may run PostgreSQL as itself.
 * PostgreSQL refuses to run as root, so root lends it to whoever owns the data, else to `nobody`.
 */
export function accountFor(dataDirectory: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(dataDirectory, { throwIfNoEntry: false });
  return owner !== undefined && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : nobody();
}

function nobody(): Account {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((entry) => entry.startsWith('nobody:'));
    const [, , uid, gid] = line?.split(':') ?? [];
    // macOS lists nobody as -2, which spawn() does not take.
    if (Number(uid) > 0 && Number(gid) > 0) return { uid: Number(uid), gid: Number(gid) };
  } catch {
    // No /etc/passwd in a minimal container: the usual number will do.
  }
  return NOBODY;
}

/** Whether the account may walk down to this path and, at its end, read or enter it. */
export function canReach(path: string, account: Account | undefined): boolean {
  if (account === undefined) return true;
  for (let at = path; ; at = dirname(at)) {
    const { mode, uid, gid } = statSync(at);
    const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
    if (((mode >> shift) & 1) === 0) return false;
    if (at === dirname(at)) return true;
  }
}
