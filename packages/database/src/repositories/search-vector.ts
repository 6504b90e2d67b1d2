import type { IndexedText } from '@holdfast/application';
import type { PlacedWord, SearchPart, SearchTerm } from '@holdfast/domain';

/** Before a word of a part: no word has a sign in it, so that none can pretend to be one. */
const PREFIXES: Readonly<Record<SearchPart, string>> = {
  subject: 's:',
  from: 'f:',
  to: 't:',
  file: 'a:',
};
/** In the place of a word where there are attachments. */
const HAS_ATTACHMENT = '+attachment';

/** Of one message. PostgreSQL takes 1 MB of words and places, and of one word 255 places up to 16,383. */
const MAX_BYTES = 700_000;
const MAX_PLACES_OF_WORD = 200;
const LAST_PLACE = 16_383;
/** Places between two parts: quoted words never reach across. */
const GAP = 2;

/** Written out, not parsed by PostgreSQL: what a word is must be the same here and in a search. */
export function toVector(text: IndexedText): string {
  const words = new Map<string, number[]>();
  let bytes = 0;
  let begins = 1;
  const add = (word: string, place: number): void => {
    const known = words.get(word);
    if (known === undefined) {
      bytes += Buffer.byteLength(word);
      if (bytes <= MAX_BYTES) words.set(word, [place]);
    } else if (known.length < MAX_PLACES_OF_WORD) known.push(place);
  };
  const addPart = (part: readonly PlacedWord[], prefix: string | null): void => {
    for (const { word, place } of part) {
      const at = Math.min(begins + place, LAST_PLACE);
      add(word, at);
      if (prefix !== null) add(`${prefix}${word}`, at);
    }
    begins += (part.at(-1)?.place ?? 0) + GAP;
  };
  for (const part of ['subject', 'from', 'to', 'file'] as const)
    addPart(text[part], PREFIXES[part]);
  addPart(text.text, null);
  if (text.hasAttachment) words.set(HAS_ATTACHMENT, [LAST_PLACE]);
  return [...words].map(([word, places]) => `${quoted(word)}:${places.join(',')}`).join(' ');
}

/** All of the terms; null when there is none, and words do not matter. */
export function toQuery(search: {
  readonly terms: readonly SearchTerm[];
  readonly hasAttachment: boolean | null;
}): string | null {
  const parts = search.terms.map((term) => `${term.isExcluded ? '!' : ''}(${wordsOf(term)})`);
  if (search.hasAttachment !== null)
    parts.push(`${search.hasAttachment ? '' : '!'}${quoted(HAS_ATTACHMENT)}`);
  return parts.length === 0 ? null : parts.join(' & ');
}

function wordsOf({ words, isPhrase, part }: SearchTerm): string {
  const prefix = part === null ? '' : PREFIXES[part];
  return words
    .map(({ word, isBeginning, place }, at) => {
      const before = words[at - 1];
      const join = isPhrase ? ` <${place - (before?.place ?? 0)}> ` : ' & ';
      const wanted = `${quoted(`${prefix}${word}`)}${isBeginning ? ':*' : ''}`;
      return before === undefined ? wanted : `${join}${wanted}`;
    })
    .join('');
}

/** Words are letters and digits; quoted all the same, so that none could ever be an operator. */
function quoted(word: string): string {
  return `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
