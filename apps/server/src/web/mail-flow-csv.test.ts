import type { QueuedDelivery } from '@holdfast/application';
import { ZodError } from 'zod';
import { expect, it } from 'vitest';
import { mailFlowCsv, readQueueExport, readTraceExport } from './mail-flow-csv.ts';

const NOW = Date.UTC(2026, 10, 23, 9);

const queued: QueuedDelivery = {
  delivery: {
    id: 'd',
    messageId: 'm',
    organisationId: 'o',
    acceptedAt: NOW,
    recipient: 'megan@contoso.example',
    route: 'primary',
    state: 'held',
    hold: 'review',
    dueAt: NOW + 60_000,
    attempts: 2,
    refusals: 1,
    verdict: 'deliver',
    verdictReason: 'clean',
    reply: '550 5.4.1 "denied"',
    host: null,
    updatedAt: NOW,
  },
  direction: 'inbound',
  replyClass: 'unknown-recipient',
  sender: '',
  subject: '=HYPERLINK("http://evil.example")',
  from: null,
  rfcMessageId: null,
  size: 1234,
};

async function* pages() {
  yield [queued];
  yield [queued];
}

it('keeps a hostile subject text, page after page', async () => {
  const lines: string[] = [];
  for await (const piece of mailFlowCsv(pages())) lines.push(...piece.trimEnd().split('\r\n'));
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^\uFEFFaccepted_at,direction,sender/);
  expect(lines[1]).toBe(lines[2]);
  expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
  expect(lines[1]).toContain('review,unknown-recipient,deliver,clean,2,2026-11-23T09:01:00.000Z');
});

it('reads the filters of the page, and refuses what it does not know', () => {
  expect(
    readQueueExport({ states: 'review,held', olderThan: '3600', descending: 'true' }, NOW),
  ).toMatchObject({
    states: ['review', 'held'],
    acceptedBefore: NOW - 3_600_000,
    sort: 'accepted',
    descending: true,
  });
  expect(readTraceExport({ subject: 'invoice', since: '2026-11-20T00:00:00.000Z' })).toMatchObject({
    subject: 'invoice',
    since: Date.UTC(2026, 10, 20),
  });
  expect(() => readQueueExport({ states: 'lost' }, NOW)).toThrow(ZodError);
});
