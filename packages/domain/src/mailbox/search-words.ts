/** Characters of one word that are kept: a longer one is found by its beginning. */
const MAX_WORD = 40;
/** Different words of one text; what follows is not found. */
const MAX_WORDS = 5000;
/** Words of one text, repeated ones as well: PostgreSQL counts places up to 16,383. */
const MAX_PLACES = 15_000;

const WORDS = /[\p{L}\p{N}\p{M}]+/gu;
/** Written without spaces between words: pairs of neighbours are what can be found. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc]+/gu;
const ACCENTS = /[\u0300-\u036f]+/g;

/** A word and where it stands, counted in words; in a script without spaces, in characters. */
export interface PlacedWord {
  readonly word: string;
  readonly place: number;
}

/** A piece of a text between spaces and signs, folded. */
interface Run {
  readonly text: string;
  readonly isUnspaced: boolean;
}

/** The words of a text as they are indexed: without case and accents, and pairs where nothing separates words. */
export function placedWords(text: string): readonly PlacedWord[] {
  const words: PlacedWord[] = [];
  const different = new Set<string>();
  let place = 0;
  for (const run of runsOf(text)) {
    const characters = run.isUnspaced ? Array.from(run.text) : [];
    if (!run.isUnspaced) words.push({ word: cut(run.text), place });
    for (const [at, character] of characters.entries())
      // The last one alone as well, so that a search for one character finds it by its beginning.
      words.push({ word: character + (characters[at + 1] ?? ''), place: place + at });
    place += run.isUnspaced ? characters.length : 1;
    for (const { word } of words.slice(-Math.max(1, characters.length))) different.add(word);
    if (place >= MAX_PLACES || different.size >= MAX_WORDS) break;
  }
  return words.slice(0, MAX_PLACES);
}

/** What has to be found for a text that somebody looks for, and how far apart. */
export function wantedWords(
  text: string,
): readonly (PlacedWord & { readonly isUnspaced: boolean })[] {
  const words: (PlacedWord & { readonly isUnspaced: boolean })[] = [];
  let place = 0;
  for (const { text: run, isUnspaced } of runsOf(text)) {
    if (!isUnspaced) {
      words.push({ word: cut(run), place, isUnspaced });
      place += 1;
      continue;
    }
    const characters = Array.from(run);
    if (characters.length === 1) words.push({ word: run, place, isUnspaced });
    for (const [at, character] of characters.slice(0, -1).entries())
      words.push({ word: character + (characters[at + 1] ?? ''), place: place + at, isUnspaced });
    place += characters.length;
  }
  return words;
}

function* runsOf(text: string): Generator<Run> {
  for (const [token] of folded(text).matchAll(WORDS)) yield* runsOfToken(token);
}

function* runsOfToken(token: string): Generator<Run> {
  let at = 0;
  for (const match of token.matchAll(UNSPACED)) {
    if (match.index > at) yield { text: token.slice(at, match.index), isUnspaced: false };
    yield { text: match[0], isUnspaced: true };
    at = match.index + match[0].length;
  }
  if (at < token.length) yield { text: token.slice(at), isUnspaced: false };
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(ACCENTS, '').normalize('NFC').toLowerCase();
}

function cut(word: string): string {
  return word.length <= MAX_WORD ? word : Array.from(word).slice(0, MAX_WORD).join('');
}
