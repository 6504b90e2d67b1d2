import type { MailboxFound } from '@holdfast/contracts';

export interface MarkedPart {
  readonly text: string;
  readonly isHit: boolean;
}

const WORDS = /[\p{L}\p{N}\p{M}]+/gu;
/** As on the server (`search-words.ts`): written without spaces, so that pairs of characters are what was looked for. */
const RUNS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc]+/gu;
const IS_UNSPACED =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc]/u;
const ACCENTS = /[\u0300-\u036f]+/g;

function folded(text: string): string {
  return text.normalize('NFKD').replace(ACCENTS, '').normalize('NFC').toLowerCase();
}

/** The text in pieces, those that were looked for marked. Joined, they are the text. */
export function markParts(text: string, words: MailboxFound['words']): readonly MarkedPart[] {
  const hits: (readonly [number, number])[] = [];
  for (const token of text.matchAll(WORDS))
    for (const run of token[0].matchAll(RUNS)) {
      const start = token.index + run.index;
      if (IS_UNSPACED.test(run[0])) hits.push(...hitsInside(run[0], start, words));
      else if (isWanted(folded(run[0]), words)) hits.push([start, start + run[0].length]);
    }
  return cutAt(text, hits);
}

function isWanted(word: string, words: MailboxFound['words']): boolean {
  return words.some((wanted) =>
    wanted.isBeginning ? word.startsWith(wanted.word) : word === wanted.word,
  );
}

function* hitsInside(
  run: string,
  start: number,
  words: MailboxFound['words'],
): Generator<readonly [number, number]> {
  const plain = folded(run);
  // Half-width forms fold to another length; what cannot be placed is not marked.
  if (plain.length !== run.length) return;
  for (const { word } of words)
    for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + 1))
      yield [start + at, start + at + word.length];
}

function cutAt(text: string, hits: readonly (readonly [number, number])[]): readonly MarkedPart[] {
  const parts: MarkedPart[] = [];
  let at = 0;
  let open: { from: number; to: number } | null = null;
  const close = (): void => {
    if (open === null) return;
    if (open.from > at) parts.push({ text: text.slice(at, open.from), isHit: false });
    parts.push({ text: text.slice(open.from, open.to), isHit: true });
    at = open.to;
    open = null;
  };
  for (const [from, to] of hits.toSorted(([a], [b]) => a - b)) {
    if (open !== null && from <= open.to) open.to = Math.max(open.to, to);
    else {
      close();
      open = { from, to };
    }
  }
  close();
  if (at < text.length) parts.push({ text: text.slice(at), isHit: false });
  return parts;
}
