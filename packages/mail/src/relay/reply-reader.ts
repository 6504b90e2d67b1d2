/** One complete reply of a server (RFC 5321 §4.2). */
export interface SmtpReply {
  readonly code: number;
  /** Text of each line, without code and separator. */
  readonly lines: readonly string[];
}

/** A line that never ends must not eat memory. RFC 5321 §4.5.3.1.5 asks for 512 octets; some servers say more. */
export const REPLY_LINE_LIMIT = 4096;
/** Lines of one reply. */
export const REPLY_LINES_LIMIT = 128;

/** What came is no SMTP: the session is over. */
export class ReplyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ReplyError';
  }
}

export interface ReplyReader {
  push(bytes: Uint8Array): void;
  /** The next whole reply of what was pushed, or null. Throws `ReplyError`. */
  next(): SmtpReply | null;
  /** Bytes or lines of a reply that is not complete, or that were never asked for, are forgotten (RFC 3207 §4.2). */
  forget(): void;
}

const CODE = /^[2-5]\d\d(?=[ -]|$)/;

/** Bytes in, replies out; a bare LF ends a line too, as some servers send it. */
export function createReplyReader(): ReplyReader {
  let held = '';
  let code = 0;
  let lines: string[] = [];

  function takeLine(line: string): SmtpReply | null {
    if (!CODE.test(line)) throw new ReplyError(`not a reply: ${shown(line)}`);
    const number = Number(line.slice(0, 3));
    if (lines.length > 0 && number !== code)
      throw new ReplyError(`a reply of several codes: ${code}, then ${number}`);
    if (lines.length >= REPLY_LINES_LIMIT)
      throw new ReplyError(`a reply of more than ${REPLY_LINES_LIMIT} lines`);
    code = number;
    lines.push(line.slice(4).trim());
    if (line[3] === '-') return null;
    const reply = { code, lines };
    lines = [];
    return reply;
  }

  return {
    push(bytes) {
      held += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    },
    next() {
      for (;;) {
        const end = held.indexOf('\n');
        if ((end === -1 ? held.length : end) > REPLY_LINE_LIMIT)
          throw new ReplyError(`a line of more than ${REPLY_LINE_LIMIT} bytes`);
        if (end === -1) return null;
        const line = held.slice(0, held[end - 1] === '\r' ? end - 1 : end);
        held = held.slice(end + 1);
        const reply = takeLine(line);
        if (reply !== null) return reply;
      }
    },
    forget() {
      held = '';
      lines = [];
    },
  };
}

/** Text of the lines as one, in UTF-8 where the server writes it (RFC 6531 §3.7.4.3). */
export function replyText({ lines }: SmtpReply): string {
  return Buffer.from(lines.join(' '), 'latin1').toString('utf8').trim();
}

function shown(line: string): string {
  return JSON.stringify(line.slice(0, 80));
}
