import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ENTRY,
  plainEnvironment,
  runCommand,
  type CommandResult,
  type Environment,
} from './command-line.ts';
import { freePorts } from './free-ports.ts';
import { OutsideWorld, type OutageShape } from './outside-world.ts';
import { childrenOf } from './processes.ts';
import { waitFor } from './wait-for.ts';

export type Role = 'mx' | 'ingest' | 'relay' | 'web' | 'worker';

export interface BootOptions {
  /** Everyone protected, alternate info for most, thirty days of mail. */
  readonly installed?: boolean;
  /** Roles to run; all of them unless told. */
  readonly roles?: readonly Role[];
  /** Settings on top of the harness's own. */
  readonly environment?: Environment;
  /** An existing directory is left in place by `stop`; without one a fresh one is made and removed. */
  readonly dataDirectory?: string;
  /** Makes the directory to begin with, in place of an empty one. */
  readonly begin?: () => Promise<string>;
  /** How Office 365 is before the product looks at it for the first time; well unless told. */
  readonly outage?: OutageShape;
}

/** What `demo.json` holds. */
export interface DemoFacts {
  readonly adminUrl: string;
  readonly portalUrl: string;
  readonly adminEmail: string;
  readonly adminPassword: string;
  readonly mxPort: number;
  readonly simulatorUrl: string;
}

export interface Product {
  readonly facts: DemoFacts;
  readonly dataDirectory: string;
  readonly world: OutsideWorld;
  readonly supervisorPid: number;
  /** Settings that the product and its commands run with. */
  readonly environment: Environment;
  /** What `start` has printed so far. */
  output(): { readonly stdout: string; readonly stderr: string };
  /** Runs the command line against this product. */
  holdfast(...args: readonly string[]): Promise<CommandResult>;
  /** The role's process now; null while it is being restarted. */
  rolePid(role: Role): number | null;
  /** The ends of all logs, for the report of a failed test. */
  logTails(): Promise<string>;
  /**
   * Ends the supervisor in order (default), or with another signal, and waits until it is gone. Throws afterwards when a
   * call to Graph did not fit Microsoft's description.
   */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A cold start makes a database and, with `installed`, ingests thirty days of mail. Milliseconds. */
const BOOT_PATIENCE = 120_000;
/** mx may wait 30 s for a slow final dot. Milliseconds. */
const STOP_PATIENCE = 60_000;
const TAIL_LINES = 25;
/** The last line of the summary that `start` prints when all is up. */
const READY = 'Ctrl-C stops everything.';

/** Settings of a product of its own: free ports, hardly any waiting, no metrics. */
export async function settingsFor(
  options: BootOptions,
  dataDirectory: string,
): Promise<Environment> {
  const [admin, portal, mx, control, smtp, dns] = await freePorts(6);
  return {
    HOLDFAST_DATA_DIR: dataDirectory,
    HOLDFAST_ADMIN_PORT: String(admin),
    HOLDFAST_PORTAL_PORT: String(portal),
    HOLDFAST_MX_PORT: String(mx),
    HOLDFAST_SIMULATOR_PORT: String(control),
    HOLDFAST_SIMULATOR_SMTP_PORT: String(smtp),
    HOLDFAST_SIMULATOR_DNS_PORT: String(dns),
    HOLDFAST_METRICS_PORT: '0',
    HOLDFAST_NOTICE_DELAY: '0',
    HOLDFAST_UNDO_SEND: '2',
    ...(options.roles !== undefined && { HOLDFAST_ROLES: options.roles.join(',') }),
    ...options.environment,
  };
}

/** A port that was free a moment ago may be somebody's connection now: then others are looked for, this often. */
const PORT_TRIES = 3;

/** Starts `holdfast start --demo` on free ports and an own data directory, and resolves when all roles are up. */
export async function bootProduct(options: BootOptions = {}): Promise<Product> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await bootOnce(options);
    } catch (error) {
      const isTaken = error instanceof Error && /Port \d+ .* is in use/.test(error.message);
      if (!isTaken || tries === PORT_TRIES) throw error;
    }
  }
}

async function bootOnce(options: BootOptions): Promise<Product> {
  const dataDirectory = options.dataDirectory ?? (await (options.begin ?? emptyDirectory)());
  const environment = await settingsFor(options, dataDirectory);
  const args = ['start', '--demo', ...(options.installed === true ? ['--installed'] : [])];
  const started = startSupervisor(args, environment);
  const logTails = (): Promise<string> => tails(dataDirectory, started.output);
  const world = new OutsideWorld(`http://127.0.0.1:${environment['HOLDFAST_SIMULATOR_PORT']}`);
  const sees = (what: string, condition: () => boolean | Promise<boolean>): Promise<true> =>
    waitFor(
      what,
      () => {
        if (started.exit() !== undefined) throw new BootError('It ended before it was up.');
        return condition();
      },
      { patience: BOOT_PATIENCE, until: (error) => error instanceof BootError },
    );
  try {
    const { outage } = options;
    if (outage !== undefined)
      await sees('the outside world', () => world.outage(outage).then(() => true));
    await sees('the product to be up', () => started.output().stdout.includes(READY));
  } catch (error) {
    const logs = await logTails();
    await started.stop('SIGTERM');
    throw new Error(`The product did not start.\n${logs}`, { cause: error });
  }
  const facts = JSON.parse(await readFile(join(dataDirectory, 'demo.json'), 'utf8')) as DemoFacts;
  async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const faults = await world.contractFaults();
    const code = await started.stop(signal);
    if (options.dataDirectory === undefined && signal !== 'SIGKILL') {
      await rm(dataDirectory, { recursive: true, force: true });
    }
    if (faults.length > 0)
      throw new Error(`Calls to Graph do not fit Microsoft's description:\n${faults.join('\n')}`);
    return code;
  }
  return {
    facts,
    dataDirectory,
    world,
    supervisorPid: started.pid,
    environment,
    output: started.output,
    holdfast: (...args) => runCommand(args, environment),
    rolePid: (role) =>
      childrenOf(started.pid).find(({ command }) => command.endsWith(`role ${role}`))?.pid ?? null,
    logTails,
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop();
    },
  };
}

function emptyDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'holdfast-e2e-'));
}

class BootError extends Error {}

export interface StartedSupervisor {
  readonly pid: number;
  /** Undefined while it runs; null when a signal ended it. */
  exit(): number | null | undefined;
  readonly output: () => { readonly stdout: string; readonly stderr: string };
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

/** Runs `holdfast <args>` as a process that goes on; a test run that ends early takes it along. */
export function startSupervisor(
  args: readonly string[],
  environment: Environment,
): StartedSupervisor {
  const child = spawn(process.execPath, [ENTRY, ...args], {
    env: { ...plainEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (printed.stdout += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (printed.stderr += chunk.toString('utf8')));
  const takeAlong = (): void => void child.kill('SIGTERM');
  process.once('exit', takeAlong);
  let exit: number | null | undefined;
  child.once('exit', (code) => {
    exit = code;
    process.off('exit', takeAlong);
  });
  return {
    pid: child.pid ?? 0,
    exit: () => exit,
    output: () => printed,
    stop: (signal) => stopProcess(child, () => exit, signal),
  };
}

async function stopProcess(
  child: ChildProcess,
  exit: () => number | null | undefined,
  signal: NodeJS.Signals,
): Promise<number | null> {
  if (exit() === undefined) child.kill(signal);
  try {
    await waitFor('the supervisor to end', () => exit() !== undefined, { patience: STOP_PATIENCE });
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return exit() ?? null;
}

async function tails(dataDirectory: string, output: StartedSupervisor['output']): Promise<string> {
  const logs = join(dataDirectory, 'logs');
  const names = await readdir(logs).catch(() => []);
  const parts = await Promise.all(
    names.map(async (name) => {
      const lines = (await readFile(join(logs, name), 'utf8')).trimEnd().split('\n');
      return `== ${name}\n${lines.slice(-TAIL_LINES).join('\n')}`;
    }),
  );
  const { stdout, stderr } = output();
  return [`== start\n${stderr}${stdout}`, ...parts].join('\n');
}
