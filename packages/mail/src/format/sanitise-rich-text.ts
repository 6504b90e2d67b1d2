import { isRichLink, RICH_TEXT_TAGS, richTextOf, textOfRichText } from '@holdfast/contracts';
import sanitizeHtml, { type Attributes, type IOptions } from 'sanitize-html';
import { IGNORED_IN_LINKS, NESTING_LIMIT, WITHOUT_TEXT } from './sanitise-html.ts';

const OPTIONS: IOptions = {
  allowedTags: [...RICH_TEXT_TAGS],
  nonTextTags: WITHOUT_TEXT,
  disallowedTagsMode: 'discard',
  allowedAttributes: { a: ['href'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  nestingLimit: NESTING_LIMIT,
  transformTags: {
    a: (tagName, { href = '' }) => {
      const link = href.replace(IGNORED_IN_LINKS, '');
      // One that leads nowhere is no link, whatever it is called.
      const attribs: Attributes = isRichLink(link) ? { href: link } : {};
      return { tagName, attribs };
    },
  },
};

/** No editor nests deeper; the library takes time by the square of it. */
const DEEPEST = 200;
const TAG = /<(\/?)([a-z][^\s/>]*)/gi;
const VOID = /^(?:br|col|hr|img|input|link|meta|wbr)$/i;

/**
 * What a person wrote, before it is sent in their name: no attribute but the address of a link, no style, no picture. What
 * no editor wrote, so deep is it nested, is its words.
 */
export function sanitiseRichText(html: string): string {
  return sanitizeHtml(isTooDeep(html) ? richTextOf(textOfRichText(html)) : html, OPTIONS);
}

function isTooDeep(html: string): boolean {
  let depth = 0;
  for (const [, closing, name = ''] of html.matchAll(TAG)) {
    if (VOID.test(name)) continue;
    depth = closing === '/' ? Math.max(0, depth - 1) : depth + 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}
