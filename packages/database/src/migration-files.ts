import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface MigrationFile {
  /** `0001_organisations.sql`; the number orders them. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256, hexadecimal. */
  readonly checksum: string;
}

const DIRECTORY = join(import.meta.dirname, 'migrations');

/** Every migration this version knows, oldest first. */
export async function readMigrationFiles(): Promise<readonly MigrationFile[]> {
  const names = (await readdir(DIRECTORY)).filter((name) => name.endsWith('.sql')).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(DIRECTORY, name), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}
