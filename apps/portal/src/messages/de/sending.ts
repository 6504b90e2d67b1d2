import type { sending as sendingWords } from '../en/sending.ts';
import type { Words } from '../words.ts';

export const sending: Words<typeof sendingWords> = {
  sent: 'Gesendet. Sie finden die Nachricht im Ordner Gesendet.',
  practised:
    'Übung: nicht gesendet. Bis zum Ende der Übung liegt die Nachricht hier unter „Gesendet“.',
  sending: 'Wird gesendet',
  notSent: 'Nicht gesendet.',
  text: 'Nachricht',
  discard: 'Entwurf verwerfen',
  discarded: 'Entwurf verworfen',
  kept: 'Ein anderes Gerät hat seither an diesem Entwurf geschrieben. Er ist noch da.',
};
