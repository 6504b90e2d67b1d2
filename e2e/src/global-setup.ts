import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHARED_DIRECTORY_VARIABLE } from './data-copies.ts';

/**
 * Names the place where the files of a run share data directories; the first that wants one makes it there. A place that
 * was named before is shared with what else runs, such as the proofs, and stays.
 */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env[SHARED_DIRECTORY_VARIABLE] !== undefined) return () => Promise.resolve();
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-e2e-'));
  process.env[SHARED_DIRECTORY_VARIABLE] = directory;
  return () => rm(directory, { recursive: true, force: true });
}
