import type { offline as offlineWords } from '../en/offline.ts';
import type { Words } from '../words.ts';

export const offline: Words<typeof offlineWords> = {
  newer: 'Es gibt eine neuere Version. Was Sie geschrieben haben, bleibt.',
  reload: 'Neu laden',
  ownPhone: 'Ist das Ihr eigenes Gerät?',
  ownPhoneText:
    'Dann bleiben gesehene E-Mails während des Notfallbetriebs darauf und öffnen sich ohne Verbindung. Beim Abmelden werden sie entfernt.',
  ownPhoneYes: 'Ja, E-Mails hier behalten',
  ownPhoneNo: 'Nein',
  kept: 'E-Mails auf diesem Gerät',
  keep: 'Gesehene E-Mails während des Notfallbetriebs auf diesem Gerät behalten',
  keepText:
    'Nur auf Ihrem eigenen Gerät. Sie werden entfernt, wenn Sie sich abmelden und wenn der Notfallbetrieb endet. Was Sie schreiben und was noch zu senden ist, bleibt in jedem Fall.',
};
