import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { ENTRY, plainEnvironment, type Environment } from '@holdfast/e2e/command-line';
import type { Role } from '@holdfast/e2e/product';

/** A role that is not up after this has failed. Unit: milliseconds. */
const START_PATIENCE = 60_000;

export interface RunningRole {
  readonly pid: number;
  /** Spool instance of the process, for its mark once it is gone. */
  readonly instance: string | null;
  /** Ends it in order, or with another signal, and waits until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export interface RoleOptions {
  /** A role of the product, or a script that stands for one and says ready in the same way. */
  readonly role: Role | { readonly script: string; readonly args: readonly string[] };
  readonly environment: Environment;
  /** Where its log goes. */
  readonly log: string;
  /** Goes before the command, such as strace with its options. */
  readonly wrapper?: readonly string[];
  /** Arguments of Node itself, such as `--cpu-prof`. */
  readonly nodeOptions?: readonly string[];
}

/** One role as the supervisor starts it, without the supervisor: `main.js role <name>`, ready when it says so. */
export async function startRole(options: RoleOptions): Promise<RunningRole> {
  const output = openSync(options.log, 'a', 0o600);
  const command = [
    ...(options.wrapper ?? []),
    process.execPath,
    ...(options.nodeOptions ?? []),
    ...(typeof options.role === 'string'
      ? [ENTRY, 'role', options.role]
      : [options.role.script, ...options.role.args]),
  ];
  const name = typeof options.role === 'string' ? options.role : options.role.script;
  const child = spawn(command[0] ?? '', command.slice(1), {
    env: { ...plainEnvironment(), ...options.environment },
    stdio: ['ignore', output, output, 'ipc'],
  });
  closeSync(output);
  const takeAlong = (): void => void child.kill('SIGKILL');
  process.once('exit', takeAlong);
  const exited = once(child, 'exit').finally(() => process.off('exit', takeAlong));
  const ready = new Promise<string | null>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${name} was not ready in time; see ${options.log}`)),
      START_PATIENCE,
    );
    child.on('message', (message: { type: string; facts?: { instance?: string } }) => {
      if (message.type !== 'ready') return;
      clearTimeout(timer);
      resolve(message.facts?.instance ?? null);
    });
    void exited.then(([code]) => {
      clearTimeout(timer);
      reject(new Error(`${name} ended with ${String(code)}; see ${options.log}`));
    });
  });
  const instance = await ready;
  return {
    pid: child.pid ?? 0,
    instance,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exited;
    },
  };
}
