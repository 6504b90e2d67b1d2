import type { uploading as uploadingWords } from '../en/uploading.ts';
import type { Words } from '../words.ts';

export const uploading: Words<typeof uploadingWords> = {
  unreadable: 'Die Datei wurde seither verschoben oder geändert. Wählen Sie sie noch einmal.',
  failed: 'Der Server hat sie nicht angenommen. Versuchen Sie es noch einmal.',
};
