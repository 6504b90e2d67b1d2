import type { AnnouncedMessage, SmtpReply } from '@holdfast/application';
import { domainToASCII } from 'node:url';
import {
  BAD_ARGUMENT,
  BAD_CHARACTERS,
  BAD_RECIPIENT,
  BAD_SENDER,
  NO_UTF8_ADDRESSES,
  UNKNOWN_PARAMETER,
} from './replies.ts';

type MailParameters = Omit<AnnouncedMessage, 'from'>;

export type Command =
  | { readonly verb: 'helo' | 'ehlo'; readonly name: string }
  | { readonly verb: 'mail'; readonly announced: AnnouncedMessage }
  | { readonly verb: 'rcpt'; readonly to: string }
  | {
      readonly verb:
        | 'data'
        | 'rset'
        | 'noop'
        | 'quit'
        | 'vrfy'
        | 'help'
        | 'starttls'
        /** Not offered and not done, EXPN and AUTH for two. */
        | 'refused'
        /** BDAT: what follows is content, and would be taken for commands. */
        | 'content'
        /** A web client; whoever sends one does not speak SMTP. */
        | 'foreign'
        | 'unknown';
    }
  | { readonly verb: 'xclient'; readonly attributes: ReadonlyMap<string, string> }
  | { readonly verb: 'malformed'; readonly reply: SmtpReply };

/** RFC 2920 §3.1: what may be followed by more without waiting for its reply. */
export const GOES_ON: { readonly [Verb in Command['verb']]: boolean } = {
  mail: true,
  rcpt: true,
  rset: true,
  // A malformed MAIL or RCPT stands in its group as a good one does.
  malformed: true,
  content: true,
  foreign: true,
  unknown: false,
  refused: false,
  helo: false,
  ehlo: false,
  data: false,
  noop: false,
  quit: false,
  vrfy: false,
  help: false,
  starttls: false,
  xclient: false,
};

/** Unit: characters. A host name has 255 at most; what is longer is cut, as it is only written down. */
const LONGEST_NAME = 255;
/** RFC 5321 §4.5.3.1.3. Unit: octets, without the brackets. */
const LONGEST_PATH = 254;

/**
 * A path: an old source route is passed over (RFC 5321 §4.1.1.3), the local part may be quoted and then contain
 * anything. Each alternative begins with a character of its own, so nothing is tried twice.
 */
const PATH = /^<(?:@[^<>:\s]*:)?((?:[^\s<>"]|"(?:[^"\\]|\\.)*")*)>(?:\s+(.*))?$/;
const PARAMETER = /^([A-Za-z\d][A-Za-z\d-]*)(?:=([^\s=]+))?$/;
const MAILBOX =
  /^(?:[^\s@"(),:;<>[\\\]]+|"(?:[^"\\]|\\.)*")@(?:[^\s@"(),:;<>[\\\]]+|\[[^\s[\]]+\])$/;

/** RFC 1870 §3: up to twenty digits. */
const SIZE = /^\d{1,20}$/;

const malformed = (reply: SmtpReply): Command => ({ verb: 'malformed', reply });

/** One line, without its end. `smtpUtf8`: whether the extension is offered. */
export function parseCommand(bytes: Buffer, smtpUtf8: boolean): Command {
  const line = bytes.toString('latin1');
  if (/[\x00-\x08\x0a-\x1f\x7f]/.test(line)) return malformed(BAD_CHARACTERS);
  const verb = line.slice(0, 4).toUpperCase();
  if (verb === 'MAIL') return parseMail(bytes, line, smtpUtf8);
  if (verb === 'RCPT') return parseRecipient(bytes, line, smtpUtf8);
  return parseOther(line.trimEnd());
}

function parseOther(line: string): Command {
  const space = line.search(/\s/);
  const word = (space === -1 ? line : line.slice(0, space)).toUpperCase();
  const rest = space === -1 ? '' : line.slice(space + 1).trim();
  switch (word) {
    case 'EHLO':
    case 'HELO':
      if (rest === '') return malformed(BAD_ARGUMENT);
      return {
        verb: word === 'EHLO' ? 'ehlo' : 'helo',
        name: rest.slice(0, LONGEST_NAME).replace(/[^\x21-\x7e]/g, '?'),
      };
    case 'DATA':
      return rest === '' ? { verb: 'data' } : malformed(BAD_ARGUMENT);
    case 'RSET':
      return rest === '' ? { verb: 'rset' } : malformed(BAD_ARGUMENT);
    case 'QUIT':
      return rest === '' ? { verb: 'quit' } : malformed(BAD_ARGUMENT);
    case 'STARTTLS':
      return rest === '' ? { verb: 'starttls' } : malformed(BAD_ARGUMENT);
    case 'NOOP':
      return { verb: 'noop' };
    case 'HELP':
      return { verb: 'help' };
    case 'VRFY':
      return rest === '' ? malformed(BAD_ARGUMENT) : { verb: 'vrfy' };
    case 'EXPN':
    case 'AUTH':
    case 'ETRN':
    case 'TURN':
      return { verb: 'refused' };
    case 'BDAT':
      return { verb: 'content' };
    case 'XCLIENT':
      return parseXclient(rest);
    case 'GET':
    case 'POST':
    case 'PUT':
    case 'HEAD':
    case 'CONNECT':
    case 'OPTIONS':
      return { verb: 'foreign' };
    default:
      return { verb: 'unknown' };
  }
}

function parseMail(bytes: Buffer, line: string, smtpUtf8: boolean): Command {
  const parts = /^MAIL\s+FROM:\s*/i.exec(line);
  if (parts === null) return malformed(BAD_ARGUMENT);
  const argument = argumentOf(bytes, line, parts[0].length);
  const path = argument === null ? null : PATH.exec(argument);
  if (path === null) return malformed(argument === null ? NO_UTF8_ADDRESSES : BAD_SENDER);
  const parameters = parseParameters(path[2] ?? '', smtpUtf8);
  if ('code' in parameters) return malformed(parameters);
  const address = path[1] ?? '';
  if (address === '') return { verb: 'mail', announced: { from: '', ...parameters } };
  const from = checkedAddress(address, parameters.smtpUtf8, BAD_SENDER);
  return typeof from === 'string'
    ? { verb: 'mail', announced: { from, ...parameters } }
    : malformed(from);
}

function parseRecipient(bytes: Buffer, line: string, smtpUtf8: boolean): Command {
  const parts = /^RCPT\s+TO:\s*/i.exec(line);
  if (parts === null) return malformed(BAD_ARGUMENT);
  const argument = argumentOf(bytes, line, parts[0].length);
  const path = argument === null ? null : PATH.exec(argument);
  if (path === null) return malformed(argument === null ? NO_UTF8_ADDRESSES : BAD_RECIPIENT);
  if (path[2] !== undefined && path[2] !== '') return malformed(UNKNOWN_PARAMETER);
  const to = checkedAddress(path[1] ?? '', smtpUtf8, BAD_RECIPIENT);
  return typeof to === 'string' ? { verb: 'rcpt', to } : malformed(to);
}

/** Null when the bytes are no UTF-8. */
function argumentOf(bytes: Buffer, line: string, offset: number): string | null {
  if (/^[\x00-\x7f]*$/.test(line)) return line.slice(offset).trimEnd();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(offset)).trimEnd();
  } catch {
    return null;
  }
}

/** The address with its domain in ASCII (RFC 5891), or why not. */
function checkedAddress(address: string, utf8: boolean, bad: SmtpReply): string | SmtpReply {
  const ascii = /^[\x20-\x7e]*$/.test(address);
  if (!ascii && !utf8) return NO_UTF8_ADDRESSES;
  if (!MAILBOX.test(address)) return bad;
  const octets = ascii ? address.length : Buffer.byteLength(address);
  if (octets > LONGEST_PATH) return bad;
  if (ascii) return address;
  const at = address.lastIndexOf('@');
  const domain = domainToASCII(address.slice(at + 1));
  return domain === '' ? bad : `${address.slice(0, at)}@${domain}`;
}

const NO_PARAMETERS: MailParameters = { size: null, bodyType: '7BIT', smtpUtf8: false };

function parseParameters(text: string, utf8Offered: boolean): MailParameters | SmtpReply {
  if (text === '') return NO_PARAMETERS;
  const parameters = { size: null as number | null, bodyType: NO_PARAMETERS.bodyType };
  let smtpUtf8 = false;
  const seen = new Set<string>();
  for (const word of text.split(/\s+/)) {
    const parts = PARAMETER.exec(word);
    const name = (parts?.[1] ?? '').toUpperCase();
    const value = parts?.[2];
    if (parts === null || seen.has(name)) return BAD_ARGUMENT;
    seen.add(name);
    if (name === 'SIZE') {
      if (value === undefined || !SIZE.test(value)) return BAD_ARGUMENT;
      parameters.size = Number(value);
    } else if (name === 'BODY') {
      const body = value?.toUpperCase();
      if (body !== '7BIT' && body !== '8BITMIME') return BAD_ARGUMENT;
      parameters.bodyType = body;
    } else if (name === 'SMTPUTF8' && utf8Offered) {
      if (value !== undefined) return BAD_ARGUMENT;
      smtpUtf8 = true;
    } else {
      // RFC 5321 §4.1.1.11: what was not offered is refused, not ignored.
      return UNKNOWN_PARAMETER;
    }
  }
  return { ...parameters, smtpUtf8 };
}

/** Postfix XCLIENT_README: `NAME=value`, values in xtext (RFC 3461 §4). */
function parseXclient(rest: string): Command {
  const attributes = new Map<string, string>();
  for (const word of rest.split(/\s+/)) {
    const equals = word.indexOf('=');
    if (equals < 1) return malformed(BAD_ARGUMENT);
    const value = word
      .slice(equals + 1)
      .replace(/\+([\dA-F]{2})/g, (_match, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    attributes.set(word.slice(0, equals).toUpperCase(), value);
  }
  return { verb: 'xclient', attributes };
}
