import type { Party } from '@holdfast/contracts';
import type { DraftContent } from '../drafts/draft.ts';
import { blank } from './blank.ts';
import { isAddress } from './recipients.ts';

/** What the server takes. Unit: characters. */
const LONGEST_SUBJECT = 998;
/** A letter may fill in a few lines, not a book. Unit: characters. */
const LONGEST_TEXT = 20_000;

/**
 * What a link to an address asks to be written (RFC 6068): recipients, copies, subject and text. Anything else that a
 * stranger may have put there, blind copies and attachments before all, is left out (RFC 6068 section 7).
 */
export function fromMailLink(href: string): DraftContent {
  const [before = '', fields = ''] = split(href.slice('mailto:'.length), '?');
  const to = addresses(before);
  const cc: Party[] = [];
  let subject = '';
  let text = '';
  for (const field of fields.split('&')) {
    const [name = '', value = ''] = split(field, '=');
    switch (decoded(name).toLowerCase()) {
      case 'to':
        to.push(...addresses(value));
        break;
      case 'cc':
        cc.push(...addresses(value));
        break;
      case 'subject':
        subject = decoded(value).replaceAll(/\s+/g, ' ').slice(0, LONGEST_SUBJECT);
        break;
      case 'body':
        text = decoded(value).replaceAll(/\r\n?/g, '\n').slice(0, LONGEST_TEXT);
        break;
    }
  }
  const draft = { ...blank(to), cc, subject };
  return text === '' ? draft : { ...draft, html: null, text };
}

/** At the first mark; what has none is all before it. */
function split(text: string, mark: string): readonly string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** Commas part addresses; one that belongs to an address is encoded. */
function addresses(text: string): Party[] {
  return text
    .split(',')
    .map((each) => decoded(each).trim())
    .filter(isAddress)
    .map((address) => ({ name: '', address }));
}

/** A plus is a plus here, unlike in the addresses of the web. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
