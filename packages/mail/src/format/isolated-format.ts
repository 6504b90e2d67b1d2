import type {
  MessageFormat,
  MessageSummary,
  ReadableMessage,
  SearchableMessage,
  WrittenText,
} from '@holdfast/application';
import type { DeliveryReport } from '@holdfast/domain';
import { Worker } from 'node:worker_threads';
import { DEFAULT_FORMAT_LIMITS, type FormatLimits } from './format-limits.ts';
import { createMessageFormat, type MessageFormatOptions } from './message-format.ts';
import { ordinarySearchable, ordinarySummary } from './ordinary-summary.ts';

export interface FormatRequest {
  readonly options: { readonly authservId: string; readonly limits: FormatLimits };
  readonly ask:
    | { readonly kind: 'summarise' | 'searchable' | 'read' | 'written' }
    | { readonly kind: 'report'; readonly traceHeaders: string }
    | { readonly kind: 'attachment'; readonly index: number };
  readonly message: Uint8Array;
}

export type FormatAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: string };

export interface IsolatedFormatOptions extends MessageFormatOptions {
  /** Another thread than the parser's, for tests. */
  readonly thread?: URL;
}

/** A parser stops itself at its time limit, unless it never comes back to look at the clock. Milliseconds on top. */
const GRACE = 1000;
/** Heap of the thread; a message that needs more ends it. MiB. */
const HEAP = 512;

/**
 * The parser in a thread of its own (invariant 9): a message that keeps it busy for ever, or takes all its memory, costs
 * its own summary and nothing else. Ordinary messages are summarised here, in one bounded pass.
 */
export function createIsolatedFormat(
  options: IsolatedFormatOptions,
): MessageFormat & { close(): Promise<void> } {
  const limits = { ...DEFAULT_FORMAT_LIMITS, ...options.limits };
  const settings = { authservId: options.authservId, limits };
  const inProcess = createMessageFormat(settings);
  const thread = options.thread ?? new URL('format-worker.ts', import.meta.url);
  let worker: Worker | null = null;
  /** One at a time: whoever is at work when the thread has to be ended is the one to blame. */
  let turn: Promise<unknown> = Promise.resolve();

  function start(): Worker {
    const started = new Worker(thread, { resourceLimits: { maxOldGenerationSizeMb: HEAP } });
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
      () => reject(new Error(`The parser did not come back within ${limits.time} ms`)),
      limits.time + GRACE,
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

  function inTurn<T>(ask: FormatRequest['ask'], message: Uint8Array): Promise<T> {
    const result = turn.then(() => run(ask, message));
    turn = result.catch(() => undefined);
    // The thread answers with what the same method gives in process.
    return result as Promise<T>;
  }

  return {
    ...inProcess,
    summarise: async (message) =>
      ordinarySummary(message, limits) ??
      (await inTurn<MessageSummary>({ kind: 'summarise' }, message)),
    searchable: async (message) =>
      ordinarySearchable(message, limits) ??
      (await inTurn<SearchableMessage>({ kind: 'searchable' }, message)),
    read: (message) => inTurn<ReadableMessage>({ kind: 'read' }, message),
    written: (message) => inTurn<WrittenText>({ kind: 'written' }, message),
    report: (message, traceHeaders) =>
      inTurn<DeliveryReport | null>({ kind: 'report', traceHeaders }, message),
    attachment: (message, index) => inTurn({ kind: 'attachment', index }, message),
    close: async () => {
      await turn;
      await stop();
    },
  };
}
