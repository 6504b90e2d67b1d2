import type { eventPage as eventPageWords } from '../en/event-page.ts';
import type { Words } from '../words.ts';

const rules =
  'Regeln, Weiterleitungen und Kategorien von Outlook sowie die Journalfunktion gelten hier nicht.';

export const eventPage: Words<typeof eventPageWords> = {
  title: 'Der Ausfall',
  titleOver: 'Nach dem Ausfall',
  active: (since) => `Office 365 ist ausgefallen, seit ${since}.`,
  plannedEnd: (at) =>
    `Ihre Organisation will den Notfallbetrieb so beenden: ${at}. Er endet früher, wenn Office 365 wieder da ist, und später, wenn nicht.`,
  unplanned:
    'Der Notfallbetrieb endet, wenn Office 365 wieder da ist. Dann bekommen Sie eine Nachricht.',
  hereHeading: 'Was hier geht',
  here: [
    'Eintreffende E-Mails sind hier, meist nach Sekunden, und kommen danach in Ihren Posteingang in Outlook.',
    'Was Sie schreiben, geht von Ihrer gewohnten Adresse ab und kommt danach in Ihre gesendeten Elemente.',
    'Was Sie hier lesen, kennzeichnen, verschieben oder löschen, wird danach in Outlook nachgeholt. Nichts wird endgültig gelöscht.',
    'Ohne Verbindung können Sie weiterschreiben. Es bleibt auf diesem Gerät und geht von selbst ab.',
  ],
  notHereHeading: 'Was nicht geht',
  notHere: {
    whole: [rules],
    partly: [
      'Nicht alle internen und nicht alle gesendeten E-Mails aus der Zeit vor dem Ausfall sind schon hier.',
      rules,
    ],
    none: [
      'Interne E-Mails und gesendete E-Mails aus der Zeit vor dem Ausfall sind nicht hier.',
      rules,
    ],
  },
  over: (at) => `Office 365 ist wieder da, seit ${at}. Bitte arbeiten Sie wieder in Outlook.`,
  mineHeading: 'Was aus Ihren E-Mails wurde',
  received: 'Alles, was hier eintraf, ist in Outlook oder auf dem Weg dorthin.',
  receivedSettled: 'Alles, was hier eintraf, ist in Outlook.',
  nothingSent: 'Sie haben von hier nichts gesendet.',
  sent: (written, putBack) => {
    if (written !== putBack)
      return written === 1
        ? 'Die Nachricht, die Sie von hier gesendet haben, ist noch nicht bei den gesendeten Elementen.'
        : `Von ${written} Nachrichten, die Sie von hier gesendet haben, sind ${putBack} schon bei den gesendeten Elementen.`;
    return written === 1
      ? 'Die Nachricht, die Sie von hier gesendet haben, ist bei den gesendeten Elementen.'
      : `Alle ${written} Nachrichten, die Sie von hier gesendet haben, sind bei den gesendeten Elementen.`;
  },
  left: (count) =>
    count === 1
      ? '1 kann nicht dorthin: Signierte oder versiegelte E-Mails wären nicht mehr dieselben.'
      : `${count} können nicht dorthin: Signierte oder versiegelte E-Mails wären nicht mehr dieselben.`,
  download: 'Gesendetes herunterladen',
  done: 'Was Sie hier gelesen, gekennzeichnet, verschoben oder gelöscht haben, ist in Outlook nachgeholt, sofern es dort nicht inzwischen geändert wurde.',
  readOnlyHeading: 'Was Sie hier jetzt tun können',
  readOnly: (until) =>
    `Dieses Postfach ist nur noch zum Lesen da. Lesen und suchen können Sie bis ${until}, dann wird es geschlossen.`,
  late: (until) =>
    `Was Sie während des Ausfalls geschrieben haben und was nicht gesendet werden konnte, geht noch bis ${until} von selbst ab, von dem Gerät, auf dem Sie es geschrieben haben.`,
};
