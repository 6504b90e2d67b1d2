import type { Random } from '../sample-mail/random.ts';
import type { Fault, FaultKind } from './fault.ts';
import {
  isPage,
  movable,
  type Page,
  shuffled,
  withCircularLink,
  withDuplicates,
  withForeignLinks,
  withPhantomRemovals,
} from './pages.ts';
import type { Call } from './rule.ts';
import { inPascalCase, withWrongTypes } from './values.ts';

/** One call on its way through, with what is to happen to its answer. */
export interface Passage {
  readonly faults: readonly Fault[];
  readonly call: Call;
  /** Absolute address of the call, without the mark for empty pages. */
  readonly here: string;
  /** Asking again does no harm. */
  readonly reads: boolean;
  /** Empty pages still to come on this way through a list; undefined when none were begun. */
  readonly pending: number | undefined;
  /** Entries that were moved to a later page, by its address. */
  readonly moved: Map<string, Page['value']>;
  readonly random: Random;
}

function faultOf<Kind extends FaultKind>(passage: Passage, kind: Kind) {
  return passage.faults.find(
    (fault): fault is Extract<Fault, { kind: Kind }> => fault.kind === kind,
  );
}

export function changedAnswer(body: unknown, passage: Passage): unknown {
  const paged = isPage(body) ? changedPage(body, passage) : body;
  const cased = faultOf(passage, 'pascal-case') === undefined ? paged : inPascalCase(paged);
  const typed = faultOf(passage, 'wrong-types') === undefined ? cased : withWrongTypes(cased);
  const missing = faultOf(passage, 'missing-part');
  return missing === undefined ? typed : withoutPart(typed, missing.position);
}

function changedPage(given: Page, passage: Passage): Page {
  const empty = emptyPages(passage);
  if (empty > 0) return emptyPage(given, passage, empty - 1);
  // Kept until the page before is given anew: this answer may be cut, and is asked for again then.
  const arrived = passage.moved.get(comparable(passage.here)) ?? [];
  const link = given['@odata.nextLink'];
  if (link !== undefined) passage.moved.delete(comparable(link));
  // In front: a newer state of the same object on this page has the last word.
  const whole: Page = { ...given, value: [...arrived, ...given.value] };
  return [duplicated, disordered, removedUnseen, misled].reduce<Page>(
    (page, change) => change(page, passage),
    whole,
  );
}

/** Empty pages that come before the real one: once on the way through a list, and only where asking again is harmless. */
function emptyPages(passage: Passage): number {
  if (passage.pending !== undefined) return passage.pending;
  return passage.reads ? (faultOf(passage, 'empty-pages')?.pages ?? 0) : 0;
}

/** Nothing, and on with the same request. */
function emptyPage(page: Page, passage: Passage, left: number): Page {
  const url = new URL(passage.here);
  url.searchParams.set('$skiptoken', `empty.${left}.${url.searchParams.get('$skiptoken') ?? ''}`);
  const { '@odata.deltaLink': _end, ...rest } = page;
  return { ...rest, value: [], '@odata.nextLink': url.toString() };
}

const isDelta = (passage: Passage): boolean => passage.call.path.endsWith('/delta');

function duplicated(page: Page, passage: Passage): Page {
  if (faultOf(passage, 'duplicates') === undefined) return page;
  moveToNext(page, passage, page.value.at(-1));
  return withDuplicates(page, isDelta(passage));
}

function disordered(page: Page, passage: Passage): Page {
  if (faultOf(passage, 'out-of-order') === undefined) return page;
  const leaving = movable(page);
  moveToNext(page, passage, leaving);
  const value = page.value.filter((entry) => entry !== leaving);
  return shuffled({ ...page, value }, passage.random);
}

function moveToNext(page: Page, passage: Passage, entry: Page['value'][number] | undefined): void {
  const link = page['@odata.nextLink'];
  if (link === undefined || entry === undefined) return;
  const next = comparable(link);
  passage.moved.set(next, [...(passage.moved.get(next) ?? []), entry]);
}

/** The same address whichever way its query is encoded. */
function comparable(link: string): string {
  const url = new URL(link);
  return `${url.pathname}?${url.searchParams.toString()}`;
}

const removedUnseen = (page: Page, passage: Passage): Page =>
  faultOf(passage, 'phantom-removals') !== undefined && isDelta(passage)
    ? withPhantomRemovals(page, passage.random)
    : page;

function misled(page: Page, passage: Passage): Page {
  const foreign = faultOf(passage, 'foreign-link');
  if (foreign !== undefined) return withForeignLinks(page, passage.here, foreign.host);
  return faultOf(passage, 'circular-link') === undefined
    ? page
    : withCircularLink(page, passage.here);
}

function withoutPart(body: unknown, position: number): unknown {
  if (typeof body !== 'object' || body === null || !('responses' in body)) return body;
  const { responses } = body;
  if (!Array.isArray(responses)) return body;
  return { ...body, responses: responses.filter((_response, at) => at !== position) };
}
