import { describe, expect, test } from 'vitest';
import {
  latestWord,
  mayBeReport,
  settleReport,
  type DeliveryReport,
  type ReportableMessage,
} from './delivery-report.ts';

const SENT: ReportableMessage = {
  id: 'spool-1',
  messageId: '<1@mail.example>',
  sent: 'here',
  recipients: ['Lee@fabrikam.example', 'kim@fabrikam.example'],
};
const LEE = {
  address: 'lee@fabrikam.example',
  action: 'failed' as const,
  status: '5.2.2',
  diagnostic: '552 5.2.2 Mailbox full',
};
const REPORT: DeliveryReport = {
  recipients: [LEE],
  envelopeId: null,
  messageIds: ['<1@mail.example>'],
  from: 'mailer-daemon@fabrikam.example',
  authenticationResults: null,
};

test.each([
  '',
  'MAILER-DAEMON@x.example',
  'postmaster@x.example',
  'MicrosoftExchange329e71ec88@x.example',
])('a message from %j may be a report', (sender) => expect(mayBeReport(sender)).toBe(true));

test('one from a person is none', () => {
  expect(mayBeReport('postmaster.jones@x.example')).toBe(false);
  expect(mayBeReport('lee@fabrikam.example')).toBe(false);
});

describe('a report', () => {
  test('is about what its addressee sent, and to whom', () => {
    expect(settleReport(REPORT, [SENT])).toEqual({
      sent: 'here',
      messageId: 'spool-1',
      recipients: [
        { address: 'Lee@fabrikam.example', action: 'failed', reply: '552 5.2.2 Mailbox full' },
      ],
    });
  });

  test('about a message that nobody sent here marks nothing', () => {
    expect(settleReport(REPORT, [])).toMatchObject({ sent: 'unknown', messageId: null });
    const other = { ...SENT, messageId: '<2@mail.example>' };
    expect(settleReport(REPORT, [other])).toMatchObject({ sent: 'unknown', messageId: null });
  });

  test('that names somebody who was never written to marks nothing', () => {
    const recipients = [{ ...LEE, address: 'mallory@evil.example' }];
    expect(settleReport({ ...REPORT, recipients }, [SENT]).sent).toBe('unknown');
  });

  test('whose own sender failed our check marks nothing', () => {
    const authenticationResults = 'mx.example; dmarc=fail header.from=fabrikam.example';
    expect(settleReport({ ...REPORT, authenticationResults }, [SENT]).sent).toBe('unknown');
    const unproved = 'mx.example; spf=none; dmarc=none';
    expect(settleReport({ ...REPORT, authenticationResults: unproved }, [SENT]).sent).toBe('here');
  });

  test('names the message by our envelope id where its id is gone', () => {
    const named = { ...REPORT, messageIds: [], envelopeId: 'spool-1' };
    expect(settleReport(named, [SENT]).messageId).toBe('spool-1');
  });

  test('of the address it was forwarded to is about the only one written to', () => {
    const recipients = [{ ...LEE, address: 'lee@new-home.example' }];
    const alone = { ...SENT, recipients: ['lee@fabrikam.example'] };
    expect(settleReport({ ...REPORT, recipients }, [alone]).recipients).toMatchObject([
      { address: 'lee@fabrikam.example' },
    ]);
  });

  test('about what was sent from Outlook is known and marks nothing', () => {
    expect(settleReport(REPORT, [{ ...SENT, sent: 'elsewhere' }])).toMatchObject({
      sent: 'elsewhere',
      messageId: null,
    });
  });

  test.each([
    ['5.1.1', 'No such user', '5.1.1 No such user'],
    ['5.0.0', '550 5.1.1 no\r\n such user', '550 5.1.1 no such user'],
    ['5.2.2', null, '5.2.2'],
    [null, null, null],
  ])('keeps %j and %j in one line', (status, diagnostic, reply) => {
    const recipients = [{ ...LEE, status, diagnostic }];
    expect(settleReport({ ...REPORT, recipients }, [SENT]).recipients[0]?.reply).toBe(reply);
  });
});

describe('of several reports', () => {
  const report = (action: 'delayed' | 'failed' | 'delivered', at: number) => ({
    at,
    report: {
      sent: 'here' as const,
      messageId: 'spool-1',
      recipients: [{ address: 'lee@fabrikam.example', action, reply: null }],
    },
  });

  test('a failure outweighs what came before and after', () => {
    const reports = [report('failed', 2), report('delayed', 3), report('delayed', 1)];
    expect(latestWord(reports, 'LEE@fabrikam.example')).toMatchObject({ action: 'failed', at: 2 });
  });

  test('else the latest holds', () => {
    const reports = [report('delivered', 2), report('delayed', 1)];
    expect(latestWord(reports, 'lee@fabrikam.example')?.action).toBe('delivered');
    expect(latestWord(reports, 'kim@fabrikam.example')).toBeNull();
  });
});
