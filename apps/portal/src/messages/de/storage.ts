import type { storage as storageWords } from '../en/storage.ts';
import type { Words } from '../words.ts';

export const storage: Words<typeof storageWords> = {
  refused:
    'Dieser Browser bewahrt auf diesem Gerät nichts auf. Lassen Sie diese Seite offen, bis alles gesendet ist; meist liegt es an einem privaten Fenster.',
  full: 'Auf diesem Gerät ist kein Platz mehr. Was Sie schreiben, ist sicher, sobald es auf dem Server ist: Lassen Sie diese Seite offen, bis alles gesendet ist, und schaffen Sie etwas Platz.',
  sevenDays:
    'iPhone und iPad entfernen, was eine Seite aufbewahrt, die sieben Tage nicht geöffnet war. Öffnen Sie diese vorher; vom Home-Bildschirm aus gilt die Grenze nicht.',
};
