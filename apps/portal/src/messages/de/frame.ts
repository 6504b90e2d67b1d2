import type { nav as navWords } from '../en/frame.ts';
import type { Words } from '../words.ts';

export const nav: Words<typeof navWords> = {
  label: 'Ordner',
  conversations: 'Nachrichten zu Unterhaltungen zusammenfassen',
  search: 'Suche',
  people: 'Personen',
  meetings: 'Termine',
  write: 'Schreiben',
  writing: 'Signatur und Senden',
  skip: 'Zu den Nachrichten',
  account: 'Angemeldet als',
  ownAccount: 'Anmeldung und Geräte',
};
