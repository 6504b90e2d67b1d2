/** A piece of a plain-text line: words, or something that can be clicked. */
export type TextPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

/** Bounded, so that no text of a stranger's keeps a phone busy. Ends at marks that turn the order of letters round: behind them an address would show as another. */
const LINK =
  /\bhttps?:\/\/[^\s<>"'`\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]{1,2000}|\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}\b/gi;
/** Punctuation that ends a sentence, not an address. */
const TRAILING = /[.,;:!?…]+$/;

function trimLink(found: string): string {
  let link = found.replace(TRAILING, '');
  // A closing bracket belongs to the address only if it was opened inside: `(see https://x.example/a_(b))`.
  while (/[)\]}]$/.test(link)) {
    const close = link.slice(-1);
    const open = close === ')' ? '(' : close === ']' ? '[' : '{';
    if (link.split(open).length >= link.split(close).length) break;
    link = link.slice(0, -1).replace(TRAILING, '');
  }
  return link;
}

/** Finds web and mail addresses. Only `http`, `https` and `mailto` ever become links. */
export function linkify(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const link = trimLink(match[0]);
    if (match.index > end) pieces.push({ kind: 'text', text: text.slice(end, match.index) });
    const href = /^https?:/i.test(link) ? link : `mailto:${link}`;
    pieces.push({ kind: 'link', text: link, href });
    end = match.index + link.length;
  }
  if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) });
  return pieces;
}

export interface FoldedText {
  readonly own: string;
  /** What was quoted at the end, with the line that says whose words they are; empty when nothing was. */
  readonly quoted: string;
}

const OUTLOOK_QUOTE =
  /^(?:-{3,}.*(?:original|forward|weitergeleitet|ursprüngliche).*-{3,}|_{10,})\s*$/i;

/** Characters; longer lines are no heading. */
const LONGEST_HEADING = 200;

/** Splits off the quotation that most answers carry at their end. A quotation answered in between stays where it is. */
export function foldQuoted(text: string): FoldedText {
  const lines = text.trimEnd().split(/\r?\n/);
  let start = lines.length;
  while (start > 0 && /^\s*(>.*)?$/.test(lines[start - 1] ?? '')) start -= 1;
  const hasQuote = lines.slice(start).some((line) => line.trimStart().startsWith('>'));
  if (!hasQuote) {
    const outlook = lines.findIndex(
      (line, index) => index > 0 && line.length <= LONGEST_HEADING && OUTLOOK_QUOTE.test(line),
    );
    if (outlook <= 0) return { own: lines.join('\n'), quoted: '' };
    return split(lines, outlook);
  }
  // The attribution (`On …, Ann wrote:`) is one or two lines that end in a colon.
  while (start > 0 && (lines[start] ?? '').trim() === '') start += 1;
  if (/:\s*$/.test(lines[start - 1] ?? '')) start -= 1;
  else if (/:\s*$/.test(lines[start - 2] ?? '') && (lines[start - 1] ?? '').trim() === '')
    start -= 2;
  return split(lines, start);
}

function split(lines: readonly string[], at: number): FoldedText {
  const own = lines.slice(0, at).join('\n').trimEnd();
  // Nothing of one's own: then the quotation is the message.
  if (own === '') return { own: lines.join('\n'), quoted: '' };
  return { own, quoted: lines.slice(at).join('\n') };
}
