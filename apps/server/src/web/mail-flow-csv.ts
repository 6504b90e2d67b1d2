import { presentQueued, readQueueQuery, readTraceQuery } from '@holdfast/api';
import type { QueuedDelivery, QueueQuery, TraceQuery } from '@holdfast/application';
import { queueInput, traceInput, type QueueRow } from '@holdfast/contracts';
import { csvField } from './users-csv.ts';

const COLUMNS: readonly (readonly [string, (row: QueueRow) => string])[] = [
  ['accepted_at', (row) => row.acceptedAt],
  ['direction', (row) => row.direction],
  ['sender', (row) => row.sender],
  ['from', (row) => row.from ?? ''],
  ['recipient', (row) => row.recipient],
  ['subject', (row) => row.subject],
  ['size', (row) => String(row.size)],
  ['state', (row) => row.queueState ?? row.state],
  ['why', (row) => row.reason],
  ['verdict', (row) => row.verdict],
  ['verdict_reason', (row) => row.verdictReason],
  ['attempts', (row) => String(row.attempts)],
  ['next_try_at', (row) => row.dueAt ?? ''],
  ['changed_at', (row) => row.changedAt],
  ['reply', (row) => row.reply ?? ''],
  ['message_id', (row) => row.messageId],
  ['delivery_id', (row) => row.id],
];

type Query = Readonly<Record<string, unknown>>;

/** The query of the address, in the words of the queue's page: lists with commas. Throws a `ZodError`. */
export function readQueueExport(
  query: Query,
  now: number,
): Omit<QueueQuery, 'limit' | 'after' | 'before'> {
  const olderThan = text(query, 'olderThan');
  const input = queueInput.parse({
    states: text(query, 'states')?.split(','),
    reasons: text(query, 'reasons')?.split(','),
    direction: text(query, 'direction'),
    search: text(query, 'search'),
    olderThan: olderThan === undefined ? undefined : Number(olderThan),
    sort: text(query, 'sort'),
    descending: text(query, 'descending') === 'true',
  });
  const { limit: _limit, after: _after, before: _before, ...rest } = readQueueQuery(input, now);
  return rest;
}

export function readTraceExport(query: Query): Omit<TraceQuery, 'limit' | 'after'> {
  const input = traceInput.parse({
    sender: text(query, 'sender'),
    recipient: text(query, 'recipient'),
    subject: text(query, 'subject'),
    messageId: text(query, 'messageId'),
    recordId: text(query, 'recordId'),
    since: text(query, 'since'),
    until: text(query, 'until'),
  });
  const { limit: _limit, after: _after, ...rest } = readTraceQuery(input);
  return rest;
}

/** RFC 4180 piece by piece, with a byte order mark so that Excel reads UTF-8. No content, as on the page. */
export async function* mailFlowCsv(
  pages: AsyncIterable<readonly QueuedDelivery[]>,
): AsyncGenerator<string> {
  yield `\uFEFF${line(COLUMNS.map(([title]) => title))}`;
  for await (const rows of pages) {
    yield rows
      .map(presentQueued)
      .map((row) => line(COLUMNS.map(([, value]) => value(row))))
      .join('');
  }
}

function line(values: readonly string[]): string {
  return `${values.map(csvField).join(',')}\r\n`;
}

function text(query: Query, name: string): string | undefined {
  const value = query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
