import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** The server's entry: what `npm run holdfast` calls. */
export const ENTRY = join(import.meta.dirname, '..', '..', 'apps', 'server', 'src', 'main.js');

/** A command that takes longer is stuck. Milliseconds. */
const PATIENCE = 150_000;

export interface CommandResult {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What stdout holds as JSON; null when it is none. */
  readonly json: unknown;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** What every process of the product inherits from the test; nothing of ours leaks in from the developer's shell. */
export function plainEnvironment(): Environment {
  const { PATH, HOME, TMPDIR, LANG, TZ } = process.env;
  return { PATH, HOME, TMPDIR, LANG, TZ };
}

/** Runs `holdfast <args>` to its end. */
export async function runCommand(
  args: readonly string[],
  environment: Environment,
): Promise<CommandResult> {
  const child = spawn(process.execPath, [ENTRY, ...args], {
    env: { ...plainEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PATIENCE,
    killSignal: 'SIGKILL',
  });
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code));
  });
  const [stdout, stderr, exit] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    exited,
  ]);
  return { exit, stdout, stderr, json: parsed(stdout) };
}

function parsed(stdout: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    return null;
  }
}
