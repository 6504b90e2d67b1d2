import type { push as pushWords } from '../en/push.ts';
import type { Words } from '../words.ts';

export const push: Words<typeof pushWords> = {
  heading: 'Neues auf diesem Gerät',
  tell: 'Auf diesem Gerät sagen, wenn neue E-Mails kommen',
  tellText:
    'Während des Notfallbetriebs, auch wenn diese Seite geschlossen ist. Die Nachricht sagt, dass es neue E-Mails gibt, und weder was darin steht noch von wem sie sind. Mit dem Abmelden endet das.',
  cannot: {
    denied:
      'Die Einstellungen Ihres Browsers für diese Seite lehnen Mitteilungen ab. Erlauben Sie sie dort und kommen Sie dann wieder hierher.',
    'needs-home-screen':
      'Auf iPhone und iPad geht das nur vom Home-Bildschirm aus: Tippen Sie in Safari auf „Teilen“, dann auf „Zum Home-Bildschirm“, und öffnen Sie das Postfach von dort.',
    unsupported:
      'Dieser Browser kann bei geschlossener Seite nichts von neuen E-Mails sagen. Öffnen Sie die Seite, um nachzusehen.',
  },
  browserAsks: 'Ihr Browser fragt, ob diese Seite Mitteilungen senden darf. Antworten Sie dort.',
  notAnswered: 'Ihr Browser hat kein Ja bekommen; auf diesem Gerät wird nichts gesagt.',
  browserRefused:
    'Ihr Browser konnte das nicht einrichten: Private Fenster können es nicht, oder sein Mitteilungsdienst ist nicht erreichbar. Auf diesem Gerät wird nichts gesagt; die Seite zeigt neue E-Mails wie bisher.',
  ask: 'Soll dieses Gerät sagen, wenn neue E-Mails kommen?',
  askText: 'Auch bei geschlossener Seite. Die Nachricht sagt nichts vom Inhalt der E-Mails.',
  askYes: 'Ja, sagen',
  askNo: 'Jetzt nicht',
  isOn: 'Dieses Gerät sagt es, wenn neue E-Mails kommen.',
  isOff: 'Auf diesem Gerät wird nichts gesagt. Das ändern Sie unter „Ihr Konto und Ihre Geräte“.',
};
