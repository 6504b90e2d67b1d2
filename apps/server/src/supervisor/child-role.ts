import { spawn, type ChildProcess } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import type { Log } from '@holdfast/application';
import type { MetricsJson } from './metrics-server.ts';
import { RoleRefusedError } from './start-refusals.ts';

export interface RoleFacts {
  /** Spool instance the process writes; the supervisor marks it closed after reaping. */
  readonly instance?: string;
  readonly port?: number;
}

/** What a child tells over IPC: once ready, why it cannot go on, or its metrics when asked. */
export type RoleMessage =
  | { readonly type: 'ready'; readonly facts: RoleFacts }
  | { readonly type: 'refused'; readonly sentence: string }
  | { readonly type: 'metrics'; readonly metrics: MetricsJson };

/** What the supervisor asks of a child. */
export interface MetricsRequest {
  readonly type: 'send-metrics';
}

/** A busy child is not waited for longer than this. Unit: milliseconds. */
const METRICS_PATIENCE = 2000;

export interface ChildRoleOptions {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Null: the child's log goes to our own stderr. */
  readonly logFile: string | null;
  /** A child that dies again and again before it was ever ready ends the start. In production it is tried for ever. */
  readonly mayGiveUp: boolean;
  readonly log: Log;
  /** After each death, with the last facts the child told. */
  readonly reaped: (facts: RoleFacts) => Promise<void>;
}

export interface ChildRole {
  /** Resolves when the child said ready; rejects with `RoleRefusedError` when it cannot run at all. */
  readonly ready: Promise<RoleFacts>;
  readonly pid: () => number | null;
  /** Null while the child is not running or does not answer. */
  metrics(): Promise<MetricsJson | null>;
  stop(): Promise<void>;
}

/** Deaths before a child was ever ready that end a start. */
const EARLY_DEATHS = 4;

/**
 * Restart pauses: first and longest. A child that lived this long starts afresh with the first. Short, since mail is not
 * accepted while mx pauses; a start costs about a second of one core. Unit: milliseconds.
 */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 5000;
const LIVED_WELL = 60_000;
/** A child that does not stop within this is killed. mx may need the time for a slow final dot. */
const STOP_PATIENCE = 35_000;

/** Runs one role as a child process, restarted with back-off until stopped. */
export function runChildRole(options: ChildRoleOptions): ChildRole {
  let child: ChildProcess | null = null;
  let stopping = false;
  let pause = FIRST_PAUSE;
  let timer: NodeJS.Timeout | null = null;
  let everReady = false;
  let deaths = 0;
  let whenGone: (() => void) | null = null;
  let whenMetrics: ((metrics: MetricsJson) => void) | null = null;
  const { promise: ready, resolve, reject } = Promise.withResolvers<RoleFacts>();

  function launch(): void {
    const startedAt = Date.now();
    let facts: RoleFacts = {};
    const output = options.logFile === null ? 'inherit' : openSync(options.logFile, 'a', 0o600);
    const [program, ...args] = options.command;
    const started = spawn(program ?? process.execPath, args, {
      env: options.environment,
      stdio: ['ignore', output, output, 'ipc'],
      // Its own group: Ctrl-C reaches the supervisor alone, which stops its children in order.
      detached: true,
    });
    if (typeof output === 'number') closeSync(output);
    child = started;
    started.on('message', (message: RoleMessage) => {
      if (message.type === 'ready') {
        facts = message.facts;
        everReady = true;
        resolve(facts);
      } else if (message.type === 'metrics') {
        whenMetrics?.(message.metrics);
      } else if (!everReady) {
        stopping = true;
        reject(new RoleRefusedError(message.sentence));
      }
    });
    started.on('error', (error) =>
      options.log.error('role cannot be started', { child: options.name, error: String(error) }),
    );
    started.on('exit', (code, signal) => {
      child = null;
      options.reaped(facts).catch((error: unknown) =>
        options.log.error('spool instance not marked closed', {
          child: options.name,
          error: String(error),
        }),
      );
      if (stopping) {
        if (!everReady)
          reject(
            new RoleRefusedError(
              `${options.name} stopped before it was ready (${signal ?? code}).`,
            ),
          );
        whenGone?.();
        return;
      }
      deaths += 1;
      if (!everReady && options.mayGiveUp && deaths >= EARLY_DEATHS) {
        stopping = true;
        reject(
          new RoleRefusedError(
            `The role ${options.name} does not start. Why is in ${options.logFile ?? 'its log above'}.`,
          ),
        );
        return;
      }
      if (Date.now() - startedAt > LIVED_WELL) pause = FIRST_PAUSE;
      options.log.warn('role died and is started again', {
        child: options.name,
        code,
        signal,
        pause,
      });
      timer = setTimeout(launch, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    });
  }

  launch();
  return {
    ready,
    pid: () => child?.pid ?? null,
    metrics() {
      const running = child;
      if (running === null || !running.connected) return Promise.resolve(null);
      return new Promise((done) => {
        const timer = setTimeout(() => done(null), METRICS_PATIENCE);
        whenMetrics = (metrics) => {
          clearTimeout(timer);
          done(metrics);
        };
        const request: MetricsRequest = { type: 'send-metrics' };
        running.send(request);
      });
    },
    stop() {
      stopping = true;
      if (timer !== null) clearTimeout(timer);
      const running = child;
      if (running === null) return Promise.resolve();
      const gone = new Promise<void>((done) => {
        whenGone = done;
      });
      const kill = setTimeout(() => running.kill('SIGKILL'), STOP_PATIENCE);
      running.kill('SIGTERM');
      return gone.finally(() => clearTimeout(kill));
    },
  };
}
