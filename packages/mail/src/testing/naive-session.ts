import { naiveData } from './naive-smtp.ts';

/** What came of a session, as far as a machine and this model have to agree. */
export interface NaiveMessage {
  readonly from: string;
  readonly recipients: readonly string[];
  readonly body: string;
}

/** What the policy of a fuzzed session says; both sides ask it. */
export interface FuzzPolicy {
  mail(from: string): number;
  recipient(address: string): number;
  message(body: string): number;
}

const MAX_LINE = 2048;
const MAX_ERRORS = 20;
const MAX_IDLE = 100;
const MAX_RECIPIENTS = 100;
const MAX_SIZE = 1_000_000;
const LONGEST_LINE = 100_000;

/** Commands behind which more may follow at once, after EHLO. */
const GROUPED = new Set(['MAIL', 'RCPT', 'RSET']);
const CLOSING = new Set(['BDAT', 'GET', 'POST', 'PUT', 'HEAD', 'CONNECT', 'OPTIONS', 'QUIT']);

/** One session in plain strings, all of it kept, nothing clever. `replies` holds the first digit of each reply. */
export class NaiveSession {
  readonly replies: number[] = [];
  readonly messages: NaiveMessage[] = [];
  closed = false;
  #buffer = '';
  #data: string | null = null;
  #hello = false;
  #extended = false;
  #tls = false;
  #from: { readonly address: string; readonly utf8: boolean } | null = null;
  #recipients: string[] = [];
  #errors = 0;
  #idle = 0;
  readonly #policy: FuzzPolicy;

  constructor(policy: FuzzPolicy) {
    this.#policy = policy;
  }

  feed(text: string): void {
    this.#buffer += text;
    while (!this.closed && this.#step());
  }

  #step(): boolean {
    if (this.#data !== null) return this.#readData(this.#data + this.#buffer);
    const end = this.#buffer.indexOf('\n');
    const length = end === -1 ? this.#buffer.length : end + 1;
    if (length > MAX_LINE) return this.#close(500);
    if (end === -1) return false;
    const line = this.#buffer.slice(0, end).replace(/\r$/, '');
    this.#buffer = this.#buffer.slice(end + 1);
    this.#command(line);
    return true;
  }

  #readData(data: string): boolean {
    this.#buffer = '';
    const read = naiveData(data);
    this.#data = read === null ? data : null;
    if (read === null) return false;
    this.#buffer = read.rest;
    const lines = (read.message ?? '').split('\r\n');
    const bad =
      read.message === null ||
      read.message.length > MAX_SIZE ||
      lines.some((line) => line.length > LONGEST_LINE);
    const code = bad ? 550 : this.#policy.message(read.message ?? '');
    const message = { from: this.#from?.address ?? '', recipients: this.#recipients };
    this.#reset();
    if (code !== 250) return this.#reply(code);
    this.messages.push({ ...message, body: read.message ?? '' });
    this.#idle = 0;
    return this.#reply(250);
  }

  #command(line: string): void {
    const control = Array.from(line).some((c) => (c < ' ' && c !== '\t') || c === '\x7f');
    const four = line.slice(0, 4).toUpperCase();
    const word = control
      ? ''
      : four === 'MAIL' || four === 'RCPT'
        ? four
        : (line.trimEnd().split(/\s/)[0] ?? '').toUpperCase();
    const rest = line.trimEnd().slice(word.length).trim();
    const bad = control || isMalformed(word, rest);
    const ahead = this.#buffer.length > 0;
    const grouped = bad || GROUPED.has(word) || (CLOSING.has(word) && word !== 'QUIT');
    if (ahead && !(this.#extended && grouped)) return void this.#close(554);
    if (bad) return this.#error(501);
    if (CLOSING.has(word)) return void this.#close(word === 'QUIT' ? 221 : 554);
    this.#obey(word, line);
  }

  #obey(word: string, line: string): void {
    switch (word) {
      case 'EHLO':
      case 'HELO':
        this.#reset();
        this.#hello = true;
        this.#extended = word === 'EHLO';
        return this.#pointless(250);
      case 'MAIL':
        return this.#mail(line);
      case 'RCPT':
        return this.#recipient(line);
      case 'DATA':
        if (this.#from === null || this.#recipients.length === 0) return this.#error(503);
        this.#data = '';
        return void this.#reply(354);
      case 'RSET':
        this.#reset();
        return this.#pointless(250);
      case 'NOOP':
        return this.#pointless(250);
      case 'HELP':
        return this.#pointless(214);
      case 'VRFY':
        return this.#pointless(252);
      case 'STARTTLS':
        if (this.#tls || this.#from !== null) return this.#error(503);
        this.#tls = true;
        this.#hello = false;
        this.#extended = false;
        return void this.#reply(220);
      default:
        return this.#error(500);
    }
  }

  #mail(line: string): void {
    const path = readPath(line, /^MAIL\s+FROM:\s*/i);
    if (path === null) return this.#error(501);
    const parameters = readParameters(path.rest);
    if (parameters === null) return this.#error(501);
    const { size, utf8 } = parameters;
    const address = path.text === '' ? '' : checked(path.text, utf8);
    if (address === null) return this.#error(501);
    if (!this.#hello || this.#from !== null) return this.#error(503);
    if (size > MAX_SIZE) return void this.#reply(552);
    const code = this.#policy.mail(address);
    if (code === 250) this.#from = { address, utf8 };
    this.#reply(code);
  }

  #recipient(line: string): void {
    const path = readPath(line, /^RCPT\s+TO:\s*/i);
    if (path === null || path.rest.trim() !== '') return this.#error(501);
    const address = checked(path.text, true);
    if (address === null) return this.#error(501);
    if (this.#from === null) return this.#error(503);
    if (!this.#from.utf8 && Array.from(address).some((c) => c > '~')) return void this.#reply(553);
    if (this.#recipients.length >= MAX_RECIPIENTS) return void this.#reply(452);
    const code = this.#policy.recipient(address);
    const same = this.#recipients.findIndex(
      (known) => known.toLowerCase() === address.toLowerCase(),
    );
    if (code === 250 && same === -1) this.#recipients.push(address);
    // The way it was written last stays.
    if (code === 250 && same !== -1) this.#recipients[same] = address;
    this.#reply(code);
  }

  #reset(): void {
    this.#from = null;
    this.#recipients = [];
  }

  #error(code: number): void {
    this.#errors += 1;
    if (this.#errors > MAX_ERRORS) this.#close(421);
    else this.#reply(code);
  }

  #pointless(code: number): void {
    this.#idle += 1;
    if (this.#idle > MAX_IDLE) this.#close(421);
    else this.#reply(code);
  }

  #reply(code: number): boolean {
    if (code === 421) return this.#close(421);
    this.replies.push(Math.floor(code / 100));
    return true;
  }

  #close(code: number): boolean {
    this.replies.push(Math.floor(code / 100));
    this.closed = true;
    return false;
  }
}

function isMalformed(word: string, rest: string): boolean {
  if (['EHLO', 'HELO', 'VRFY'].includes(word)) return rest === '';
  if (['DATA', 'RSET', 'QUIT', 'STARTTLS'].includes(word)) return rest !== '';
  if (word === 'XCLIENT') return !/^[^\s=]+=\S*(?:\s+[^\s=]+=\S*)*$/.test(rest);
  return false;
}

interface ReadPath {
  readonly text: string;
  readonly rest: string;
}

/** Reads `<path> rest` character by character. Null: it is none. */
function readPath(line: string, begin: RegExp): ReadPath | null {
  const prefix = begin.exec(line)?.[0];
  if (prefix === undefined) return null;
  const bytes = line.slice(prefix.length);
  let argument: string;
  try {
    argument = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Buffer.from(bytes, 'latin1'),
    );
  } catch {
    return null;
  }
  argument = argument.trimEnd();
  if (!argument.startsWith('<')) return null;
  let at = 1;
  if (argument[1] === '@') {
    const route = /^[^<>:\s]*:/.exec(argument.slice(2))?.[0];
    if (route !== undefined) at = 2 + route.length;
  }
  const from = at;
  let quoted = false;
  for (; at < argument.length; at += 1) {
    const c = argument.charAt(at);
    if (quoted && c === '\\') at += 1;
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === '>') {
      const rest = argument.slice(at + 1);
      if (rest !== '' && !/^\s/.test(rest)) return null;
      return { text: argument.slice(from, at), rest };
    } else if (!quoted && /[\s<]/.test(c)) return null;
  }
  return null;
}

/** The address with its domain in ASCII, or null. */
function checked(text: string, utf8: boolean): string | null {
  const plain = Array.from(text).every((c) => c >= ' ' && c <= '~');
  if (!plain && !utf8) return null;
  const at = splitAt(text);
  if (at === null) return null;
  const domain = text.slice(at + 1);
  const literal = domain.startsWith('[') && domain.endsWith(']') && domain.length > 2;
  const inner = literal ? domain.slice(1, -1) : domain;
  if (inner === '') return null;
  const forbidden = literal ? /[\s[\]]/ : /[\s@"(),:;<>[\\\]]/;
  if (forbidden.test(inner) || Buffer.byteLength(text) > 254) return null;
  if (plain) return text;
  const host = URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : '';
  return host === '' ? null : `${text.slice(0, at)}@${host}`;
}

/** Where the local part ends. */
function splitAt(text: string): number | null {
  if (!text.startsWith('"')) {
    const at = text.indexOf('@');
    return at > 0 && !/[\s@"(),:;<>[\\\]]/.test(text.slice(0, at)) ? at : null;
  }
  let at = 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return text[at] === '"' && text[at + 1] === '@' ? at + 1 : null;
}

function readParameters(rest: string): { readonly size: number; readonly utf8: boolean } | null {
  let size = 0;
  let utf8 = false;
  const seen = new Set<string>();
  for (const word of rest.split(/\s+/).filter((part) => part !== '')) {
    const [name = '', value, more] = word.split('=');
    const key = name.toUpperCase();
    if (!/^[A-Z\d][A-Z\d-]*$/.test(key) || value === '' || more !== undefined) return null;
    if (seen.has(key)) return null;
    seen.add(key);
    if (key === 'SIZE' && value !== undefined && /^\d{1,20}$/.test(value)) size = Number(value);
    else if (key === 'BODY' && /^(?:7BIT|8BITMIME)$/i.test(value ?? '')) continue;
    else if (key === 'SMTPUTF8' && value === undefined) utf8 = true;
    else return null;
  }
  return { size, utf8 };
}
