import type { folders as foldersWords } from '../en/folders.ts';
import type { Words } from '../words.ts';

export const folders: Words<typeof foldersWords> = {
  inbox: 'Posteingang',
  sent: 'Gesendet',
  drafts: 'Entwürfe',
  archive: 'Archiv',
  deleted: 'Gelöscht',
  junk: 'Junk',
};
