import { queueSort, queueState, waitReason, type QueueInput } from '@holdfast/contracts';
import { z } from 'zod';
import type { QueueStateWord } from '../../messages/vocabulary.ts';

/** Rows of one page of the list. */
const DELIVERIES_PER_PAGE = 50;

/** What the queue shows unless told otherwise: the quarantine has a page of its own. */
export const QUEUE_STATES = ['queued', 'leased', 'deferred', 'review', 'held'] as const;
export const QUARANTINE_STATES = ['quarantined'] as const;

const HOUR = 3600;
/** Unit: seconds. */
export const AGES = { '1h': HOUR, '1d': 24 * HOUR, '5d': 120 * HOUR, '20d': 480 * HOUR } as const;
type Age = keyof typeof AGES;

/** What stands in the address; every part optional, so that `/queue` is everything on its way. */
export interface QueueSearch {
  readonly q?: string;
  readonly state?: string;
  readonly why?: string;
  readonly direction?: 'inbound' | 'outbound';
  readonly age?: Age;
  /** A column, with `-` before it for descending. */
  readonly sort?: string;
  readonly after?: string;
  readonly before?: string;
}

const text = z.string().max(400).optional().catch(undefined);
const schema = z.object({
  q: text,
  state: text,
  why: text,
  direction: z.enum(['inbound', 'outbound']).optional().catch(undefined),
  age: z.enum(['1h', '1d', '5d', '20d']).optional().catch(undefined),
  sort: text,
  after: text,
  before: text,
});

/** Tolerant: an address typed by hand or from an older version shows what can be understood of it. */
export function readQueueSearch(search: Record<string, unknown>): QueueSearch {
  const read = schema.parse(search);
  return Object.fromEntries(
    Object.entries(read).filter(([, value]) => value !== undefined && value !== ''),
  );
}

type QueueFilter = Pick<
  Required<QueueInput>,
  'states' | 'reasons' | 'direction' | 'search' | 'olderThan'
>;

/** The filters of the address, within the states that the page is about. */
export function toQueueFilter(search: QueueSearch, page: readonly QueueStateWord[]): QueueFilter {
  const asked = listOf(queueState, search.state).filter((state) => page.includes(state));
  const reasons = listOf(waitReason, search.why);
  return {
    states: asked.length === 0 ? [...page] : asked,
    reasons: reasons.length === 0 ? null : reasons,
    direction: search.direction ?? null,
    search: search.q ?? '',
    olderThan: search.age === undefined ? null : AGES[search.age],
  };
}

/** The address as the question to the server. */
export function toQueueInput(
  search: QueueSearch,
  page: readonly QueueStateWord[],
): QueueFilter & Pick<Required<QueueInput>, 'sort' | 'descending' | 'limit' | 'after' | 'before'> {
  const descending = search.sort?.startsWith('-') === true;
  const sort = queueSort.safeParse(descending ? search.sort?.slice(1) : search.sort);
  return {
    ...toQueueFilter(search, page),
    sort: sort.success ? sort.data : 'accepted',
    descending: sort.success && descending,
    limit: DELIVERIES_PER_PAGE,
    after: search.after ?? null,
    before: search.before ?? null,
  };
}

export function isFiltered({ q, state, why, direction, age }: QueueSearch): boolean {
  return [q, state, why, direction, age].some((value) => value !== undefined);
}

/** Address of the export of exactly what the list shows. */
export function exportQueueHref(search: QueueSearch, page: readonly QueueStateWord[]): string {
  const input = toQueueInput(search, page);
  const query = new URLSearchParams({ states: (input.states ?? page).join(','), sort: input.sort });
  if (input.reasons !== null) query.set('reasons', input.reasons.join(','));
  if (input.direction !== null) query.set('direction', input.direction);
  if (input.search !== '') query.set('search', input.search);
  if (input.olderThan !== null) query.set('olderThan', String(input.olderThan));
  if (input.descending) query.set('descending', 'true');
  return `/export/queue.csv?${query.toString()}`;
}

export function splitList(value: string | undefined): readonly string[] {
  return value === undefined ? [] : value.split(',').filter((entry) => entry !== '');
}

function listOf<T>(entry: z.ZodType<T>, value: string | undefined): T[] {
  return splitList(value).flatMap((part) => {
    const parsed = entry.safeParse(part);
    return parsed.success ? [parsed.data] : [];
  });
}
