import type {
  drill as drillWords,
  leftSent as leftSentWords,
  event as eventWords,
} from '../en/event.ts';
import type { Words } from '../words.ts';

export const leftSent: Words<typeof leftSentWords> = {
  text: (count) =>
    count === 1
      ? '1 Nachricht, die Sie von hier gesendet haben, kann nicht zu den gesendeten Elementen.'
      : `${count} Nachrichten, die Sie von hier gesendet haben, können nicht zu den gesendeten Elementen.`,
  download: 'Gesendetes herunterladen',
};

export const event: Words<typeof eventWords> = {
  active: (since) => `Office 365 ist ausgefallen, seit ${since}.`,
  activeText:
    'Mit diesem Postfach arbeiten Sie weiter. Was Sie hier senden, kommt danach in Ihre gesendeten Elemente.',
  recovering: (at) => `Office 365 ist wieder da, seit ${at}.`,
  recoveringPlain: 'Office 365 ist wieder da.',
  recoveringText:
    'Bitte arbeiten Sie wieder in Outlook. Was Sie hier gesendet haben, kommt gerade in Ihre gesendeten Elemente.',
  readOnlyUntil: (date) => `Lesen können Sie hier noch bis ${date}.`,
  plannedEnd: (at) => `Geplantes Ende: ${at}.`,
  more: 'Was das bedeutet',
  noEvent: 'Dieses Postfach ist zum Lesen geöffnet.',
};

export const drill: Words<typeof drillWords> = {
  region: 'Übung',
  label: 'ÜBUNG',
  running: (until) =>
    `Office 365 funktioniert. Üben Sie hier bis ${until}: Was Sie schreiben, wird nicht gesendet, und Ihre echten Nachrichten bleiben, wie sie sind.`,
  before:
    'Sie wurden gebeten, an einer Übung teilzunehmen. Melden Sie sich mit den Angaben aus der Nachricht an.',
  over: 'Die Übung ist vorbei. An Ihren Nachrichten hat sich nichts geändert, und das hier Geschriebene ist weg. Vielen Dank.',
  overForEvent:
    'Die Übung ist vorbei, weil ein echter Notfall begonnen hat. Er betrifft Sie nicht: Arbeiten Sie wie gewohnt in Outlook.',
};
