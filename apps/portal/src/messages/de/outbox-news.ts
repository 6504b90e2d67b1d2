import type { outboxNews as outboxNewsWords } from '../en/outbox-news.ts';
import type { Words } from '../words.ts';

export const outboxNews: Words<typeof outboxNewsWords> = {
  waits: {
    network:
      'Ihre Nachricht wartet auf diesem Gerät und geht ab, wenn diese Seite mit Verbindung geöffnet ist.',
    server:
      'Ihre Nachricht wartet auf diesem Gerät: Der Server nimmt sie noch nicht an. Sie geht von selbst ab.',
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
  left: 'Die Nachricht war schon abgegangen. Sie liegt im Ordner Gesendet.',
  over: 'Eine Nachricht wurde vor dem Ende nicht gesendet. Ihr Text bleibt im Postausgang, zum Kopieren.',
  show: 'Anzeigen',
  open: 'Öffnen',
};
