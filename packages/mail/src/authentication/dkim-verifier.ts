import type { Log } from '@holdfast/application';
import { Worker } from 'node:worker_threads';
import type { DkimReport } from './dkim-report.ts';
import type { DkimAnswer, DkimOrder, DkimWorkerOptions } from './dkim-worker.ts';

export interface DkimVerifierOptions extends DkimWorkerOptions {
  readonly log?: Log;
}

export interface DkimJob {
  /** The next bytes; a promise while the thread has enough to do with what it got. */
  take(chunk: Uint8Array): Promise<void> | void;
  /** After the last byte. Rejects when the thread failed or was given up. */
  finish(): Promise<DkimReport>;
  abandon(): void;
}

export interface DkimVerifier {
  begin(): DkimJob;
  /** Something took too long: a thread that gives no sign of life within a second is replaced. */
  suspect(): void;
  close(): Promise<void>;
}

/** Bytes of one message that may be on their way to the thread. */
const WINDOW = 16 * 1024;
/** Bytes that are handed over in one piece with the end of the message. */
const WHOLE = 1024 * 1024;
/** What a thread may take; past it, it ends, the messages that waited for it go on, and the next starts another. */
const MEMORY = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 8 };
/** Milliseconds for a sign of life. */
export const SIGN_OF_LIFE = 1000;

interface Waiting {
  readonly settled: PromiseWithResolvers<DkimReport>;
  /** Bytes handed over and not worked off. */
  underWay: number;
  room: PromiseWithResolvers<void> | null;
}

interface Thread {
  readonly worker: Worker;
  readonly jobs: Map<number, Waiting>;
  /** It has answered something: a thread that is still starting is not hung. */
  up: boolean;
  pong: (() => void) | null;
}

/** One thread, started with the first signed message: verification is bound by one core, and so is acceptance. */
export function createDkimVerifier(options: DkimVerifierOptions): DkimVerifier {
  let thread: Thread | null = null;
  let last = 0;

  function start(): Thread {
    const { servers, timeoutMs } = options;
    const worker = new Worker(new URL('./dkim-worker.ts', import.meta.url), {
      workerData: { servers, timeoutMs } satisfies DkimWorkerOptions,
      resourceLimits: MEMORY,
    });
    const started: Thread = { worker, jobs: new Map(), up: false, pong: null };
    worker.on('message', (answer: DkimAnswer) => hear(started, answer));
    worker.on('error', (error) => lose(started, `DKIM thread failed: ${String(error)}`));
    worker.on('exit', () => lose(started, 'DKIM thread ended'));
    // Nothing it does is worth keeping a process alive for.
    worker.unref();
    return started;
  }

  function lose(lost: Thread, detail: string): void {
    if (thread === lost) thread = null;
    if (lost.jobs.size > 0) options.log?.warn(detail, { messages: lost.jobs.size });
    for (const { settled, room } of lost.jobs.values()) {
      settled.reject(new Error(detail));
      room?.resolve();
    }
    lost.jobs.clear();
  }

  return {
    begin() {
      thread ??= start();
      last += 1;
      return beginJob(thread, last);
    },
    suspect() {
      const suspected = thread;
      if (suspected === null || !suspected.up || suspected.pong !== null) return;
      let isAlive = false;
      const giveUp = (): void => {
        if (isAlive) return;
        lose(suspected, 'DKIM thread gives no sign of life');
        void suspected.worker.terminate();
      };
      // Timers run before what was said while this loop stood still is heard: a healthy thread was replaced for that.
      const timer = setTimeout(() => setImmediate(giveUp), SIGN_OF_LIFE);
      suspected.pong = () => {
        isAlive = true;
        clearTimeout(timer);
      };
      tell(suspected, { kind: 'ping' });
    },
    async close() {
      await thread?.worker.terminate();
    },
  };
}

function hear(thread: Thread, answer: DkimAnswer): void {
  thread.up = true;
  switch (answer.kind) {
    case 'pong':
      thread.pong?.();
      thread.pong = null;
      return;
    case 'taken': {
      const job = thread.jobs.get(answer.job);
      if (job === undefined) return;
      job.underWay -= answer.bytes;
      if (job.underWay <= WINDOW) job.room?.resolve();
      return;
    }
    case 'report':
      thread.jobs.get(answer.job)?.settled.resolve(answer.report);
      return void thread.jobs.delete(answer.job);
    case 'failed':
      thread.jobs.get(answer.job)?.settled.reject(new Error(answer.detail));
      return void thread.jobs.delete(answer.job);
  }
}

/** A copy in memory of its own: handing over a view would copy all the memory it looks into. */
function tell(thread: Thread, order: DkimOrder): void {
  if (!('bytes' in order)) return thread.worker.postMessage(order);
  const bytes = new Uint8Array(order.bytes);
  thread.worker.postMessage({ ...order, bytes }, [bytes.buffer]);
}

function beginJob(thread: Thread, id: number): DkimJob {
  const waiting: Waiting = { settled: Promise.withResolvers(), underWay: 0, room: null };
  thread.jobs.set(id, waiting);
  // It may fail before anybody asks for the end.
  waiting.settled.promise.catch(() => undefined);
  /** What has not been handed over: a small message goes as a whole. */
  let held: Uint8Array | null = null;
  let begun = false;

  function send(bytes: Uint8Array): void {
    waiting.underWay += bytes.length;
    tell(thread, { kind: 'piece', job: id, bytes });
  }

  return {
    take(chunk) {
      if (!thread.jobs.has(id)) return;
      if (!begun && chunk.length <= WHOLE) {
        begun = true;
        held = chunk;
        return;
      }
      begun = true;
      if (held !== null) send(held);
      held = null;
      send(chunk);
      if (waiting.underWay <= WINDOW) return;
      waiting.room = Promise.withResolvers();
      return waiting.room.promise;
    },
    finish() {
      if (held !== null) tell(thread, { kind: 'whole', job: id, bytes: held });
      else tell(thread, { kind: 'end', job: id });
      return waiting.settled.promise;
    },
    abandon() {
      if (thread.jobs.delete(id)) tell(thread, { kind: 'abandon', job: id });
      waiting.room?.resolve();
    },
  };
}
