import type { writing as writingWords } from '../en/writing.ts';
import type { Words } from '../words.ts';

export const writing: Words<typeof writingWords> = {
  heading: 'Signatur und Senden',
  loading: 'Ihre Einstellungen werden geladen',
  signature: 'Signatur',
  signatureHint: 'Einfacher Text, unter dem, was Sie schreiben, und über dem Zitat.',
  use: 'In neue Nachrichten einsetzen. Bei jeder lässt sich das umschalten.',
  suggest: 'Aus dem Verzeichnis ausfüllen',
  undo: 'Zeit, eine gesendete Nachricht zurückzuholen',
  undoHint: 'Eine Nachricht geht ab, wenn diese Zeit vorbei ist.',
  seconds: (count) => (count === 0 ? 'Keine: Sie geht sofort ab' : `${count} Sekunden`),
  save: 'Speichern',
  saving: 'Wird gespeichert',
  saved: 'Gespeichert',
};
