import type { quoted as quotedWords } from '../en/quoted.ts';
import type { Words } from '../words.ts';

export const quoted: Words<typeof quotedWords> = {
  wrote: (date, name) => `Am ${date} schrieb ${name}:`,
  forwardLabels: {
    begin: '---------- Weitergeleitete Nachricht ----------',
    from: 'Von',
    date: 'Datum',
    subject: 'Betreff',
    to: 'An',
  },
};
