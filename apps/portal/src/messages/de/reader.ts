import type { reader as readerWords } from '../en/reader.ts';
import type { Words } from '../words.ts';

export const reader: Words<typeof readerWords> = {
  back: (folder) => `Zurück: ${folder}`,
  opened: (subject) => `Geöffnet: ${subject}`,
  from: 'Von',
  to: 'An',
  cc: 'Cc',
  bcc: 'Bcc',
  replyTo: 'Antworten gehen an',
  sent: 'Gesendet',
  checks: 'Geprüft',
  reply: 'Antworten',
  replyAll: 'Allen antworten',
  forward: 'Weiterleiten',
  archive: 'Archivieren',
  delete: 'Löschen',
  flag: 'Kennzeichnen',
  unflag: 'Kennzeichen entfernen',
  markUnread: 'Als ungelesen markieren',
  toInbox: 'In den Posteingang',
  notJunk: 'Kein Junk',
  more: 'Mehr',
  print: 'Drucken',
  source: 'Quelltext anzeigen',
  warnings: 'Sehen Sie zweimal hin',
  remoteBlocked:
    'Bilder aus dem Internet sind nicht geladen. Sie würden dem Absender verraten, wann und wo Sie dies geöffnet haben.',
  showRemote: 'Bilder anzeigen',
  alwaysShow: (address) => `Immer von ${address}`,
  shownAlways: (address) => `Bilder von ${address} werden immer geladen.`,
  stopAlways: 'Nicht mehr',
  trackers: (count) =>
    count === 1
      ? '1 Bild zur Nachverfolgung wurde entfernt.'
      : `${count} Bilder zur Nachverfolgung wurden entfernt.`,
  frame: 'Text der Nachricht',
  quoted: 'Frühere Nachrichten',
  attachments: (count) => (count === 1 ? '1 Anhang' : `${count} Anhänge`),
  download: 'Herunterladen',
  show: 'Anzeigen',
  opensTab: 'öffnet sich in einem neuen Tab',
  previewFailed: 'Das konnte nicht geladen werden. Laden Sie es stattdessen herunter.',
  previewCut: 'Nur der Anfang ist zu sehen. Laden Sie es herunter, um alles zu sehen.',
  close: 'Schließen',
  emptyBody: 'Diese Nachricht hat keinen Text.',
  sealedBody: 'Der Text ist hier nicht lesbar.',
  viaGroup: (group) => `Gesendet an die Gruppe ${group}`,
  loadingInvitation: 'Die Einladung wird geöffnet',
  ownFolder: (name) => `In Outlook liegt sie in Ihrem Ordner ${name}`,
  deliveries: 'Stand der Zustellung',
  correct: 'An eine andere Adresse senden',
  leadsTo: (host) => `führt zu ${host}`,
  doubtHeading: 'Dieser Link führt woandershin',
  doubt: {
    'other-host': (leads, says) => `Da steht ${says}. Er führt zu ${leads}.`,
    'look-alike': (leads) =>
      `Er führt zu ${leads}. Der Name enthält Buchstaben, die wie andere aussehen können.`,
    'hides-host': (leads) =>
      `Er ist so geschrieben, dass er wie eine andere Adresse aussieht. Er führt zu ${leads}.`,
  },
  doubtAdvice:
    'Haben Sie das nicht erwartet, bleiben Sie hier und fragen Sie den Absender auf anderem Weg.',
  stay: 'Hier bleiben',
  openAnyway: (leads) => `${leads} öffnen`,
};
