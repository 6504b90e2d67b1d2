import { contentWords, type ContentFinding, type Verdict } from '@holdfast/domain';
import type { ReceivedMessage } from '../ports/reception.ts';

/** Characters of a host name or address; RFC 5321 §4.5.3.1. */
const LONGEST_NAME = 255;
/** Name of the header that carries our verdict; the tenant's transport rule reads it. */
export const VERDICT_HEADER = 'X-Holdfast-Verdict';
/** Name of the header that says what the content filters found, a field for each that has something to say. */
export const CONTENT_HEADER = 'X-Holdfast-Content';
/** Characters of one such field; RFC 5322 §2.1.1 forbids lines of more than 998. */
const MAX_CONTENT_WORDS = 900;

/**
 * `Received` (RFC 5321 §4.4) and `Authentication-Results` (RFC 8601), put on top of the untouched message so that the
 * sender's DKIM signature still verifies.
 */
export function traceHeaders(input: {
  readonly hostname: string;
  readonly recordId: string;
  readonly at: number;
  readonly message: ReceivedMessage;
  /** Of the record; one alone is named. */
  readonly recipients: readonly { readonly address: string }[];
  readonly authenticationResults: string;
  readonly decision: { readonly verdict: Verdict; readonly reason: string };
  readonly content: readonly ContentFinding[];
}): string {
  const { recipients } = input;
  const { session } = input.message;
  const only = recipients.length === 1 ? recipients[0] : undefined;
  const received = [
    `Received: from ${nameSafe(session.helo)} (${addressLiteral(session.clientIp)})`,
    ...(session.tls === null
      ? []
      : [`\t(using ${headerSafe(session.tls.replace(' ', ' with cipher '))})`]),
    `\tby ${input.hostname} with ${protocolOf(input.message)} id ${input.recordId}`,
    ...(only === undefined ? [] : [`\tfor <${headerSafe(only.address)}>`]),
  ].join('\r\n');
  return [
    `${received};\r\n\t${rfc5322Date(input.at)}\r\n`,
    `Authentication-Results: ${input.authenticationResults}\r\n`,
    `${VERDICT_HEADER}: ${input.decision.verdict}; reason=${input.decision.reason}\r\n`,
    ...input.content.map(contentField),
  ].join('');
}

/** RFC 3848 and RFC 6531 §4.3. TLS is begun from EHLO only, whatever the client says afterwards. */
function protocolOf({ session, smtpUtf8 }: ReceivedMessage): string {
  const plain = smtpUtf8 ? 'UTF8SMTP' : session.protocol;
  if (session.tls === null) return plain;
  return smtpUtf8 ? 'UTF8SMTPS' : 'ESMTPS';
}

/** RFC 5321 §4.1.3. */
function addressLiteral(ip: string): string {
  return `[${ip.includes(':') ? 'IPv6:' : ''}${headerSafe(ip)}]`;
}

/** What a client calls itself: no character of it may end the word, begin a comment or stand for another field. */
function nameSafe(name: string): string {
  return name.replace(/[^\w.:[\]-]/g, '?').slice(0, LONGEST_NAME) || 'unknown';
}

function contentField(finding: ContentFinding): string {
  const words = contentWords(finding);
  if (words === null) return '';
  const safe = words.replace(/[^\x20-\x7e]/g, '?').slice(0, MAX_CONTENT_WORDS);
  return `${CONTENT_HEADER}: ${safe}\r\n`;
}

/** What came from outside must not start a header line of its own. */
function headerSafe(value: string): string {
  return value.replace(/[^\x20-\x7e\u0080-\u{10ffff}]/gu, '').slice(0, LONGEST_NAME) || 'unknown';
}

/** The last one made: thousands of messages come in the same second. */
let lastDate = { second: Number.NaN, text: '' };

/** RFC 5322 §3.3 date-time in UTC. */
export function rfc5322Date(at: number): string {
  const second = Math.floor(at / 1000);
  if (second !== lastDate.second) {
    lastDate = { second, text: new Date(at).toUTCString().replace('GMT', '+0000') };
  }
  return lastDate.text;
}
