import type { MessageSummary, SearchableMessage } from '@holdfast/application';
import type { FormatLimits } from './format-limits.ts';
import { decodeWords, type HeaderBlock, readHeaderBlock, summaryHeaders } from './header-block.ts';
import { leafText } from './leaf-text.ts';
import { type MimeLeaf, readMimeLeaves } from './mime-parts.ts';
import { previewOf, searchedText } from './preview.ts';
import { readHeaders } from './read-headers.ts';

/** Encoded bytes of a text that hold more than a preview shows, whatever the charset. */
const PLAIN_BYTES = 48 * 1024;
/** Encoded bytes of each text that are searched. */
const SEARCHED_BYTES = 256 * 1024;
/** Bytes; HTML of more than this is left to the full parser, whose cut would be another. */
const HTML_BYTES = 256 * 1024;

interface OrdinaryMessage {
  readonly header: HeaderBlock;
  readonly leaves: readonly MimeLeaf[];
  readonly text: string;
  readonly html: string | null;
}

/**
 * The summary of an ordinary message at a tenth of the full parser's price, and equal to what that one says
 * (`summaries.test.ts` compares them). Null for anything out of the ordinary.
 */
export function ordinarySummary(message: Uint8Array, limits: FormatLimits): MessageSummary | null {
  const ordinary = readOrdinary(message, limits, PLAIN_BYTES);
  return ordinary === null ? null : summaryOf(ordinary, limits);
}

/** The same of what can be searched. */
export function ordinarySearchable(
  message: Uint8Array,
  limits: FormatLimits,
): SearchableMessage | null {
  const ordinary = readOrdinary(message, limits, SEARCHED_BYTES);
  if (ordinary === null) return null;
  const { text, html, leaves } = ordinary;
  return {
    summary: summaryOf(ordinary, limits),
    text: searchedText(text, html),
    fileNames: leaves.flatMap(({ fileName }) => (fileName === null ? [] : [decodeWords(fileName)])),
  };
}

function readOrdinary(
  message: Uint8Array,
  limits: FormatLimits,
  plainBytes: number,
): OrdinaryMessage | null {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  if (bytes.length > limits.messageBytes) return null;
  const header = readHeaderBlock(bytes, 0, bytes.length);
  if (header === null) return null;
  const leaves = readMimeLeaves(bytes, header);
  if (leaves === null) return null;
  const shown = shownText(bytes, leaves, plainBytes);
  return shown === null ? null : { header, leaves, ...shown };
}

function summaryOf(ordinary: OrdinaryMessage, limits: FormatLimits): MessageSummary {
  const { header, leaves, text, html } = ordinary;
  return {
    ...readHeaders(summaryHeaders(header), dateOf(header), limits.parties),
    preview: previewOf(text, html),
    attachments: leaves.filter((leaf) => !leaf.isText && !leaf.inline).length,
  };
}

function dateOf(header: HeaderBlock): string | null {
  return header.values('date')[0] ?? null;
}

/** In the order and with the joints of the full parser. */
function shownText(
  message: Buffer,
  leaves: readonly MimeLeaf[],
  plainBytes: number,
): { readonly text: string; readonly html: string | null } | null {
  const texts: string[] = [];
  const htmls: string[] = [];
  for (const leaf of leaves) {
    if (!leaf.isText) continue;
    if (leaf.contentType === 'text/plain') {
      const text = leafText(message, leaf, plainBytes);
      if (text === null) return null;
      if (text !== '') texts.push(text);
    } else {
      if (leaf.end - leaf.start > HTML_BYTES) return null;
      const html = leafText(message, leaf, HTML_BYTES);
      if (html === null) return null;
      if (html !== '') htmls.push(html);
    }
  }
  return { text: texts.join('\n'), html: htmls.length === 0 ? null : htmls.join('<br/>\n') };
}
