import type { ReportOfRow } from '@holdfast/contracts';

const REASONS: Readonly<Record<ReportOfRow['reason'], string>> = {
  'no-such-address': 'no such address',
  'no-such-domain': 'no such domain',
  'mailbox-full': 'mailbox full',
  'mailbox-off': 'mailbox switched off',
  'too-large': 'message too large',
  'content-refused': 'taken for unwanted mail',
  'sender-refused': 'our server is not trusted there',
  'not-permitted': 'not permitted there',
  'gave-up': 'could not be reached',
  unknown: '',
};

function because(reason: ReportOfRow['reason']): string {
  return REASONS[reason] === '' ? '' : `: ${REASONS[reason]}`;
}

function of({ recipient, others }: ReportOfRow): string {
  return others === 0 ? recipient : `${recipient} and ${others} more`;
}

/** Of delivery reports, in lists. */
export const reports = {
  failed: (report: ReportOfRow) => `Not delivered to ${of(report)}${because(report.reason)}`,
  delayed: (report: ReportOfRow) => `Delayed to ${of(report)}${because(report.reason)}`,
  /** A line of its own: a phone cuts the subject before it comes to that. */
  why: ({ reason }: ReportOfRow) => `${REASONS[reason]}`,
  notFromHere: 'About a message that was not sent from here',
} as const;
