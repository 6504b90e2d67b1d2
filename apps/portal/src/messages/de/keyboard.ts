import type { keyboard as keyboardWords } from '../en/keyboard.ts';
import type { Words } from '../words.ts';

export const keyboard: Words<typeof keyboardWords> = {
  title: 'Tastatur',
  on: 'Tastenkürzel',
  close: 'Schließen',
  keys: [
    ['j', 'Nächste Nachricht'],
    ['k', 'Vorige Nachricht'],
    ['o', 'Öffnen'],
    ['u', 'Zurück zur Liste'],
    ['c', 'Schreiben'],
    ['r', 'Antworten'],
    ['a', 'Allen antworten'],
    ['f', 'Weiterleiten'],
    ['e', 'Archivieren'],
    ['#', 'Löschen'],
    ['!', 'Junk'],
    ['x', 'Auswählen; mit Umschalttaste und Klick bis dorthin'],
    ['z', 'Rückgängig'],
    ['I', 'Als gelesen markieren'],
    ['U', 'Als ungelesen markieren'],
    ['/', 'E-Mails durchsuchen'],
    ['?', 'Diese Liste'],
  ],
};
