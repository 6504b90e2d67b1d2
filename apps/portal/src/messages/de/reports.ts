import type { ReportOfRow } from '@holdfast/contracts';
import type { reports as reportsWords } from '../en/reports.ts';
import type { Words } from '../words.ts';

const REASONS: Readonly<Record<ReportOfRow['reason'], string>> = {
  'no-such-address': 'Adresse gibt es nicht',
  'no-such-domain': 'Domain gibt es nicht',
  'mailbox-full': 'Postfach voll',
  'mailbox-off': 'Postfach abgeschaltet',
  'too-large': 'Nachricht zu groß',
  'content-refused': 'für unerwünscht gehalten',
  'sender-refused': 'unserem Server wird dort nicht vertraut',
  'not-permitted': 'dort nicht erlaubt',
  'gave-up': 'nicht erreichbar',
  unknown: '',
};

function because(reason: ReportOfRow['reason']): string {
  return REASONS[reason] === '' ? '' : `: ${REASONS[reason]}`;
}

function of({ recipient, others }: ReportOfRow): string {
  return others === 0 ? recipient : `${recipient} und ${others} weitere`;
}

export const reports: Words<typeof reportsWords> = {
  failed: (report) => `Nicht zugestellt an ${of(report)}${because(report.reason)}`,
  delayed: (report) => `Verzögert an ${of(report)}${because(report.reason)}`,
  /** A line of its own: a phone cuts the subject before it comes to that. */
  why: ({ reason }) => `${REASONS[reason]}`,
  notFromHere: 'Betrifft eine Nachricht, die nicht von hier gesendet wurde',
};
