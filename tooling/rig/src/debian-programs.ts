import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/** Programs that npm does not bring, and the Debian 12 package that does. */
const PACKAGES = {
  strace: 'strace',
  postfix: 'postfix',
  'smtp-source': 'postfix',
  'smtp-sink': 'postfix',
  rspamd: 'rspamd',
  clamd: 'clamav-daemon',
  swaks: 'swaks',
  mount: 'mount',
  umount: 'mount',
} as const;

export type DebianProgram = keyof typeof PACKAGES;

/** Daemons are in directories that a user's PATH leaves out. */
const SYSTEM_DIRECTORIES = ['/usr/sbin', '/sbin', '/usr/bin', '/bin', '/usr/local/bin'];

/** The program's path; null when it is not installed. */
export function findProgram(name: DebianProgram): string | null {
  const directories = [...(process.env['PATH'] ?? '').split(':'), ...SYSTEM_DIRECTORIES];
  for (const directory of directories) {
    if (directory === '') continue;
    const path = join(directory, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this one.
    }
  }
  return null;
}

/** The program's path, or an error that says how to get it. */
export function requireProgram(name: DebianProgram): string {
  const path = findProgram(name);
  if (path === null) throw new Error(missingSentence([name]) ?? '');
  return path;
}

/** Which of these are missing and how to get them; null when none is. */
export function missingSentence(names: readonly DebianProgram[]): string | null {
  const missing = names.filter((name) => findProgram(name) === null);
  if (missing.length === 0) return null;
  const packages = [...new Set(missing.map((name) => PACKAGES[name]))];
  return (
    `Not installed: ${missing.join(', ')}. On Debian 12: ` +
    `apt-get install --no-install-recommends ${packages.join(' ')}`
  );
}
