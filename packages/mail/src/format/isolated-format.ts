import type {
  MessageFormat,
  MessageSummary,
  ReadableMessage,
  SearchableMessage,
  WrittenText,
} from '@holdfast/application';
import type { DeliveryReport } from '@holdfast/domain';
import { DEFAULT_FORMAT_LIMITS, type FormatLimits } from './format-limits.ts';
import { createMessageFormat, type MessageFormatOptions } from './message-format.ts';
import { ordinarySearchable, ordinarySummary } from './ordinary-summary.ts';
import { createParserThread } from './parser-thread.ts';

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
  /** Messages that are parsed at once; 1 unless told. */
  readonly threads?: number;
  /** Another thread than the parser's, for tests. */
  readonly thread?: URL;
}

/**
 * The parser in threads of its own (invariant 9): a message that keeps it busy for ever, or takes all its memory, costs
 * its own summary and nothing else. Ordinary messages are summarised here, in one bounded pass.
 */
export function createIsolatedFormat(
  options: IsolatedFormatOptions,
): MessageFormat & { close(): Promise<void> } {
  const limits = { ...DEFAULT_FORMAT_LIMITS, ...options.limits };
  const settings = { authservId: options.authservId, limits };
  const inProcess = createMessageFormat(settings);
  const thread = options.thread ?? new URL('format-worker.ts', import.meta.url);
  const parsers = Array.from({ length: options.threads ?? 1 }, () =>
    createParserThread(thread, settings),
  );

  /** Behind as few as possible: a message that keeps one thread busy holds up those behind it alone. */
  function inTurn<T>(ask: FormatRequest['ask'], message: Uint8Array): Promise<T> {
    const [first, ...others] = parsers;
    if (first === undefined) throw new Error('There is no thread to parse in');
    const free = others.reduce((best, next) => (next.waiting < best.waiting ? next : best), first);
    // The thread answers with what the same method gives in process.
    return free.ask(ask, message) as Promise<T>;
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
      await Promise.all(parsers.map((parser) => parser.close()));
    },
  };
}
