import type { MailboxRow } from '@holdfast/contracts';
import { reports as words } from '../messages/en/reports.ts';

/** In place of what the mail system of somebody else wrote above its report: what became of which message. */
export function reportedSubject({ report }: Pick<MailboxRow, 'report'>): string | null {
  // Rows that an earlier version has kept on this device know nothing of reports.
  if (!report || report.sent === 'unknown' || report.action === 'delivered') return null;
  return words[report.action](report);
}

/** In place of its beginning: why, or what a report is worth that is about nothing sent from here. */
export function reportedPreview({ report }: Pick<MailboxRow, 'report'>): string | null {
  if (!report) return null;
  if (report.sent === 'unknown') return words.notFromHere;
  if (report.action === 'delivered') return null;
  const why = words.why(report);
  return why === '' ? null : why.charAt(0).toUpperCase() + why.slice(1);
}
