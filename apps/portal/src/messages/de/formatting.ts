import type { formatting as formattingWords } from '../en/formatting.ts';
import type { Words } from '../words.ts';

export const formatting: Words<typeof formattingWords> = {
  toolbar: 'Formatierung',
  bold: 'Fett',
  italic: 'Kursiv',
  bullets: 'Aufzählung',
  numbers: 'Nummerierte Liste',
  quote: 'Zitat',
  link: 'Link',
  keys: { bold: 'Strg+B', italic: 'Strg+I', link: 'Strg+K' },
  linkAddress: 'Adresse des Links',
  linkPlaceholder: 'example.com oder name@example.com',
  linkSet: 'Link setzen',
  linkRemove: 'Link entfernen',
  cancel: 'Abbrechen',
  noLink: 'Ein Link führt zu einer Seite oder einer E-Mail-Adresse, zum Beispiel example.com.',
};
