import type { outboxNews as outboxNewsWords } from '../en/outbox-news.ts';
import type { Words } from '../words.ts';

export const outboxNews: Words<typeof outboxNewsWords> = {
  waits: {
    network:
      'Keine Verbindung. Ihre Nachricht wartet auf diesem Gerät und geht ab, wenn diese Seite mit Verbindung geöffnet ist.',
    server:
      'Der Server konnte Ihre Nachricht gerade nicht annehmen. Es wird von selbst noch einmal versucht.',
    'sign-in': 'Ihre Nachricht wartet auf diesem Gerät. Melden Sie sich an, dann geht sie ab.',
    update: 'Ihre Nachricht wartet auf diesem Gerät. Laden Sie die Seite neu, dann geht sie ab.',
    'other-user': 'Ihre Nachricht wartet auf diesem Gerät, bis Sie hier wieder angemeldet sind.',
    files: 'Ihre Nachricht geht von selbst ab, sobald ihre Anhänge hochgeladen sind.',
  },
  notDone: {
    read: 'Die Markierung als gelesen oder ungelesen gilt nicht.',
    flagged: 'Die Kennzeichnung gilt nicht.',
    move: 'Die Nachricht wurde nicht verschoben.',
  },
  left: 'Die Nachricht war schon abgegangen und kann nicht zurückgeholt werden. Sie liegt im Ordner Gesendet.',
  over: 'Eine Ihrer Nachrichten konnte vor dem Ende nicht gesendet werden. Ihr Text bleibt zum Kopieren im Postausgang.',
  show: 'Anzeigen',
  open: 'Öffnen',
};
