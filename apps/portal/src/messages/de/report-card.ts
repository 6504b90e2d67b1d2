import type { reportCard as reportCardWords } from '../en/report-card.ts';
import type { Words } from '../words.ts';

export const reportCard: Words<typeof reportCardWords> = {
  heading: 'Zustellbericht',
  show: 'Die gesendete Nachricht zeigen',
  elsewhere: 'Er betrifft eine Nachricht, die Sie aus Outlook gesendet haben.',
  unknown:
    'Er betrifft eine Nachricht, die nicht von hier gesendet wurde. Haben Sie sie auch nicht aus Outlook gesendet, so hat jemand Ihre Adresse in eine fremde Nachricht geschrieben: Sie müssen nichts tun.',
};
