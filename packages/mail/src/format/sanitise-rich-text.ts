import { isRichLink, RICH_TEXT_TAGS } from '@holdfast/contracts';
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

/** What a person wrote, before it is sent in their name: no attribute but the address of a link, no style, no picture. */
export function sanitiseRichText(html: string): string {
  return sanitizeHtml(html, OPTIONS);
}
