import type { ownFolders as ownFoldersWords } from '../en/own-folders.ts';
import type { Words } from '../words.ts';

export const ownFolders: Words<typeof ownFoldersWords> = {
  heading: 'Ihre Ordner in Outlook',
};
