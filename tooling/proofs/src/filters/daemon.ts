import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@holdfast/e2e/wait-for';

/** A real filter of our own, in a directory of its own. */
export interface Daemon extends AsyncDisposable {
  /** SIGKILL, as the machine would do it when memory runs out; resolves when it is gone. */
  kill(): Promise<void>;
  /** Once more, where it was before. */
  start(): Promise<void>;
}

/** A directory for a daemon, readable for the user it runs as. */
export function daemonDirectory(name: string, user: string): string {
  const directory = mkdtempSync(join(tmpdir(), `holdfast-${name}-`));
  if (isRoot()) execFileSync('chown', [user, directory]);
  return directory;
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Resolves when it answers; throws when it does not. */
export async function startDaemon(options: {
  readonly program: string;
  readonly args: readonly string[];
  readonly directory: string;
  readonly answers: () => Promise<boolean>;
}): Promise<Daemon> {
  const { program, args, directory, answers } = options;
  let kill = (): Promise<void> => Promise.resolve();

  async function start(): Promise<void> {
    const log = openSync(join(directory, 'daemon.log'), 'a', 0o600);
    // A group of its own, since Rspamd has children that must not outlive it.
    const child = spawn(program, args, { stdio: ['ignore', log, log], detached: true });
    closeSync(log);
    const exited = once(child, 'exit');
    kill = async () => {
      try {
        process.kill(-(child.pid ?? Number.NaN), 'SIGKILL');
      } catch {
        // It is gone.
      }
      await exited;
    };
    await waitFor(program, answers);
  }

  const daemon: Daemon = {
    start,
    kill: () => kill(),
    async [Symbol.asyncDispose]() {
      await kill();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  try {
    await start();
  } catch (error) {
    await daemon[Symbol.asyncDispose]();
    throw error;
  }
  return daemon;
}
