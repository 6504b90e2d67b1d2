import type { ContentFilter, FilteredMessage, Inspection, Log } from '@holdfast/application';
import type { ContentFinding } from '@holdfast/domain';
import { createOutageWatch, type OutageWatch } from '../budget/outage-watch.ts';
import { OverBudgetError, withinBudget } from '../budget/within-budget.ts';
import { describeError } from '../spool/file-system.ts';
import { createSlots, type Slots } from './slots.ts';

/** One message on its way to a filter. */
export interface Upload {
  /** A promise while the filter does not keep up. */
  write(chunk: Uint8Array): Promise<void> | void;
  /** After the last byte. Rejects on every answer that is not understood. */
  end(): Promise<ContentFinding>;
}

/** What is particular to one filter. */
export interface FilterClient {
  readonly filter: ContentFinding['filter'];
  /** `length` is null when it is not known before the end. Must let go of everything when the signal fires. */
  open(message: FilteredMessage, length: number | null, signal: AbortSignal): Upload;
  /** Whether it gives a sign of life. Never rejects, and ends by itself. */
  alive(): Promise<boolean>;
  readonly maxBytes: number;
  /** For a message of more than that. */
  readonly tooBig: ContentFinding;
}

export interface FilterOptions {
  /** Milliseconds that a message may wait for the filter. */
  readonly budgetMs: number;
  /** Milliseconds until a filter that is gone is asked again. */
  readonly pauseMs?: number;
  readonly onFinding?: (finding: ContentFinding) => void;
  readonly onOutage?: (gone: boolean) => void;
  readonly log?: Log;
}

const PAUSE = 10_000;
/** So many overruns in a row, and it counts as gone although it answers when it is asked how it is. */
const PATIENCE = 5;
/** Small messages that are scanned at the same time; more wait their turn within their budget. */
const MAX_SCANS = 32;
/** Big ones that pass by at the same time. They come at the pace of their senders, so none waits for another. */
const MAX_UPLOADS = 64;
/** Milliseconds from the first to the last byte of a big message; a slower sender's is not scanned. */
const MAX_UPLOAD_TIME = 120_000;
/** Bytes that are kept to see whether more comes. */
const WHOLE = 1024 * 1024;

interface Guard {
  readonly client: FilterClient;
  readonly watch: OutageWatch;
  readonly budgetMs: number;
  readonly scans: Slots;
  readonly uploads: Slots;
  readonly log: Log | undefined;
}

/**
 * A filter that may hang, lie or be gone without harm: it is asked within a budget and in bounded number, not at all
 * while it is known to be gone, and whatever goes wrong becomes a finding that says so.
 */
export function guardedFilter(client: FilterClient, options: FilterOptions): ContentFilter {
  const guard: Guard = {
    client,
    watch: createOutageWatch({
      alive: () => client.alive(),
      patience: PATIENCE,
      pauseMs: options.pauseMs ?? PAUSE,
      ...(options.onOutage === undefined ? {} : { onChange: options.onOutage }),
    }),
    budgetMs: options.budgetMs,
    scans: createSlots(MAX_SCANS),
    uploads: createSlots(MAX_UPLOADS),
    log: options.log,
  };
  return {
    begin(message) {
      const passage = beginPassage(guard, message);
      return {
        ...passage,
        async finish() {
          const finding = await passage.finish();
          options.onFinding?.(finding);
          return finding;
        },
      };
    },
  };
}

function beginPassage(guard: Guard, message: FilteredMessage): Inspection<ContentFinding> {
  const { client, watch, budgetMs, log } = guard;
  const aborter = new AbortController();
  const failed = (why: string): ContentFinding => ({ filter: client.filter, failed: why });
  let finding: ContentFinding | null = watch.admits() ? null : failed('known to be gone');
  let held: Uint8Array | null = null;
  let upload: Upload | null = null;
  let release: (() => void) | null = null;
  let size = 0;
  let waited = 0;
  const begun = performance.now();

  function settle(result: ContentFinding): ContentFinding {
    finding ??= result;
    aborter.abort();
    release?.();
    held = null;
    return finding;
  }

  async function inBudget<T>(work: Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await withinBudget(work, Math.max(budgetMs - waited, 1), watch);
    } finally {
      waited += performance.now() - started;
    }
  }

  function failure(error: unknown): ContentFinding {
    if (error instanceof OverBudgetError) return settle(failed('took too long'));
    // An answer that makes no sense is at least one; a connection that fails may be the first sign of an outage.
    if (error instanceof UnreadableAnswerError) {
      watch.answered();
      return settle(failed(error.message));
    }
    watch.overran();
    log?.debug('Content filter cannot be reached', { error: describeError(error) });
    return settle(failed('cannot be reached'));
  }

  async function open(length: number | null): Promise<Upload | null> {
    const slots = length === null ? guard.uploads : guard.scans;
    const started = performance.now();
    release = await slots.take(length === null ? 0 : Math.max(budgetMs - waited, 1));
    waited += performance.now() - started;
    if (release === null) settle(failed('too many messages at once'));
    if (finding === null) return client.open(message, length, aborter.signal);
    // Given up while it waited for its turn.
    release?.();
    return null;
  }

  async function pass(chunk: Uint8Array): Promise<void> {
    try {
      if (upload === null) {
        const first = held;
        held = null;
        upload = await open(null);
        if (first !== null) await inBudget(Promise.resolve(upload?.write(first)));
      }
      await inBudget(Promise.resolve(upload?.write(chunk)));
    } catch (error) {
      failure(error);
    }
  }

  return {
    take(chunk) {
      if (finding !== null) return undefined;
      size += chunk.length;
      if (size > client.maxBytes) return void settle(client.tooBig);
      if (performance.now() - begun > MAX_UPLOAD_TIME) return void settle(failed('slow sender'));
      if (size <= WHOLE && held === null && upload === null) {
        held = chunk;
        return undefined;
      }
      return pass(chunk);
    },
    async finish() {
      try {
        if (finding === null && upload === null) {
          upload = await open(size);
          if (held !== null) await inBudget(Promise.resolve(upload?.write(held)));
        }
        if (finding !== null || upload === null) return settle(failed('not asked'));
        const answer = await inBudget(upload.end());
        watch.answered();
        return settle(answer);
      } catch (error) {
        return failure(error);
      }
    },
    abandon: () => void settle(failed('given up')),
  };
}

/** The filter said something that we do not understand. */
export class UnreadableAnswerError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnreadableAnswerError';
  }
}
