import type { SmtpReply } from './reply-reader.ts';

/** What a host offers in its answer to EHLO; of HELO alone, nothing. */
export interface Capabilities {
  readonly startTls: boolean;
  readonly pipelining: boolean;
  readonly eightBitMime: boolean;
  readonly smtpUtf8: boolean;
  /** RFC 3461. */
  readonly dsn: boolean;
  /** Ways to sign in (RFC 4954), upper-case. */
  readonly auth: readonly string[];
  /** RFC 1870: whether MAIL takes a SIZE, and the most the host takes; null when it sets no fixed limit. */
  readonly size: { readonly limit: number | null } | null;
}

export const NO_CAPABILITIES: Capabilities = {
  startTls: false,
  pipelining: false,
  eightBitMime: false,
  smtpUtf8: false,
  dsn: false,
  auth: [],
  size: null,
};

export function readCapabilities(reply: SmtpReply): Capabilities {
  const words = new Map<string, string>();
  for (const line of reply.lines.slice(1)) {
    const [keyword = '', ...parameters] = line.split(/\s+/);
    words.set(keyword.toUpperCase(), parameters.join(' '));
  }
  const size = words.get('SIZE');
  const limit = Number(size ?? 0);
  return {
    startTls: words.has('STARTTLS'),
    pipelining: words.has('PIPELINING'),
    eightBitMime: words.has('8BITMIME'),
    smtpUtf8: words.has('SMTPUTF8'),
    dsn: words.has('DSN'),
    auth: (words.get('AUTH') ?? '').toUpperCase().split(' ').filter(Boolean),
    size:
      size === undefined
        ? null
        : { limit: Number.isSafeInteger(limit) && limit > 0 ? limit : null },
  };
}
