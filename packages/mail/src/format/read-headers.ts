import type { MailParty, MessageSummary } from '@holdfast/application';
import type { AddressObject, EmailAddress, HeaderLines } from 'mailparser';
import { oneLine } from './shown-text.ts';

const MAX_SUBJECT = 998;
const MAX_NAME = 300;
const MAX_ADDRESS = 320;
const MAX_MESSAGE_ID = 998;
const MAX_REFERENCES = 100;

/** Decoded fields by lower-case name, in the shapes that mailparser gives them. */
export type DecodedHeaders = ReadonlyMap<string, unknown>;

export function readHeaders(
  headers: DecodedHeaders,
  date: string | null,
  maxParties: number,
): Omit<MessageSummary, 'preview' | 'attachments'> {
  return {
    messageId: messageIdsOf(headers.get('message-id'))[0] ?? null,
    inReplyTo: messageIdsOf(headers.get('in-reply-to'))[0] ?? null,
    references: messageIdsOf(headers.get('references')).slice(-MAX_REFERENCES),
    subject: oneLine(textOf(headers.get('subject')), MAX_SUBJECT),
    from: partiesOf(headers, 'from', 1)[0] ?? null,
    to: partiesOf(headers, 'to', maxParties),
    cc: partiesOf(headers, 'cc', maxParties),
    sentAt: date === null ? null : timeOf(date),
  };
}

export function partiesOf(
  headers: DecodedHeaders,
  field: string,
  max: number,
): readonly MailParty[] {
  const value: unknown = headers.get(field);
  const objects: readonly unknown[] = Array.isArray(value) ? value : [value];
  return objects
    .filter(isAddressObject)
    .flatMap((object) => object.value)
    .flatMap(flatten)
    .slice(0, max)
    .map(({ name, address }) => ({
      name: oneLine(name, MAX_NAME),
      address: oneLine(address ?? '', MAX_ADDRESS),
    }));
}

/** Members of a group in place of the group (RFC 5322 §3.4). */
function flatten(entry: EmailAddress): readonly EmailAddress[] {
  return entry.group === undefined ? [entry] : entry.group.filter((member) => !member.group);
}

function isAddressObject(value: unknown): value is AddressObject {
  return (
    typeof value === 'object' && value !== null && 'value' in value && Array.isArray(value.value)
  );
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) && typeof value[0] === 'string' ? value[0] : '';
}

/** With angle brackets, in the order given. */
function messageIdsOf(value: unknown): readonly string[] {
  const texts = Array.isArray(value) ? value.map((entry) => textOf(entry)) : [textOf(value)];
  return texts
    .flatMap((text) => text.match(/<[^<>\s]+>/g) ?? [])
    .filter((id) => id.length <= MAX_MESSAGE_ID);
}

/** From the raw field: the parser puts the present time where it cannot read the date. */
export function rawDate(lines: HeaderLines): string | null {
  const line = lines.find(({ key }) => key === 'date')?.line;
  if (line === undefined) return null;
  // The parser gives lines byte by byte; a field is UTF-8 (RFC 6532).
  return Buffer.from(line.slice(line.indexOf(':') + 1), 'latin1').toString('utf8');
}

function timeOf(date: string): number | null {
  const time = Date.parse(oneLine(date.replace(/\([^()]*\)/g, ' '), 200));
  return Number.isNaN(time) ? null : time;
}
