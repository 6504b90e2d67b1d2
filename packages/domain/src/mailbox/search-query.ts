import type { Instant } from '../instant.ts';
import { dayBy, startOfDay } from './calendar-day.ts';
import { ownFoldersNamed, type MailFolder } from './mail-folder.ts';
import { readSearchDay, type SearchClock } from './search-day.ts';
import { wantedWords } from './search-words.ts';

/** Characters of a search that are looked at, and terms made of them. */
const MAX_QUERY = 200;
const MAX_TERMS = 16;
/** A shorter word is looked for as it stands: its beginnings would find nearly everything. */
const SHORTEST_BEGINNING = 3;

/** Which part of a message a term is looked for in. */
export type SearchPart = 'subject' | 'from' | 'to' | 'file';

interface WantedWord {
  readonly word: string;
  /** Words that begin with it count as well: nothing is stemmed. */
  readonly isBeginning: boolean;
  /** Counted from the first word of the term. */
  readonly place: number;
}

/** Words that all have to be there. */
export interface SearchTerm {
  readonly words: readonly WantedWord[];
  /** One after the other, as they were quoted. */
  readonly isPhrase: boolean;
  /** Null: anywhere. */
  readonly part: SearchPart | null;
  /** What has it is not wanted. */
  readonly isExcluded: boolean;
}

/** Each that is null does not matter. */
export interface MailSearch {
  readonly terms: readonly SearchTerm[];
  readonly hasAttachment: boolean | null;
  readonly folders: readonly MailFolder[] | null;
  /** Folders that the reader has made in Outlook, by their ids there; mail of one of these or of `folders` is wanted. */
  readonly ownFolders: readonly string[] | null;
  readonly isUnread: boolean | null;
  readonly isFlagged: boolean | null;
  /** Received at or after. */
  readonly from: Instant | null;
  /** Received before. */
  readonly until: Instant | null;
  /** As it was typed: looked like an operator and was not understood, so that it is searched as words. */
  readonly unclear: readonly string[];
}

const FOLDERS: ReadonlyMap<string, MailFolder> = new Map([
  ['inbox', 'inbox'],
  ['sent', 'sent'],
  ['archive', 'archive'],
  ['deleted', 'deleted'],
  ['trash', 'deleted'],
  ['bin', 'deleted'],
  ['junk', 'junk'],
  ['spam', 'junk'],
]);
const ALL_FOLDERS: readonly MailFolder[] = ['inbox', 'sent', 'archive', 'deleted', 'junk'];

const PARTS: ReadonlyMap<string, SearchPart> = new Map([
  ['from', 'from'],
  ['to', 'to'],
  ['cc', 'to'],
  ['subject', 'subject'],
  ['file', 'file'],
  ['filename', 'file'],
]);

/** Telephones put typographic quotes and wide colons where plain ones are meant. */
const QUOTES = /[“”„‟«»＂]/gu;
const WIDE_COLON = /：/gu;
const PIECE =
  /(-)?(?:(from|to|cc|subject|file|filename|has|in|folder|is|before|after|since|on):\s*)?(?:"([^"]*)"?|([^\s"]+))/giu;
/** Not an address of the web, and not a time of the day. */
const LOOKS_LIKE_OPERATOR = /^[a-z]{2,}:[^/\s]/i;

/** A folder that the reader has made in Outlook. */
export interface OwnFolder {
  readonly id: string;
  readonly name: string;
}

interface Known {
  readonly clock: SearchClock;
  readonly own: readonly OwnFolder[];
}

interface Piece {
  readonly typed: string;
  readonly isExcluded: boolean;
  readonly name: string | null;
  readonly value: string;
  readonly isQuoted: boolean;
}

/** What is asked for. Nothing is refused: what is not understood is searched as words, and named in `unclear`. */
export function parseSearch(
  query: string,
  clock: SearchClock,
  own: readonly OwnFolder[] = [],
): MailSearch {
  let search: MailSearch = {
    terms: [],
    hasAttachment: null,
    folders: null,
    ownFolders: null,
    isUnread: null,
    isFlagged: null,
    from: null,
    until: null,
    unclear: [],
  };
  for (const piece of piecesOf(query)) search = withPiece(search, piece, { clock, own });
  return { ...search, terms: search.terms.slice(0, MAX_TERMS) };
}

/** Nothing was asked for, so that nothing is found. */
export function isEmptySearch(search: MailSearch): boolean {
  return search.terms.length === 0 && search.hasAttachment === null && !asksOfViews(search);
}

/** It depends on what a reader did with a message or when it came, and not on what is in it alone. */
export function asksOfViews(search: MailSearch): boolean {
  const { folders, ownFolders, isUnread, isFlagged, from, until } = search;
  return [folders, ownFolders, isUnread, isFlagged, from, until].some((wanted) => wanted !== null);
}

function piecesOf(query: string): readonly Piece[] {
  const plain = query.slice(0, MAX_QUERY).replace(QUOTES, '"').replace(WIDE_COLON, ':');
  return [...plain.matchAll(PIECE)].map(([typed, minus, name, quoted, bare]) => ({
    typed,
    isExcluded: minus !== undefined,
    name: name === undefined ? null : name.toLowerCase(),
    value: quoted ?? bare ?? '',
    isQuoted: quoted !== undefined,
  }));
}

function withPiece(search: MailSearch, piece: Piece, known: Known): MailSearch {
  const { name, value, isQuoted } = piece;
  if (name === null) {
    const isUnclear = !isQuoted && LOOKS_LIKE_OPERATOR.test(value);
    return withWords(isUnclear ? unclear(search, piece) : search, piece, null, value);
  }
  const part = PARTS.get(name);
  if (part !== undefined) return withWords(search, piece, part, value);
  const understood = withOperator(search, piece, known);
  return understood ?? withWords(unclear(search, piece), piece, null, `${name} ${value}`);
}

function unclear(search: MailSearch, { typed }: Piece): MailSearch {
  return { ...search, unclear: [...search.unclear, typed] };
}

function withWords(
  search: MailSearch,
  { isQuoted, isExcluded }: Piece,
  part: SearchPart | null,
  text: string,
): MailSearch {
  const words = wantedWords(text);
  const [first] = words;
  if (first === undefined) return search;
  const term = {
    words: words.map(({ word, place, isUnspaced }) => ({
      word,
      place: place - first.place,
      // A pair of characters stands for itself; one alone is the beginning of pairs.
      isBeginning:
        !isQuoted && Array.from(word).length >= SHORTEST_BEGINNING
          ? !isUnspaced
          : isUnspaced && Array.from(word).length === 1,
    })),
    isPhrase: isQuoted && words.length > 1,
    part,
    isExcluded,
  };
  return { ...search, terms: [...search.terms, term] };
}

/** Null: its value says nothing. */
function withOperator(search: MailSearch, piece: Piece, known: Known): MailSearch | null {
  const value = piece.value.toLowerCase();
  switch (piece.name) {
    case 'has':
      return /^(attachments?|files?)$/.test(value)
        ? { ...search, hasAttachment: !piece.isExcluded }
        : null;
    case 'in':
    case 'folder':
      return withFolder(search, value, piece.isExcluded, known.own);
    case 'is':
      return withState(search, value, piece.isExcluded);
    case null:
      return null;
    default:
      return withDay(search, piece, known.clock);
  }
}

function withFolder(
  search: MailSearch,
  value: string,
  isExcluded: boolean,
  own: readonly OwnFolder[],
): MailSearch | null {
  if (value === 'anywhere' || value === 'all') return isExcluded ? null : search;
  const folder = FOLDERS.get(value);
  if (folder === undefined) {
    const ids = ownFoldersNamed(own, value).map(({ id }) => id);
    if (isExcluded || ids.length === 0) return null;
    return { ...search, ownFolders: [...new Set([...(search.ownFolders ?? []), ...ids])] };
  }
  if (isExcluded)
    return {
      ...search,
      folders: (search.folders ?? ALL_FOLDERS).filter((each) => each !== folder),
    };
  return { ...search, folders: [...new Set([...(search.folders ?? []), folder])] };
}

function withState(search: MailSearch, value: string, isExcluded: boolean): MailSearch | null {
  switch (value) {
    case 'unread':
    case 'new':
      return { ...search, isUnread: !isExcluded };
    case 'read':
      return { ...search, isUnread: isExcluded };
    case 'flagged':
    case 'starred':
      return { ...search, isFlagged: !isExcluded };
    case 'unflagged':
      return { ...search, isFlagged: isExcluded };
    default:
      return null;
  }
}

/** `after:` a day has that day in it, `before:` has not. */
function withDay(
  search: MailSearch,
  { name, value, isExcluded }: Piece,
  clock: SearchClock,
): MailSearch | null {
  const day = readSearchDay(value, clock);
  if (day === null || isExcluded) return null;
  const begins = startOfDay(day, clock.zone);
  const ends = startOfDay(dayBy(day, 1), clock.zone);
  const from = Math.max(search.from ?? begins, begins);
  if (name === 'before') return { ...search, until: Math.min(search.until ?? begins, begins) };
  if (name === 'on') return { ...search, from, until: Math.min(search.until ?? ends, ends) };
  return { ...search, from };
}
