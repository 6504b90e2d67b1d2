import type { BounceInput, MailParty } from '@holdfast/application';
import MimeNode from 'nodemailer/lib/mime-node';
import { withFinalLineEnd } from './compose-message.ts';
import { plainLine } from './plain-line.ts';
import { truncate } from './shown-text.ts';

/** Bytes of the original's header that a bounce gives back. */
const RETURNED_HEADER_BYTES = 64 * 1024;
/** Characters of a reply. */
const REPLY_SHOWN = 900;

type Recipient = BounceInput['recipients'][number];

/** RFC 3464. Returns the original's header, not its content: enough to recognise, nothing to reflect. */
export async function composeBounce(input: BounceInput): Promise<Uint8Array> {
  const root = new MimeNode('multipart/report; report-type=delivery-status', {
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  root.setHeader({
    from: partyOf(input.from),
    to: input.to,
    subject: 'Undelivered mail: your message was not delivered',
    date: mailDate(input.date),
    'message-id': input.messageId,
    ...(input.inReplyTo === null
      ? {}
      : { 'in-reply-to': plainLine(input.inReplyTo), references: plainLine(input.inReplyTo) }),
    'auto-submitted': 'auto-replied',
    'mime-version': '1.0',
  });
  root.createChild('text/plain; charset=utf-8').setContent(explanation(input));
  root.createChild('message/delivery-status').setContent(deliveryStatus(input));
  root.createChild('text/rfc822-headers').setContent(headerOf(input.original));
  return withFinalLineEnd(await root.build());
}

function explanation(input: BounceInput): string {
  const [first] = input.recipients;
  const several = input.recipients.length > 1;
  return [
    `This is the mail system at ${plainLine(input.reportingMta)}.`,
    '',
    several
      ? 'Your message could not be delivered to these recipients:'
      : 'Your message could not be delivered to',
    '',
    ...input.recipients.flatMap((recipient) => [
      `    ${plainLine(recipient.address)}`,
      `        ${whoSaid(recipient)}`,
      `        ${shownReply(recipient)}`,
      '',
    ]),
    several || (first !== undefined && isExpired(first))
      ? 'No further attempt will be made. Please reach the recipient another way, or send the message again later.'
      : 'No further attempt will be made. Please check the address, or reach the recipient another way.',
    '',
  ].join('\r\n');
}

function whoSaid({ host, reply }: Recipient): string {
  if (isExpired({ reply })) return 'It was tried for days. The last attempt met this:';
  return host === null ? 'The mail system found:' : `The mail server ${plainLine(host)} answered:`;
}

/** RFC 3464 §2: one block for the message, one for each recipient. Original-Recipient is for ORCPT, which is not carried. */
function deliveryStatus(input: BounceInput): string {
  return [
    `Reporting-MTA: dns; ${plainLine(input.reportingMta)}`,
    `Arrival-Date: ${mailDate(input.arrivedAt)}`,
    '',
    ...input.recipients.flatMap((recipient) => [
      `Final-Recipient: ${typedAddress(plainLine(recipient.address))}`,
      'Action: failed',
      `Status: ${statusOf(recipient)}`,
      ...(recipient.host === null ? [] : [`Remote-MTA: dns; ${plainLine(recipient.host)}`]),
      `Diagnostic-Code: smtp; ${shownReply(recipient)}`,
      `Last-Attempt-Date: ${mailDate(recipient.at)}`,
      '',
    ]),
  ].join('\r\n');
}

/** RFC 6533 §3: an address outside ASCII in a report that stays ASCII. */
function typedAddress(address: string): string {
  if (/^[\x20-\x7e]*$/.test(address)) return `rfc822; ${address}`;
  const escaped = Array.from(address, (character) =>
    /[\x21-\x7e]/.test(character) && !/[\\+=]/.test(character)
      ? character
      : `\\x{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  );
  return `utf-8; ${escaped.join('')}`;
}

/** Given up although nobody refused for good (RFC 3463 X.4.7). */
function isExpired({ reply }: Pick<Recipient, 'reply'>): boolean {
  return !/^5\d\d\b/.test(reply);
}

function statusOf(recipient: Recipient): string {
  if (isExpired(recipient)) return '4.4.7';
  return /\b5\.\d{1,3}\.\d{1,3}\b/.exec(recipient.reply)?.[0] ?? '5.0.0';
}

function shownReply({ reply }: Recipient): string {
  return truncate(plainLine(reply), REPLY_SHOWN);
}

function headerOf(original: Uint8Array): string {
  const bytes = Buffer.from(original.buffer, original.byteOffset, original.byteLength);
  const end = bytes.indexOf('\r\n\r\n');
  const length = Math.min(end === -1 ? bytes.length : end + 2, RETURNED_HEADER_BYTES);
  return bytes.subarray(0, length).toString('utf8');
}

function mailDate(at: number): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}

function partyOf({ name, address }: MailParty): string {
  return name === ''
    ? address
    : `"${plainLine(name).replace(/["\\]/g, '')}" <${plainLine(address)}>`;
}
