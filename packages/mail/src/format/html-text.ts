import { decodeHTML } from 'entities';

/** Characters of HTML that are looked through for text. */
const MAX_HTML = 512 * 1024;
/** Their content is no text. */
const WITHOUT_TEXT: ReadonlySet<string> = new Set([
  'head',
  'noframes',
  'object',
  'script',
  'select',
  'style',
  'svg',
  'template',
  'title',
]);
/** They end no word. */
const WITHIN_WORDS: ReadonlySet<string> = new Set(
  'a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup tt u var wbr'.split(
    ' ',
  ),
);
const TAG_NAME = /\/?([a-z][a-z0-9:-]*)/iy;
const TAG_REST = /(?:[^>"']|"[^"]*"|'[^']*')*>/y;

/**
 * The words of HTML as a reader sees them, without links and layout, at most about `maxLength` characters: for previews
 * and for the search index. One pass, whatever the nesting; it is never shown as HTML.
 */
export function htmlText(source: string, maxLength: number): string {
  const html = source.slice(0, MAX_HTML);
  const found: string[] = [];
  let length = 0;
  let at = 0;
  while (at < html.length && length < maxLength) {
    const tag = html.indexOf('<', at);
    const text = html.slice(at, tag === -1 ? html.length : tag);
    found.push(text);
    length += text.length;
    if (tag === -1) break;
    const { next, replaced } = passTag(html, tag);
    found.push(replaced);
    at = next;
  }
  return decodeHTML(found.join(''));
}

interface PassedTag {
  /** Where the text goes on. */
  readonly next: number;
  /** What stands for the tag. */
  readonly replaced: string;
}

function passTag(html: string, at: number): PassedTag {
  if (html.startsWith('<!--', at)) return { next: after(html, '-->', at + 4), replaced: '' };
  if (html.startsWith('<!', at) || html.startsWith('<?', at)) {
    return { next: after(html, '>', at), replaced: '' };
  }
  TAG_NAME.lastIndex = at + 1;
  const name = TAG_NAME.exec(html)?.[1]?.toLowerCase();
  if (name === undefined) return { next: at + 1, replaced: '<' };
  const end = tagEnd(html, TAG_NAME.lastIndex);
  if (WITHOUT_TEXT.has(name) && html[at + 1] !== '/') {
    return { next: closingTag(html, name, end), replaced: ' ' };
  }
  return { next: end, replaced: WITHIN_WORDS.has(name) ? '' : ' ' };
}

/** A quote that is never closed does not take the rest of the message with it. */
function tagEnd(html: string, from: number): number {
  const nearest = html.indexOf('>', from);
  if (nearest === -1) return html.length;
  TAG_REST.lastIndex = from;
  return TAG_REST.test(html) ? TAG_REST.lastIndex : nearest + 1;
}

function closingTag(html: string, name: string, from: number): number {
  const closing = new RegExp(`</${name}[^>]*>`, 'gi');
  closing.lastIndex = from;
  return closing.test(html) ? closing.lastIndex : html.length;
}

function after(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from);
  return found === -1 ? html.length : found + mark.length;
}
