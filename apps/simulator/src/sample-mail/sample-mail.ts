import MailComposer from 'nodemailer/lib/mail-composer';
import { type Conversation, CONVERSATIONS } from './conversations.ts';
import { Random } from './random.ts';
import { type Draft, paragraphs } from './template.ts';
import { TEMPLATES } from './templates.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Share of new threads among all messages; the rest stands alone. */
const CONVERSATION_SHARE = 0.55;
/** A reply comes within this time. */
const REPLY_WITHIN_MINUTES = 600;

export interface SampleMessage {
  readonly from: string;
  readonly to: readonly string[];
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly raw: Buffer;
}

export interface SampleMailOptions {
  /** Whole days before now that the mail is spread over. */
  readonly days: number;
  readonly recipients: readonly string[];
  /** Messages that start something new, per recipient and day; replies come on top. */
  readonly perDay: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Realistic mail for each recipient, oldest first: threads, invoices, newsletters, invitations and photos in several
 * languages and scripts. The same day and recipient always give the same messages, with the same Message-IDs.
 */
export async function sampleMail(options: SampleMailOptions): Promise<SampleMessage[]> {
  const today = Math.floor(options.now / DAY_MS);
  const messages: SampleMessage[] = [];
  for (const recipient of options.recipients) {
    for (let day = today - options.days; day < today; day += 1) {
      for (let index = 0; index < options.perDay; index += 1) {
        const random = new Random(`${recipient}/${day}/${index}`);
        // The window ends now, not at midnight: every message is in the past, the newest a few hours old.
        const at = options.now - (today - day) * DAY_MS + random.below(DAY_MS * 0.8);
        messages.push(...(await messagesOf(recipient, at, random)));
      }
    }
  }
  return messages
    .filter((message) => message.receivedAt <= options.now)
    .toSorted((a, b) => a.receivedAt - b.receivedAt);
}

async function messagesOf(recipient: string, at: number, random: Random): Promise<SampleMessage[]> {
  if (random.next() < CONVERSATION_SHARE) {
    return thread(random.pick(CONVERSATIONS), recipient, at, random);
  }
  const draft = random.pick(TEMPLATES)({ recipient, at, random });
  return [await compose(draft, at, random, [])];
}

async function thread(
  conversation: Conversation,
  recipient: string,
  start: number,
  random: Random,
): Promise<SampleMessage[]> {
  const messages: SampleMessage[] = [];
  const ids: string[] = [];
  let at = start;
  for (const turn of conversation.turns) {
    const outgoing = turn.by === 'recipient';
    const direction = conversation.rightToLeft === true ? ' dir="rtl"' : '';
    const draft: Draft = {
      from: outgoing ? { name: '', address: recipient } : conversation.from,
      to: [outgoing ? conversation.from.address : recipient],
      subject: ids.length === 0 ? conversation.subject : `Re: ${conversation.subject}`,
      text: turn.text,
      html: `<html><body${direction}>${paragraphs(turn.text)}</body></html>`,
    };
    messages.push(await compose(draft, at, random, ids));
    ids.push(messageId(draft, random));
    at += (10 + random.below(REPLY_WITHIN_MINUTES)) * MINUTE_MS;
  }
  return messages;
}

/** Read by `compose` for the next message of the thread; each draft draws its id once. */
const drawn = new WeakMap<Draft, string>();

function messageId(draft: Draft, random: Random): string {
  const known = drawn.get(draft);
  if (known !== undefined) return known;
  const domain = draft.from.address.split('@')[1] ?? 'sample.example';
  const id = `<${random.hex(24)}@${domain}>`;
  drawn.set(draft, id);
  return id;
}

async function compose(
  draft: Draft,
  at: number,
  random: Random,
  references: readonly string[],
): Promise<SampleMessage> {
  const parent = references.at(-1);
  const raw = await new MailComposer({
    from: draft.from,
    to: [...draft.to],
    subject: draft.subject,
    text: draft.text,
    ...(draft.html !== undefined && { html: draft.html }),
    attachments: [...(draft.attachments ?? [])],
    headers: { ...draft.headers },
    messageId: messageId(draft, random),
    date: new Date(at),
    ...(parent !== undefined && { inReplyTo: parent, references: [...references] }),
    baseBoundary: random.hex(16),
    newline: '\r\n',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
  return { from: draft.from.address, to: draft.to, receivedAt: at, raw };
}
