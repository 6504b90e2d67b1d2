import type { push as pushWords } from '../en/push.ts';
import type { Words } from '../words.ts';

export const push: Words<typeof pushWords> = {
  heading: 'Neues auf diesem Gerät',
  tell: 'Auf diesem Gerät Bescheid geben, wenn neue E-Mails kommen',
  tellText:
    'Während des Notfallbetriebs, auch wenn diese Seite geschlossen ist. Die Mitteilung sagt nur, dass es neue E-Mails gibt: nicht, was darin steht oder von wem sie sind. Mit dem Abmelden endet das.',
  cannot: {
    denied:
      'Die Einstellungen Ihres Browsers für diese Seite lehnen Mitteilungen ab. Erlauben Sie sie dort und kommen Sie dann wieder hierher.',
    'needs-home-screen':
      'Auf iPhone und iPad geht das nur vom Home-Bildschirm aus: Tippen Sie in Safari auf „Teilen“, dann auf „Zum Home-Bildschirm“, und öffnen Sie das Postfach von dort.',
    unsupported:
      'Dieser Browser kann bei geschlossener Seite nicht Bescheid geben. Öffnen Sie die Seite, um nachzusehen.',
  },
  browserAsks: 'Ihr Browser fragt, ob diese Seite Mitteilungen senden darf. Antworten Sie dort.',
  notAnswered: 'Ihr Browser hat kein Ja bekommen; dieses Gerät gibt nicht Bescheid.',
  browserRefused:
    'Ihr Browser konnte das nicht einrichten: Private Fenster können es nicht, oder sein Mitteilungsdienst ist nicht erreichbar. Dieses Gerät gibt nicht Bescheid; die Seite zeigt neue E-Mails wie bisher.',
  ask: 'Soll dieses Gerät Bescheid geben, wenn neue E-Mails kommen?',
  askText: 'Auch bei geschlossener Seite. Die Mitteilung sagt nichts vom Inhalt der E-Mails.',
  askYes: 'Ja, Bescheid geben',
  askNo: 'Jetzt nicht',
  isOn: 'Dieses Gerät gibt Bescheid, wenn neue E-Mails kommen.',
  isOff: 'Dieses Gerät gibt nicht Bescheid. Das ändern Sie unter „Ihr Konto und Ihre Geräte“.',
};
