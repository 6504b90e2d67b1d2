import type { TraceInput } from '@holdfast/contracts';
import { z } from 'zod';

/** Rows of one page of the list. */
const MESSAGES_PER_PAGE = 50;

const HOUR = 3_600_000;
export const RANGES = ['1d', '7d', '30d', 'between'] as const;
export type Range = (typeof RANGES)[number];
/** Unit: ms. */
const SPANS = { '1d': 24 * HOUR, '7d': 168 * HOUR, '30d': 720 * HOUR } as const;

/** What stands in the address; empty is the last 7 days. */
export interface TraceSearch {
  readonly sender?: string;
  readonly recipient?: string;
  readonly subject?: string;
  /** Message-ID, or id of a record or a delivery. */
  readonly id?: string;
  readonly range?: Range;
  /** Local date and time as the browser's field gives them. */
  readonly from?: string;
  readonly to?: string;
  readonly after?: string;
}

const text = z.string().max(1000).optional().catch(undefined);
const schema = z.object({
  sender: text,
  recipient: text,
  subject: text,
  id: text,
  range: z.enum(RANGES).optional().catch(undefined),
  from: text,
  to: text,
  after: text,
});

/** Tolerant, as every address. */
export function readTraceSearch(search: Record<string, unknown>): TraceSearch {
  const read = schema.parse(search);
  return Object.fromEntries(
    Object.entries(read).filter(([, value]) => value !== undefined && value !== ''),
  );
}

const RECORD_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The address as the question to the server. A whole minute is asked for, so that the same question is the same. */
export function toTraceInput(search: TraceSearch, now: number): TraceInput {
  const id = (search.id ?? '').trim();
  return {
    sender: search.sender ?? '',
    recipient: search.recipient ?? '',
    subject: search.subject ?? '',
    messageId: RECORD_ID.test(id) ? '' : id,
    recordId: RECORD_ID.test(id) ? id.toLowerCase() : null,
    ...timeOf(search, now),
    limit: MESSAGES_PER_PAGE,
    after: search.after ?? null,
  };
}

function timeOf(search: TraceSearch, now: number): Pick<TraceInput, 'since' | 'until'> {
  const range = search.range ?? '7d';
  if (range === 'between') return { since: toIso(search.from), until: toIso(search.to) };
  const minute = Math.floor(now / 60_000) * 60_000;
  return { since: new Date(minute - SPANS[range]).toISOString(), until: null };
}

function toIso(local: string | undefined): string | null {
  const at = local === undefined ? Number.NaN : Date.parse(local);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

export function asksForSomething({ sender, recipient, subject, id }: TraceSearch): boolean {
  return [sender, recipient, subject, id].some((value) => value !== undefined);
}

/** Address of the export of what the list shows, and of all that follows it. */
export function exportTraceHref(search: TraceSearch, now: number): string {
  const { sender, recipient, subject, messageId, recordId, since, until } = toTraceInput(
    search,
    now,
  );
  const query = new URLSearchParams();
  const given = { sender, recipient, subject, messageId, recordId, since, until };
  for (const [name, value] of Object.entries(given))
    if (typeof value === 'string' && value !== '') query.set(name, value);
  return `/export/trace.csv?${query.toString()}`;
}
