import { quotedText, richTextOf, textOfRichText } from '@holdfast/contracts';
import type { Ports } from '../../ports.ts';
import type { AttachmentPart, ComposeInput } from '../../ports/message-parser.ts';
import type { MessageRecord } from '../../records/mail.ts';
import { Refusal } from '../../refusal.ts';
import { bytesOf } from '../read-message.ts';
import type { SendMessageInput } from './prepare-sending.ts';

/** Pictures that a quotation takes along: what a signature and a few screenshots need, and no album with every answer. */
const MAX_QUOTED_PICTURES = 20;
/** Unit: bytes, of all of them. */
const QUOTED_PICTURES_BYTES = 5 * 1024 * 1024;

export interface ComposedBody {
  readonly text: string;
  /** Null: plain text only. */
  readonly html: string | null;
  /** That the HTML shows. */
  readonly pictures: ComposeInput['attachments'];
}

/**
 * The text of a message, in both of its forms. The plain one is made from what is left of the HTML, whatever the client sent
 * beside it: two parts that say different things show one to a filter and the other to a reader.
 */
export async function composeBody(
  ports: Ports,
  input: Pick<SendMessageInput, 'key' | 'text' | 'html' | 'about'>,
  about: MessageRecord | null,
): Promise<ComposedBody> {
  if (input.html === null || input.html === undefined)
    return { text: input.text, html: null, pictures: [] };
  const own = ports.format.richText(input.html);
  const text = textOfRichText(own);
  if (input.about?.quote !== true) return { text, html: document(own), pictures: [] };
  const original = about === null ? null : await originalOf(ports, about);
  if (original === null) {
    // Gone since: what the writer saw of it goes along.
    const seen = input.text.startsWith(text) ? input.text.slice(text.length) : '';
    return {
      text: `${text}${seen}`,
      html: document(`${own}${richTextOf(seen.replace(/^\n/, ''))}`),
      pictures: [],
    };
  }
  const { mode } = input.about;
  const { message, bytes } = original;
  const contentIdOf = (index: number): string => `quoted-${index}.${input.key}@holdfast`;
  const quotation = ports.format.quotation(message, { as: mode, mayTake: roomFor(), contentIdOf });
  const pictures = await readParts(ports, bytes, message.parts, quotation.pictures);
  const below = mode === 'reply' ? quotedText(message.text) : message.text.trimEnd();
  return {
    text: `${text}\n${below}\n`,
    html: document(`${own}${quotation.html}`),
    pictures: pictures.map(({ index, ...part }) => ({ ...part, contentId: contentIdOf(index) })),
  };
}

/** Null: its bytes are gone or too many. An answer to it is no less wanted. */
async function originalOf(ports: Ports, about: MessageRecord) {
  try {
    const bytes = await bytesOf(ports, about);
    return { bytes, message: await ports.format.read(bytes) };
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

function roomFor(): (part: AttachmentPart) => boolean {
  let count = 0;
  let bytes = 0;
  return ({ size }) => {
    if (count + 1 > MAX_QUOTED_PICTURES || bytes + size > QUOTED_PICTURES_BYTES) return false;
    count += 1;
    bytes += size;
    return true;
  };
}

async function readParts(
  ports: Ports,
  bytes: Uint8Array,
  parts: readonly AttachmentPart[],
  wanted: readonly number[],
) {
  const found = [];
  for (const { index, fileName, contentType } of parts) {
    if (!wanted.includes(index)) continue;
    const attachment = await ports.format.attachment(bytes, index);
    if (attachment !== null)
      found.push({ index, fileName, contentType, content: attachment.content });
  }
  return found;
}

function document(body: string): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>${body}</body></html>`;
}
