import type { ContentFilter, FilteredMessage } from '@holdfast/application';
import type { ContentAction, ContentFinding } from '@holdfast/domain';
import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import {
  guardedFilter,
  UnreadableAnswerError,
  type FilterOptions,
  type Upload,
} from './guarded-filter.ts';

export interface RspamdOptions extends FilterOptions {
  /** `http://host:port` of its normal worker. */
  readonly url: string;
  /** Our name, for its `MTA-Name`. */
  readonly hostname: string;
}

/** Bytes; spam is small, and Rspamd would read more into memory as a whole. */
const MAX_BYTES = 10 * 1024 * 1024;
/** Bytes of an answer. */
const MAX_ANSWER = 1024 * 1024;
/** Milliseconds for a sign of life. */
const SIGN_OF_LIFE = 1000;
/** Rules that are named in a finding, those that weigh most. */
const MAX_REASONS = 10;

/** What its actions mean to us. We accept or refuse once and never ask a sender to come again because of content. */
const ACTIONS = new Map<string, ContentAction>([
  ['no action', 'none'],
  ['greylist', 'tag'],
  ['soft reject', 'tag'],
  ['add header', 'junk'],
  ['rewrite subject', 'junk'],
  ['quarantine', 'quarantine'],
  ['reject', 'reject'],
]);

/** Rspamd by its HTTP protocol (`POST /checkv2`). */
export function createRspamdFilter(options: RspamdOptions): ContentFilter {
  return guardedFilter(
    {
      filter: 'spam',
      maxBytes: MAX_BYTES,
      tooBig: { filter: 'spam', action: 'none', score: null, reasons: ['too big to be asked'] },
      open: (message, length, signal) => openCheck(options, message, length, signal),
      alive: () => ping(options.url),
    },
    options,
  );
}

function openCheck(
  { url, hostname }: RspamdOptions,
  message: FilteredMessage,
  length: number | null,
  signal: AbortSignal,
): Upload {
  const call = request(`${url}/checkv2`, {
    method: 'POST',
    signal,
    agent: false,
    headers: {
      ...(length === null ? { 'Transfer-Encoding': 'chunked' } : { 'Content-Length': length }),
      IP: headerValue(message.clientIp),
      Helo: headerValue(message.helo),
      From: headerValue(message.envelopeFrom),
      Rcpt: message.recipients.map(headerValue),
      'Deliver-To': headerValue(message.recipients[0] ?? ''),
      'Queue-Id': message.id,
      'MTA-Name': headerValue(hostname),
    },
  });
  // After the answer has begun nobody else listens.
  call.on('error', () => undefined);
  const answer = answerOf(call);
  // It may come, or fail, before the last byte has been sent.
  answer.catch(() => undefined);
  return {
    write(chunk) {
      if (call.write(chunk)) return undefined;
      return Promise.race([
        once(call, 'drain').then(() => undefined),
        answer.then(() => undefined),
      ]);
    },
    async end() {
      call.end();
      return findingOf(await answer);
    },
  };
}

async function answerOf(call: ClientRequest): Promise<string> {
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > MAX_ANSWER) throw new UnreadableAnswerError('Rspamd answers without end');
    pieces.push(piece);
  }
  if (response.statusCode !== 200) {
    throw new UnreadableAnswerError(`Rspamd answers ${response.statusCode}`);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function findingOf(text: string): ContentFinding {
  const answer = parse(text);
  const action = typeof answer.action === 'string' ? ACTIONS.get(answer.action) : undefined;
  if (action === undefined || typeof answer.score !== 'number') {
    throw new UnreadableAnswerError('Rspamd names no action that is known');
  }
  const score = Math.round(answer.score * 100) / 100;
  return { filter: 'spam', action, score, reasons: reasonsOf(answer.symbols) };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const answer: unknown = JSON.parse(text);
    if (isRecord(answer)) return answer;
  } catch {
    // Said below.
  }
  throw new UnreadableAnswerError('Rspamd does not answer in JSON');
}

/** The rules that spoke against it; all names when none did, as for a test pattern, which stands outside the score. */
function reasonsOf(symbols: unknown): readonly string[] {
  if (!isRecord(symbols)) return [];
  const rules = Object.entries(symbols).map(([name, symbol]) => ({
    name: name.slice(0, 64),
    score: isRecord(symbol) ? Math.round(Number(symbol.score) * 100) / 100 : 0,
  }));
  const against = rules.filter(({ score }) => score > 0).toSorted((a, b) => b.score - a.score);
  const named =
    against.length > 0
      ? against.map(({ name, score }) => `${name} ${score}`)
      : rules.map(({ name }) => name);
  return named.slice(0, MAX_REASONS);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** UTF-8 in bytes, as Rspamd reads it; nothing that would end the field. */
function headerValue(value: string): string {
  // oxlint-disable-next-line no-control-regex
  return Buffer.from(value.replace(/[\x00-\x1f\x7f]/g, ''), 'utf8').toString('latin1');
}

async function ping(url: string): Promise<boolean> {
  try {
    const call = request(`${url}/ping`, {
      agent: false,
      signal: AbortSignal.timeout(SIGN_OF_LIFE),
    });
    call.end();
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    response.resume();
    return true;
  } catch {
    return false;
  }
}
