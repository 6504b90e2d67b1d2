import type { meetings as meetingsWords } from '../en/meetings.ts';
import type { Words } from '../words.ts';

export const meetings: Words<typeof meetingsWords> = {
  heading: 'Termine',
  loading: 'Termine werden geladen',
  asOf: (when) => `Stand: ${when}. Spätere Änderungen sind nicht hier.`,
  absent: 'Ihr Kalender ist nicht hier',
  absentText:
    'Ihre Organisation hat diesem Postfach nicht erlaubt, Kalender zu lesen, oder es ist noch nicht geschehen. Einladungen, die als E-Mail kamen, sind in Ihrem Posteingang.',
  none: 'Keine Termine',
  noneText: 'Für die nächsten 30 Tage steht nichts in Ihrem Kalender.',
  allDay: 'Ganztägig',
  noSubject: '(kein Betreff)',
  organizer: 'Von',
  cancelled: 'Abgesagt',
  now: 'Jetzt',
  private: 'Privat',
  join: 'Teilnehmen',
  joinIt: (subject) => `An ${subject} teilnehmen`,
};
