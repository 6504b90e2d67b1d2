import type { ReportOfRow } from '@holdfast/contracts';
import { expect, test } from 'vitest';
import { reportedPreview, reportedSubject } from './report-words.ts';

const FAILED: ReportOfRow = {
  sent: 'here',
  action: 'failed',
  recipient: 'lee@fabrikam.example',
  others: 0,
  reason: 'mailbox-full',
};
const subject = (report: ReportOfRow | null) => reportedSubject({ report });

test('a report is listed by what it says', () => {
  expect(subject(FAILED)).toBe('Not delivered to lee@fabrikam.example: mailbox full');
  expect(subject({ ...FAILED, others: 2, reason: 'unknown' })).toBe(
    'Not delivered to lee@fabrikam.example and 2 more',
  );
  expect(subject({ ...FAILED, action: 'delayed', reason: 'gave-up' })).toBe(
    'Delayed to lee@fabrikam.example: could not be reached',
  );
});

test('one about what was never sent from here says so, and keeps its subject', () => {
  const forged = { ...FAILED, sent: 'unknown' as const };
  expect(subject(forged)).toBeNull();
  expect(reportedPreview({ report: forged })).toBe('About a message that was not sent from here');
  expect(reportedPreview({ report: FAILED })).toBe('Mailbox full');
  expect(reportedPreview({ report: { ...FAILED, reason: 'unknown' } })).toBeNull();
});

test('ordinary mail and good news keep their own words', () => {
  expect(subject(null)).toBeNull();
  expect(subject({ ...FAILED, action: 'delivered' })).toBeNull();
  expect(reportedPreview({ report: null })).toBeNull();
});
