/** Characters of one word that are kept: a longer one is found by its beginning. */
const MAX_WORD = 40;
/** Different words of one text; what follows is not found. */
const MAX_WORDS = 5000;
/** Characters of a search that are looked at, and terms made of them. */
const MAX_QUERY = 200;
const MAX_TERMS = 16;
/** A shorter word is looked for as it stands: its beginnings would find nearly everything. */
const SHORTEST_BEGINNING = 3;

const WORDS = /[\p{L}\p{N}\p{M}]+/gu;
/** Written without spaces between words: pairs of neighbours are what can be found. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc]+/gu;
const ACCENTS = /[\u0300-\u036f]+/g;

/** Which part of a message a term is looked for in. */
export type SearchField = 'subject' | 'people' | 'attachments';

export interface SearchTerm {
  readonly word: string;
  /** Words that begin with it count as well: nothing is stemmed. */
  readonly isBeginning: boolean;
  /** Null: anywhere. */
  readonly field: SearchField | null;
}

/** What people type before a colon. */
const FIELDS: ReadonlyMap<string, SearchField> = new Map([
  ['from', 'people'],
  ['to', 'people'],
  ['subject', 'subject'],
  ['file', 'attachments'],
]);

/** The different words of a text as they are indexed: without case and accents, and pairs where nothing separates words. */
export function searchWords(text: string): readonly string[] {
  const words = new Set<string>();
  for (const [token] of folded(text).matchAll(WORDS)) {
    for (const word of wordsOfToken(token)) words.add(word);
    if (words.size >= MAX_WORDS) break;
  }
  return [...words];
}

/** Every term has to be found. None: nothing was asked for. */
export function parseSearch(query: string): readonly SearchTerm[] {
  const terms: SearchTerm[] = [];
  for (const part of query.slice(0, MAX_QUERY).split(/\s+/)) {
    const [, name = '', rest = part] = /^([a-z]+):(.+)$/i.exec(part) ?? [];
    const field = FIELDS.get(name.toLowerCase()) ?? null;
    for (const [token] of folded(field === null ? part : rest).matchAll(WORDS)) {
      for (const term of termsOfToken(token)) terms.push({ ...term, field });
    }
  }
  return terms.slice(0, MAX_TERMS);
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(ACCENTS, '').normalize('NFC').toLowerCase();
}

function* wordsOfToken(token: string): Generator<string> {
  for (const { text, isUnspaced } of runsOf(token)) {
    if (!isUnspaced) {
      yield cut(text);
      continue;
    }
    const characters = Array.from(text);
    for (const [at, character] of characters.entries())
      // The last one alone as well, so that a search for one character finds it by its beginning.
      yield character + (characters[at + 1] ?? '');
  }
}

function* termsOfToken(token: string): Generator<Omit<SearchTerm, 'field'>> {
  for (const { text, isUnspaced } of runsOf(token)) {
    if (!isUnspaced) {
      const word = cut(text);
      yield { word, isBeginning: Array.from(word).length >= SHORTEST_BEGINNING };
      continue;
    }
    const characters = Array.from(text);
    if (characters.length === 1) yield { word: text, isBeginning: true };
    for (const [at, character] of characters.slice(0, -1).entries())
      yield { word: character + (characters[at + 1] ?? ''), isBeginning: false };
  }
}

function* runsOf(
  token: string,
): Generator<{ readonly text: string; readonly isUnspaced: boolean }> {
  let at = 0;
  for (const match of token.matchAll(UNSPACED)) {
    if (match.index > at) yield { text: token.slice(at, match.index), isUnspaced: false };
    yield { text: match[0], isUnspaced: true };
    at = match.index + match[0].length;
  }
  if (at < token.length) yield { text: token.slice(at), isUnspaced: false };
}

function cut(word: string): string {
  return word.length <= MAX_WORD ? word : Array.from(word).slice(0, MAX_WORD).join('');
}
