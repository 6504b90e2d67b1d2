import type { outbox as outboxWords, leave as leaveWords } from '../en/outbox.ts';
import type { Words } from '../words.ts';

export const outbox: Words<typeof outboxWords> = {
  heading: 'Postausgang',
  lead: 'Was Sie ohne Verbindung gesendet haben. Es bleibt auf diesem Gerät und geht von selbst ab, jede Nachricht einmal.',
  loading: 'Der Postausgang wird geladen',
  emptyHeading: 'Nichts wartet',
  empty: 'Was Sie ohne Verbindung senden, wartet hier und geht von selbst ab.',
  waits: {
    network: 'Keine Verbindung. Ihre Nachricht wartet auf diesem Gerät und geht von selbst ab.',
    server:
      'Der Server konnte Ihre Nachricht gerade nicht annehmen. Es wird von selbst noch einmal versucht.',
    'sign-in': 'Ihre Nachricht wartet auf diesem Gerät. Melden Sie sich an, dann geht sie ab.',
    update: 'Ihre Nachricht wartet auf diesem Gerät. Laden Sie die Seite neu, dann geht sie ab.',
    'other-user': 'Ihre Nachricht wartet auf diesem Gerät, bis Sie hier wieder angemeldet sind.',
  },
  state: {
    sending: 'Wird gesendet',
    waiting: 'Wartet auf eine Verbindung',
    server: 'Der Server konnte sie nicht annehmen; es wird von selbst noch einmal versucht',
    'sign-in': 'Wartet, bis Sie sich angemeldet haben',
    update: 'Wartet, bis die Seite neu geladen ist',
    'other-user': 'Wartet, bis Sie hier wieder angemeldet sind',
    takingBack: 'Wird zurückgeholt',
    sent: 'Gesendet',
  },
  changes: (count) =>
    count === 1
      ? 'Auch 1 Änderung an Ihren Nachrichten wartet auf eine Verbindung.'
      : `Auch ${count} Änderungen an Ihren Nachrichten warten auf eine Verbindung.`,
  left: 'Die Nachricht war schon abgegangen und kann nicht zurückgeholt werden. Sie liegt im Ordner Gesendet.',
  over: 'Eine Ihrer Nachrichten konnte vor dem Ende nicht gesendet werden. Ihr Text bleibt zum Kopieren im Postausgang.',
  overHeading: 'Nicht gesendet',
  overText: 'Kopieren Sie den Text und senden Sie ihn aus Outlook.',
  show: 'Anzeigen',
  open: 'Öffnen',
  sendNow: 'Jetzt versuchen',
  takeBack: 'Zurückholen',
  copy: 'Text kopieren',
  copied: 'Kopiert',
  remove: 'Von diesem Gerät entfernen',
};

export const leave: Words<typeof leaveWords> = {
  heading: (count) =>
    count === 1
      ? '1 Nachricht ist noch nicht gesendet'
      : `${count} Nachrichten sind noch nicht gesendet`,
  text: 'Sie gehen nur ab, solange Sie angemeldet sind. Melden Sie sich ab, bleiben sie auf diesem Gerät. Niemand sonst, der sich hier anmeldet, sieht sie, und sie gehen ab, wenn Sie sich hier wieder anmelden.',
  stay: 'Angemeldet bleiben',
  leave: 'Abmelden',
};
