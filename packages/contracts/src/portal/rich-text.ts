/** Longest text of a message with its formatting, without what it quotes. Unit: characters. */
export const MAX_RICH_TEXT = 400_000;

/**
 * What people format with. No schema is built in this file, so that the portal can load it by itself
 * (`@holdfast/contracts/rich-text`).
 */
export const RICH_TEXT_TAGS: readonly string[] = [
  'a',
  'b',
  'blockquote',
  'br',
  'div',
  'em',
  'i',
  'li',
  'ol',
  'p',
  'strong',
  'ul',
];

const RICH_LINK = /^(?:https?:\/\/|mailto:)[^\s"<>]+$/i;

/** Links lead to pages and addresses, nowhere else. */
export function isRichLink(href: string): boolean {
  return RICH_LINK.test(href);
}

/** RFC 3676 4.5: each level one `>`, a space only before text, so that `>>` stays a second level. */
export function quotedText(text: string): string {
  // No expression: one for the spaces at an end tries each run of them, and a hostile text has a million in a row.
  return text.trimEnd().split(/\r?\n/).map(quotedLine).join('\n');
}

function quotedLine(line: string): string {
  return line === '' || line.startsWith('>') ? `>${line}` : `> ${line}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  gt: '>',
  lt: '<',
  nbsp: '\u00a0',
  quot: '"',
};

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name)] ?? whole;
    const code = decimal === undefined ? parseInt(String(hex), 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

export function escapedHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

interface ListItem {
  readonly mark: string;
  isMarked: boolean;
}

/** Within one another as far as they are marked: each line has a mark for every one around it. */
const DEEPEST_QUOTE = 50;
const DEEPEST_LIST = 5;

/** Lines as they come about, with the marks of the quotations and lists around them. */
class Lines {
  readonly done: string[] = [];
  /** Null: nothing stands on it yet. */
  open: string | null = null;
  quotes = 0;
  isParagraphOver = false;
  readonly items: ListItem[] = [];
  /** The next number of each list around; null: bullets. */
  readonly lists: (number | null)[] = [];

  add(text: string): void {
    const words = this.open === null ? text.replace(/^ +/, '') : text;
    if (words !== '') this.open = (this.open ?? '') + words;
  }

  end(): void {
    if (this.open !== null) this.put(this.open);
  }

  put(text: string): void {
    this.open = null;
    if (this.isParagraphOver) this.mark('');
    this.isParagraphOver = false;
    const marks = this.items.slice(-DEEPEST_LIST).map((item) => {
      const shown = item.isMarked ? ' '.repeat(item.mark.length) : item.mark;
      item.isMarked = true;
      return shown;
    });
    this.mark(`${marks.join('')}${text}`.trimEnd());
  }

  private mark(line: string): void {
    this.done.push(
      this.quotes === 0
        ? line
        : '>'.repeat(Math.min(this.quotes, DEEPEST_QUOTE) - 1) + quotedLine(line),
    );
  }

  beginItem(): void {
    const next = this.lists.at(-1) ?? null;
    if (next !== null) this.lists[this.lists.length - 1] = next + 1;
    this.items.push({ mark: next === null ? '- ' : `${next}. `, isMarked: false });
  }

  endItem(): void {
    if (this.items.at(-1)?.isMarked === false) this.put('');
    this.items.pop();
  }
}

const PIECE = /<(\/?)([a-z][a-z0-9]*)([^<>]*)>|([^<]+|<)/gi;
const HREF = /\shref="([^"]*)"/i;

/**
 * Light rich text as plain text: what stands in the other part of the message, and in lists. Quotations get `>`, list
 * items a mark, links their address. One pass over what a sanitiser or an editor wrote.
 */
export function textOfRichText(html: string): string {
  const lines = new Lines();
  let link: { readonly href: string; text: string } | null = null;
  for (const [, closing, tag, rest, text] of html.matchAll(PIECE)) {
    if (text !== undefined) {
      const words = decoded(text.replace(/[\t\n\r ]+/g, ' '));
      lines.add(words);
      if (link !== null) link.text += words;
      continue;
    }
    const name = (tag ?? '').toLowerCase();
    const isEnd = closing === '/';
    if (name === 'a') {
      if (link !== null) lines.add(addressBeside(link));
      const href = isEnd ? undefined : HREF.exec(rest ?? '')?.[1];
      link = href === undefined ? null : { href: decoded(href), text: '' };
    } else pass(lines, name, isEnd);
  }
  lines.end();
  return lines.done.join('\n').replaceAll('\u00a0', ' ');
}

function addressBeside({ href, text }: { readonly href: string; readonly text: string }): string {
  const plain = (address: string): string =>
    address
      .trim()
      .replace(/^mailto:/i, '')
      .replace(/\/$/, '');
  return plain(href) === plain(text) ? '' : ` <${href}>`;
}

function pass(lines: Lines, name: string, isEnd: boolean): void {
  switch (name) {
    case 'br':
      lines.put(lines.open ?? '');
      return;
    case 'blockquote':
      lines.end();
      lines.quotes += isEnd ? -1 : 1;
      if (lines.quotes < 0) lines.quotes = 0;
      return;
    case 'ul':
    case 'ol':
      lines.end();
      if (isEnd) lines.lists.pop();
      else lines.lists.push(name === 'ol' ? 1 : null);
      return;
    case 'li':
      lines.end();
      if (isEnd) lines.endItem();
      else lines.beginItem();
      return;
    case 'p':
      lines.end();
      if (isEnd) lines.isParagraphOver = true;
      return;
    case 'div':
      lines.end();
  }
}

/** Plain text as light rich text: a line each, quotations in their levels. */
export function richTextOf(text: string): string {
  let html = '';
  let level = 0;
  for (const line of text.split(/\r?\n/)) {
    const marks = /^(?:> ?)*/.exec(line)?.[0] ?? '';
    const wanted = Math.min(marks.replaceAll(' ', '').length, DEEPEST_QUOTE);
    html += '<blockquote>'.repeat(Math.max(0, wanted - level));
    html += '</blockquote>'.repeat(Math.max(0, level - wanted));
    level = wanted;
    html += richLine(line.slice(marks.length));
  }
  return html + '</blockquote>'.repeat(level);
}

/** Spaces that HTML would fold stay. */
export function richLine(line: string): string {
  const words = escapedHtml(line).replace(/^ | {2}/g, (spaces) => `${spaces.slice(1)}&nbsp;`);
  return `<div>${words === '' ? '<br>' : words}</div>`;
}

/** Something would be lost without formatting. */
export function isFormatted(html: string): boolean {
  return /<(?:a|b|blockquote|em|i|li|strong)[\s>]/i.test(html);
}
