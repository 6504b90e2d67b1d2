import type { aboutDrill as original } from '../en/about-drill.ts';
import type { Words } from '../words.ts';

export const aboutDrill: Words<typeof original> = {
  title: 'Die Übung',
  lead: (at) => `Das ist eine Übung. Office 365 funktioniert. Die Übung endet ${at}.`,
  reason: (reason) => `Wozu sie dient: ${reason}`,
  tryHeading: 'Was Sie versuchen können',
  try: [
    'Finden Sie eine Nachricht der letzten Tage, über die Suche oder einen Ordner.',
    'Schreiben Sie jemandem eine Nachricht. Das zählt als Ihr Teil der Übung.',
    'Öffnen Sie diese Adresse auch auf Ihrem Telefon, und bewahren Sie sie dort auf.',
  ],
  safeHeading: 'Was nicht geschehen kann',
  safe: [
    'Was Sie hier schreiben, wird nicht gesendet. Wer von Ihren Kollegen an der Übung teilnimmt, sieht es hier; sonst bekommt es niemand.',
    'Ihre echten Nachrichten bleiben, wie sie sind: Öffnen, Verschieben und Löschen ändern in Outlook nichts.',
    'Ist die Übung vorbei, ist das hier Geschriebene weg. Ein echter Notfall beendet eine Übung sofort.',
  ],
};
