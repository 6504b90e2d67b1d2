import { refusalReason, settleReport } from '@holdfast/domain';
import { startThreadTime } from '@holdfast/vitest-preset/thread-time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ABOUT, LEE, NO_REPORTS, SAMPLE_REPORTS } from '../testing/reports/index.ts';
import { readBareReport } from './bare-report.ts';
import { createMessageFormat } from './message-format.ts';

const format = createMessageFormat({ authservId: 'mx1.holdfast.example' });
const SENT = { id: 'spool-1', messageId: ABOUT, sent: 'here' as const, recipients: [LEE] };

describe('a delivery report is tied to what it is about, and says why', () => {
  test.each(SAMPLE_REPORTS.map((sample) => [sample.name, sample] as const))(
    '%s',
    async (_name, sample) => {
      const report = await format.report(sample.raw, '');
      const settled = report === null ? null : settleReport(report, [SENT]);
      const { sent, recipients } = settled ?? {};
      expect(sent).toBe(sample.isNameless === true ? 'unknown' : 'here');
      expect(recipients).toMatchObject([{ address: LEE, action: sample.action }]);
      expect(refusalReason(recipients?.[0]?.reply ?? null)).toBe(sample.reason);
    },
  );
});

test.each(NO_REPORTS.map((sample) => [sample.name, sample.raw] as const))(
  'is no delivery report: %s',
  async (_name, raw) => expect(await format.report(raw, '')).toBeNull(),
);

test('one of ours is read like any other', async () => {
  const raw = await format.composeBounce({
    messageId: '<bounce@mx1.holdfast.example>',
    date: Date.UTC(2026, 10, 26),
    reportingMta: 'mx1.holdfast.example',
    from: { name: 'Mail delivery', address: 'mailer-daemon@mx1.holdfast.example' },
    to: 'ada@contoso.example',
    arrivedAt: Date.UTC(2026, 10, 26),
    recipients: [
      { address: 'jürgen@fabrikam.example', reply: '552 5.2.2 full', host: 'mx.x.example', at: 0 },
    ],
    inReplyTo: ABOUT,
    original: Buffer.from(`Message-ID: ${ABOUT}\r\n\r\nText`),
  });
  expect(await format.report(raw, '')).toMatchObject({
    recipients: [{ address: 'jürgen@fabrikam.example', action: 'failed', status: '5.2.2' }],
    messageIds: [ABOUT],
  });
});

test('repeats our envelope’s id where the other side does', async () => {
  const [sample] = SAMPLE_REPORTS;
  const raw = sample?.raw
    .toString()
    .replace('X-Postfix-Queue-ID: 4XYZ', 'Original-Envelope-Id: spool-1')
    .replaceAll(ABOUT, '<gone@x>');
  const report = await format.report(Buffer.from(raw ?? ''), '');
  expect(report === null ? null : settleReport(report, [SENT]).sent).toBe('here');
});

test('whatever is written into one, it is read in bounded time and shows no control characters', async () => {
  const sources = SAMPLE_REPORTS.map(({ raw }) => raw);
  const pieces = [
    `${LEE} `.repeat(20_000),
    `Final-Recipient: rfc822; ${LEE}\r\n\r\n`.repeat(5000),
    'a.'.repeat(60_000) + '@',
    'Message-ID: <'.repeat(20_000),
    '\u0000\u202e\r\n \r\n',
    `Diagnostic-Code: smtp; ${'\r\n x'.repeat(20_000)}`,
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...sources),
      fc.constantFrom(...pieces),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (source, piece, where) => {
        const at = Math.floor(source.length * where);
        const raw = Buffer.concat([
          source.subarray(0, at),
          Buffer.from(piece),
          source.subarray(at),
        ]);
        const took = startThreadTime();
        const report = await format.report(raw, '');
        expect(took()).toBeLessThan(5000);
        expect(report?.recipients.length ?? 0).toBeLessThanOrEqual(100);
        for (const { address, diagnostic } of report?.recipients ?? [])
          expect(`${address}${diagnostic ?? ''}`).not.toMatch(/[\u0000-\u001f\u202e]/);
      },
    ),
    { numRuns: 30 },
  );
});

test.each([
  ['delivery '.repeat(7_000)],
  ['failed '.repeat(9_000)],
  ['could not send '.repeat(4_000)],
  [`undeliverable lee@fabrikam.example\n${' '.repeat(64_000)}x`],
  [
    `undeliverable\n${'lee@fabrikam.example\n'.repeat(3_000).replaceAll(/lee/g, () => `l${Math.random()}`)}`,
  ],
])('takes no time, whatever a stranger calls a report: %#', (text) => {
  const took = startThreadTime();
  readBareReport(text, { subject: 'x', isFromSystem: true, failedRecipients: '' });
  expect(took()).toBeLessThan(1500);
});
