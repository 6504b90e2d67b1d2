import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isRunning } from './processes.ts';
import { waitFor } from './wait-for.ts';

const run = promisify(execFile);

/** Where the processes of one run share what was made once; a process of its own makes its own. */
export const SHARED_DIRECTORY_VARIABLE = 'HOLDFAST_E2E_PREPARED';
/** A whole start with an installation, on a busy machine. Milliseconds. */
const MAKING_PATIENCE = 280_000;

/**
 * The data directory that `make` leaves behind for `name`, on which nothing ever runs. It is made once for all processes
 * of a run: whoever asks first makes it, the others wait.
 */
export async function originalData(
  name: string,
  make: (directory: string) => Promise<void>,
): Promise<string> {
  const original = join(sharedDirectory(), name);
  await waitFor(
    `the data directory “${name}”`,
    async () => {
      if (existsSync(original)) return true;
      if (!begins(`${original}.maker`)) return false;
      const unfinished = `${original}.${process.pid}`;
      try {
        // Another may have ended between our two looks.
        if (existsSync(original)) return true;
        await mkdir(unfinished);
        await make(unfinished);
        await rename(unfinished, original);
        return true;
      } catch (error) {
        throw new MakingFailed(`Making the data directory “${name}” failed.`, { cause: error });
      } finally {
        await rm(unfinished, { recursive: true, force: true });
        rmSync(`${original}.maker`, { force: true });
      }
    },
    { patience: MAKING_PATIENCE, until: (error) => error instanceof MakingFailed },
  );
  return original;
}

class MakingFailed extends Error {}

/** True of one of all who ask at the same time. One that was killed has left its mark, and counts no more. */
function begins(mark: string): boolean {
  try {
    writeFileSync(mark, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const maker = Number(textOf(mark));
    // An empty one is just being written.
    if (maker > 0 && !isRunning(maker)) rmSync(mark, { force: true });
    return false;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** A new directory with what is in another, on which nothing runs. */
export async function copyOf(
  original: string,
  isWanted: (entry: string) => boolean = () => true,
): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'holdfast-e2e-'));
  try {
    await copyInto(copy, original, isWanted);
    return copy;
  } catch (error) {
    await rm(copy, { recursive: true, force: true });
    throw error;
  }
}

export async function copyInto(
  directory: string,
  original: string,
  isWanted: (entry: string) => boolean = () => true,
): Promise<void> {
  const entries = (await readdir(original)).filter(isWanted);
  // By the program: Node's own copy leaves out who owns a file, and the database belongs to an account of its own.
  await run('cp', ['-pR', ...entries.map((entry) => join(original, entry)), directory]);
}

let own: string | null = null;

function sharedDirectory(): string {
  const shared = process.env[SHARED_DIRECTORY_VARIABLE];
  if (shared !== undefined) {
    mkdirSync(shared, { recursive: true });
    return shared;
  }
  if (own === null) {
    const made = mkdtempSync(join(tmpdir(), 'holdfast-e2e-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    own = made;
  }
  return own;
}
