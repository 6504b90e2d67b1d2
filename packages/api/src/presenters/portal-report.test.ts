import type { TraceRow } from '@holdfast/application';
import type { SettledReport } from '@holdfast/domain';
import { describe, expect, test } from 'vitest';
import { presentDelivery, presentReportOfRow } from './portal-report.ts';

const FULL = {
  address: 'lee@fabrikam.example',
  action: 'failed' as const,
  reply: '552 5.2.2 Mailbox full',
};
const REPORT: SettledReport = { sent: 'here', messageId: 'm', recipients: [FULL] };
const ROW: TraceRow = {
  messageId: '<1@mail.example>',
  recipient: 'lee@fabrikam.example',
  sender: 'ada@contoso.example',
  subject: 'Figures',
  state: 'delivered',
  reply: '250 OK',
  acceptedAt: 1,
  at: 1,
};

describe('a list says of a report', () => {
  test('the worst, of whom, and why', () => {
    const recipients = [
      { address: 'kim@fabrikam.example', action: 'delayed' as const, reply: '4.4.1' },
      FULL,
      { ...FULL, address: 'bo@fabrikam.example' },
    ];
    expect(presentReportOfRow({ ...REPORT, recipients })).toEqual({
      sent: 'here',
      action: 'failed',
      recipient: 'lee@fabrikam.example',
      others: 1,
      reason: 'mailbox-full',
    });
  });

  test('nothing where there is none', () => expect(presentReportOfRow(null)).toBeNull());
});

describe('under a sent message', () => {
  const said = (report: SettledReport, row: TraceRow = ROW) =>
    presentDelivery(row, [{ report, at: 2 }]);

  test('a report that came later takes the place of “accepted”, and another address can be tried', () => {
    expect(said(REPORT)).toEqual({
      recipient: 'lee@fabrikam.example',
      state: 'bounced',
      words:
        'Not delivered, as fabrikam.example reported afterwards: the mailbox there is full. Reach the person another way (552 5.2.2 Mailbox full)',
      mayCorrect: true,
    });
  });

  test('a delay is no failure', () => {
    const delayed = { ...FULL, action: 'delayed' as const, reply: '4.4.1 no answer' };
    expect(said({ ...REPORT, recipients: [delayed] })).toMatchObject({
      state: 'deferred',
      words: 'Not delivered yet: fabrikam.example is tried further (4.4.1 no answer)',
      mayCorrect: false,
    });
  });

  test('what we know ourselves counts before what is reported', () => {
    const bounced = { ...ROW, state: 'bounced' as const, reply: '550 5.1.1 unknown' };
    expect(said(REPORT, bounced).words).toContain('the address does not exist');
    expect(said(REPORT, { ...ROW, state: 'deferred' }).words).toContain('Waiting');
  });

  test('a report about somebody else changes nothing', () => {
    expect(said(REPORT, { ...ROW, recipient: 'kim@fabrikam.example' }).words).toBe(
      'Accepted by fabrikam.example',
    );
  });
});
