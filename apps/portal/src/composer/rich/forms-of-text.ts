import { isFormatted, quotedText, richTextOf, textOfRichText } from '@holdfast/contracts/rich-text';
import type { MessageView } from '@holdfast/contracts';
import type { Draft } from '../../drafts/draft.ts';

/** The two forms of a text. `text` is always all of it, with what is quoted below. */
export type FormsOfText = Pick<Draft, 'text' | 'html' | 'about'>;

type Original = Pick<MessageView, 'text' | 'html'>;

/** What is quoted below the formatted text and not part of it, as plain text. */
export function quotedBelow({ text, html, about }: FormsOfText): string {
  if (about?.quote !== true || typeof html !== 'string') return '';
  const own = textOfRichText(html);
  return text.startsWith(own) ? text.slice(own.length) : '';
}

/** After something was written with formatting. */
export function withHtml(before: FormsOfText, html: string): Pick<Draft, 'text' | 'html'> {
  return { html, text: `${textOfRichText(html)}${quotedBelow(before)}` };
}

/**
 * With formatting from now on. A quotation of HTML that nobody has touched is taken out: the server puts the message below as
 * it looks.
 */
export function withFormatting<T extends FormsOfText>(content: T, original: Original | null): T {
  const { text, about } = content;
  const below = about === null ? '' : untouchedQuotation(text, about.mode, original);
  const html = richTextOf(text.slice(0, text.length - below.length));
  return {
    ...content,
    html,
    text: `${textOfRichText(html)}${below}`,
    about: about === null || below === '' ? about : { ...about, quote: true },
  };
}

function untouchedQuotation(
  text: string,
  mode: 'reply' | 'forward',
  original: Original | null,
): string {
  if (original === null || original.html === null) return '';
  const below = mode === 'reply' ? `\n${quotedText(original.text)}\n` : `\n${original.text}`;
  return text.endsWith(below) ? below : '';
}

export function withoutFormatting<T extends FormsOfText>(content: T): T {
  const { about } = content;
  return {
    ...content,
    html: null,
    about: about === null ? null : { ...about, quote: false },
  };
}

/** Something is lost with it that plain text cannot show. */
export function losesFormatting({ html, about }: FormsOfText): boolean {
  return typeof html === 'string' && (about?.quote === true || isFormatted(html));
}

/** What is quoted below is left out. */
export function withoutQuotation<T extends FormsOfText>(content: T): T {
  const { text, html, about } = content;
  if (about === null || typeof html !== 'string') return content;
  const below = quotedBelow(content);
  return {
    ...content,
    text: text.slice(0, text.length - below.length),
    about: { ...about, quote: false },
  };
}
