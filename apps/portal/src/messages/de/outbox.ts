import type { outbox as outboxWords, leave as leaveWords } from '../en/outbox.ts';
import type { Words } from '../words.ts';

export const outbox: Words<typeof outboxWords> = {
  heading: 'Postausgang',
  lead: 'Was Sie gesendet haben und was noch wartet: auf eine Verbindung oder auf seine Anhänge. Es bleibt auf diesem Gerät und geht ab, jede Nachricht einmal, sobald diese Seite mit Verbindung geöffnet ist.',
  loading: 'Der Postausgang wird geladen',
  emptyHeading: 'Nichts wartet',
  empty: 'Was Sie ohne Verbindung senden, wartet hier, bis es eine gibt.',
  state: {
    sending: 'Wird gesendet',
    waiting: 'Wartet auf eine Verbindung',
    server: 'Der Server nimmt sie noch nicht an; sie geht von selbst ab',
    'sign-in': 'Wartet, bis Sie sich angemeldet haben',
    update: 'Wartet, bis die Seite neu geladen ist',
    'other-user': 'Wartet, bis Sie hier wieder angemeldet sind',
    files: 'Geht ab, sobald die Anhänge hochgeladen sind',
    takingBack: 'Wird zurückgeholt',
    sent: 'Gesendet',
  },
  filesOf: (done, total) => `${done} von ${total} hochgeladen`,
  filesLabel: 'Hochladen der Anhänge',
  changes: (count) =>
    count === 1
      ? 'Auch 1 Änderung an Ihren Nachrichten wartet auf eine Verbindung.'
      : `Auch ${count} Änderungen an Ihren Nachrichten warten auf eine Verbindung.`,
  overHeading: 'Nicht gesendet',
  overText: 'Kopieren Sie den Text und senden Sie ihn aus Outlook.',
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
