import type { outboxStrip as outboxStripWords } from '../en/outbox-strip.ts';
import type { Words } from '../words.ts';

export const outboxStrip: Words<typeof outboxStripWords> = {
  title: 'Postausgang',
  waiting: (count) =>
    count === 1
      ? '1 Nachricht wartet auf das Senden'
      : `${count} Nachrichten warten auf das Senden`,
  over: (count) =>
    count === 1 ? '1 Nachricht wurde nicht gesendet' : `${count} Nachrichten wurden nicht gesendet`,
  show: 'Anzeigen',
};
