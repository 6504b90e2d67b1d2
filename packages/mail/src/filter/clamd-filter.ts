import type { ContentFilter } from '@holdfast/application';
import type { ContentAction, ContentFinding } from '@holdfast/domain';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import {
  guardedFilter,
  UnreadableAnswerError,
  type FilterOptions,
  type Upload,
} from './guarded-filter.ts';

/** Where clamd listens. */
export type ClamdAddress =
  | { readonly host: string; readonly port: number }
  | { readonly path: string };

export interface ClamdOptions extends FilterOptions {
  readonly address: ClamdAddress;
  /** What becomes of a message that carries a virus. */
  readonly action: Extract<ContentAction, 'quarantine' | 'reject'>;
}

/** Bytes; clamd's own `StreamMaxLength` is 25 MiB unless it is configured otherwise. */
const MAX_BYTES = 25 * 1024 * 1024;
/** Bytes of an answer. */
const MAX_ANSWER = 4096;
/** Milliseconds for a sign of life. */
const SIGN_OF_LIFE = 1000;
const END = Buffer.alloc(4);

/** clamd by `INSTREAM`. Whatever is neither `OK` nor `FOUND` is an error: never clean, and never a reason to refuse. */
export function createClamdFilter(options: ClamdOptions): ContentFilter {
  return guardedFilter(
    {
      filter: 'virus',
      maxBytes: MAX_BYTES,
      tooBig: { filter: 'virus', failed: 'too big to be scanned' },
      open: (_message, _length, signal) => openScan(options, signal),
      alive: () => ping(options.address),
    },
    options,
  );
}

function openScan({ address, action }: ClamdOptions, signal: AbortSignal): Upload {
  const socket = connect(address);
  signal.addEventListener('abort', () => socket.destroy(), { once: true });
  // After the answer nobody else listens.
  socket.on('error', () => undefined);
  const answer = answerOf(socket);
  // It may come, or fail, before the last byte has been sent: past its own size limit clamd answers and hangs up.
  answer.catch(() => undefined);
  socket.write('zINSTREAM\0');
  return {
    write(chunk) {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(chunk.length);
      if (chunk.length === 0 || !socket.writable) return undefined;
      socket.write(length);
      if (socket.write(chunk)) return undefined;
      return Promise.race([
        once(socket, 'drain').then(() => undefined),
        answer.then(() => undefined),
      ]);
    },
    async end() {
      if (socket.writable) socket.write(END);
      try {
        return findingOf(await answer, action);
      } finally {
        socket.destroy();
      }
    },
  };
}

/** Up to the NUL that ends it. */
async function answerOf(socket: Socket): Promise<string> {
  let answer = '';
  for await (const piece of socket as AsyncIterable<Buffer>) {
    answer += piece.toString('latin1');
    const end = answer.indexOf('\0');
    if (end !== -1) return answer.slice(0, end);
    if (answer.length > MAX_ANSWER) throw new UnreadableAnswerError('clamd answers without end');
  }
  throw new Error('clamd hung up');
}

function findingOf(
  answer: string,
  action: Extract<ContentAction, 'quarantine' | 'reject'>,
): ContentFinding {
  if (answer === 'stream: OK') return { filter: 'virus', action: 'none', score: null, reasons: [] };
  const [, name] = /^stream: (.+) FOUND$/.exec(answer) ?? [];
  if (name !== undefined) return { filter: 'virus', action, score: null, reasons: [name] };
  throw new UnreadableAnswerError(`clamd answers ${answer.slice(0, 100)}`);
}

async function ping(address: ClamdAddress): Promise<boolean> {
  const socket = connect(address);
  socket.on('error', () => undefined);
  const timer = setTimeout(() => socket.destroy(), SIGN_OF_LIFE);
  try {
    socket.write('zPING\0');
    return (await answerOf(socket)) === 'PONG';
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}
