import type { AttachmentPart, MessageFormat, WrittenText } from '@holdfast/application';
import { escapedHtml, richTextOf } from '@holdfast/contracts';
import { decodeHTML } from 'entities';
import { sanitiseRichText } from './sanitise-rich-text.ts';

/** As Gmail and Outlook show a quotation; `type="cite"` is what mail programs fold. */
const BEGIN = {
  reply:
    '<blockquote type="cite" id="quoted" style="margin: 0 0 0 8px; border-left: 2px solid #b8bcc4; padding-left: 12px">',
  forward: '<div id="quoted">',
} as const;
/** No text of a writer has attributes of this kind: what the server put below begins there. */
const BEGINS = /<(?:blockquote type="cite"|div) id="quoted"/;
const END = { reply: '</blockquote>', forward: '</div>' } as const;

/** As `sanitiseHtml` writes them: every `<`, `>` and quotation mark within is escaped. */
const PICTURE = /<img((?:\s[\w-]+(?:="[^"]*")?)*)\s*\/?>/g;
const ATTRIBUTE = /([\w-]+)(?:="([^"]*)")?/g;
/** Ours, for our page to give it all of the width. */
const BODY_MARK = '<div data-body ';
/** And to fold it. */
const QUOTE_MARK = /<(div|blockquote)((?:\s[\w-]+(?:="[^"]*")?)*?) data-quote="(?:block|rest)"/g;
/** Where it is to be loaded from is decided anew. */
const SOURCES: ReadonlySet<string> = new Set(['src', 'data-cid', 'data-blocked-src']);

/**
 * The sanitised HTML of a message for another message: it loads nothing. Remote pictures tell their sender who opened them,
 * and those who get the answer never asked for that; what they show is said in words where the sender gave any.
 */
export const quotation: MessageFormat['quotation'] = (message, { as, mayTake, contentIdOf }) => {
  const pictures = new Set<number>();
  const parts = new Map(
    message.parts.flatMap((part) =>
      part.contentId !== null && part.inline ? [[bare(part.contentId), part] as const] : [],
    ),
  );
  const html =
    message.html === null
      ? richTextOf(message.text.trimEnd())
      : withoutLoading(message.html, (cid) => {
          const part = parts.get(cid);
          if (part === undefined || !isPicture(part)) return null;
          if (!pictures.has(part.index) && !mayTake(part)) return null;
          pictures.add(part.index);
          return contentIdOf(part.index);
        });
  return { html: `${BEGIN[as]}${html}${END[as]}`, pictures: [...pictures] };
};

/** As mail programs know it: the pictures of the message by their names again, and no others. */
export function forMailPrograms(html: string): string {
  return withoutLoading(html, (cid) => (cid === '' ? null : cid));
}

/** `contentIdOf` gets the name that the original gives a picture of its own. */
function withoutLoading(html: string, contentIdOf: (cid: string) => string | null): string {
  const marked = html
    .replaceAll(BODY_MARK, '<div ')
    .replace(QUOTE_MARK, (_whole, tag: string, rest: string) =>
      tag === 'blockquote' ? `<blockquote type="cite"${rest}` : `<div${rest}`,
    );
  return marked.replace(PICTURE, (_whole, list: string) => {
    const attributes = new Map(
      [...list.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, value]),
    );
    const contentId = contentIdOf(decodeHTML(attributes.get('data-cid') ?? ''));
    const source = contentId === null ? attributes.get('src') : `cid:${escapedHtml(contentId)}`;
    const words = (attributes.get('alt') ?? '').trim();
    if (source === undefined) return words === '' ? '' : `[${words}]`;
    const kept = [...attributes].filter(([name]) => !SOURCES.has(name));
    return `<img${kept.map(([name, value]) => ` ${name}="${value}"`).join('')} src="${source}">`;
  });
}

function isPicture({ contentType }: AttachmentPart): boolean {
  return /^image\/(?:png|jpe?g|gif|webp)$/.test(contentType);
}

function bare(contentId: string): string {
  return contentId.replace(/^<|>$/g, '');
}

/** Of HTML that was composed here: what stands above the quotation, as it was written. */
export function writtenIn(html: string): WrittenText {
  const at = html.search(BEGINS);
  const own = at === -1 ? html : html.slice(0, at);
  return { html: sanitiseRichText(own), isQuoting: at !== -1 };
}
