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

/** As the library sees it: an end without its beginning ends nothing, one with it ends all that was begun since. */
function isTooDeep(html: string): boolean {
  const open: string[] = [];
  for (const [, closing, written = ''] of html.matchAll(TAG)) {
    const name = written.toLowerCase();
    if (VOID.test(name)) continue;
    if (closing !== '/') open.push(name);
    else open.length = open.includes(name) ? open.lastIndexOf(name) : open.length;
    if (open.length > DEEPEST) return true;
  }
  return false;
}
