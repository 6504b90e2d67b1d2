import { Worker } from 'node:worker_threads';
import type { FormatAnswer, FormatRequest } from './isolated-format.ts';

/** A parser stops itself at its time limit, unless it never comes back to look at the clock. Milliseconds on top. */
const GRACE = 1000;
/** Heap of the thread; a message that needs more ends it. MiB. */
const HEAP = 512;

export interface ParserThread {
  /** Messages that are with it or wait for it. */
  readonly waiting: number;
  ask(ask: FormatRequest['ask'], message: Uint8Array): Promise<unknown>;
  close(): Promise<void>;
}

/** One thread, begun when it is needed, and begun anew after it had to be ended. */
export function createParserThread(file: URL, settings: FormatRequest['options']): ParserThread {
  const { time } = settings.limits;
  let worker: Worker | null = null;
  let waiting = 0;
  /** One at a time: whoever is at work when the thread has to be ended is the one to blame. */
  let turn: Promise<unknown> = Promise.resolve();

  function start(): Worker {
    const started = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: HEAP } });
    started.unref();
    return started;
  }

  async function stop(): Promise<void> {
    const ended = worker;
    worker = null;
    await ended?.terminate();
  }

  async function run(ask: FormatRequest['ask'], message: Uint8Array): Promise<unknown> {
    worker ??= start();
    const at = worker;
    // A view would take the whole buffer that it lies in along.
    const own = Uint8Array.from(message);
    const { promise, resolve, reject } = Promise.withResolvers<FormatAnswer>();
    const timer = setTimeout(
      () => reject(new Error(`The parser did not come back within ${time} ms`)),
      time + GRACE,
    );
    const exited = (): void => reject(new Error('The parser ended'));
    at.once('message', resolve).once('error', reject).once('exit', exited);
    try {
      at.postMessage({ options: settings, ask, message: own } satisfies FormatRequest, [
        own.buffer,
      ]);
      const answer = await promise;
      if (!answer.ok) throw new Error(answer.error);
      return answer.value;
    } catch (error) {
      await stop();
      throw error;
    } finally {
      clearTimeout(timer);
      at.off('message', resolve).off('error', reject).off('exit', exited);
    }
  }

  return {
    get waiting() {
      return waiting;
    },
    ask(ask, message) {
      waiting += 1;
      const result = turn.then(() => run(ask, message)).finally(() => (waiting -= 1));
      turn = result.catch(() => undefined);
      return result;
    },
    close: async () => {
      await turn;
      await stop();
    },
  };
}
