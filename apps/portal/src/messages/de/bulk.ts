import type { bulk as bulkWords } from '../en/bulk.ts';
import type { Words } from '../words.ts';

const messages = (count: number, one: string, many: string): string =>
  count === 1 ? one : `${count} ${many}`;

export const bulk: Words<typeof bulkWords> = {
  label: 'Was mit den ausgewählten Nachrichten geschehen soll',
  selected: (count) => (count === 0 ? 'Nachrichten auswählen' : `${count} ausgewählt`),
  all: 'Alle auswählen',
  end: 'Auswahl beenden',
  read: 'Gelesen',
  unread: 'Ungelesen',
  flag: 'Kennzeichnen',
  unflag: 'Kennzeichen weg',
  archive: 'Archivieren',
  delete: 'Löschen',
  junk: 'Junk',
  notJunk: 'Kein Junk',
  toInbox: 'Posteingang',
  move: 'Verschieben',
  moveTo: 'In Ordner verschieben',
  readAll: (folder) => `Alle in ${folder} als gelesen markieren`,
  newer: (count) => (count === 1 ? '1 neue Nachricht' : `${count} neue Nachrichten`),
  pull: 'Ziehen, um nach neuen E-Mails zu sehen',
  release: 'Loslassen, um nach neuen E-Mails zu sehen',
  done: {
    read: (count) => messages(count, 'Als gelesen markiert', 'als gelesen markiert'),
    unread: (count) => messages(count, 'Als ungelesen markiert', 'als ungelesen markiert'),
    flagged: (count) => messages(count, 'Gekennzeichnet', 'gekennzeichnet'),
    unflagged: (count) => messages(count, 'Kennzeichen entfernt', 'ohne Kennzeichen'),
    inbox: (count) =>
      messages(count, 'In den Posteingang verschoben', 'in den Posteingang verschoben'),
    archive: (count) => messages(count, 'Archiviert', 'archiviert'),
    deleted: (count) => messages(count, 'Gelöscht', 'gelöscht'),
    junk: (count) => messages(count, 'In Junk verschoben', 'in Junk verschoben'),
    allRead: (count) => messages(count, '1 als gelesen markiert', 'als gelesen markiert'),
  },
};
