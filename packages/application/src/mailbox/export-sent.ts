import { Refusal } from '../refusal.ts';
import type { Ports } from '../ports.ts';
import { eventBegan } from '../events/covered-users.ts';
import type { MessageRecord } from '../records/mail.ts';
import { hiddenRecipients } from './hidden-recipients.ts';
import { bytesOf } from './read-message.ts';
import { withMailbox, type UserActor } from './user-access.ts';

/**
 * Everything that the user wrote in the emergency mailbox during the event, in one mbox file (RFC 4155, "mboxrd": a line
 * that begins like a separator is quoted): whole, with the Bcc that its writer alone may see. Refuses: `mailbox.not-found`
 * where there is nothing.
 */
export async function exportSent(
  ports: Ports,
  actor: UserActor,
): Promise<AsyncIterable<Uint8Array>> {
  const messages = await withMailbox(ports, actor, 'read', async ({ mailbox, events }) => {
    const event = await events.current();
    const written = event === null ? [] : await mailbox.writtenBy(actor.userId, eventBegan(event));
    const found = [];
    for (const message of written)
      found.push({ message, recipients: await mailbox.recipientsOf(message) });
    return found;
  });
  if (messages.length === 0)
    throw new Refusal('mailbox.not-found', 'You have sent nothing from here during this event.');
  return (async function* () {
    for (const { message, recipients } of messages) {
      const bytes = await bytesOf(ports, message);
      const when = new Date(message.acceptedAt).toUTCString();
      yield toBytes(`From ${message.envelopeFrom || 'MAILER-DAEMON'} ${when}\n`);
      yield hiddenField(message, recipients);
      yield quoted(bytes);
      yield toBytes('\n');
    }
  })();
}

function hiddenField({ summary }: MessageRecord, recipients: readonly string[]): Uint8Array {
  const hidden = hiddenRecipients([...summary.to, ...summary.cc], recipients);
  if (hidden.length === 0) return new Uint8Array();
  const addresses = hidden.map(({ address }) => address);
  return toBytes(inUtf8(`Bcc: ${addresses.join(',\n ')}\n`));
}

/** An address may have any letters (RFC 6532); each byte as a character. */
function inUtf8(text: string): string {
  return encodeURIComponent(text).replaceAll(/%([0-9A-F]{2})/g, (_whole, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function toBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

const LF = 0x0a;
const CR = 0x0d;
const GREATER = 0x3e;
const FROM = toBytes('From ');

/** Lines end with LF alone, and `From ` at the beginning of one, quoted already or not, is quoted once more. */
function quoted(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  let atStart = true;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (atStart && isSeparator(bytes, index)) out.push(GREATER);
    atStart = byte === LF;
    if (byte === CR && bytes[index + 1] === LF) continue;
    out.push(byte);
  }
  if (out.at(-1) !== LF) out.push(LF);
  return Uint8Array.from(out);
}

function isSeparator(bytes: Uint8Array, start: number): boolean {
  let index = start;
  while (bytes[index] === GREATER) index += 1;
  return FROM.every((byte, offset) => bytes[index + offset] === byte);
}
