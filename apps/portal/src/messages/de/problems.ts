import type { problems as problemsWords } from '../en/problems.ts';
import type { Words } from '../words.ts';

export const problems: Words<typeof problemsWords> = {
  network:
    'Keine Verbindung. Nichts ist verloren; versuchen Sie es noch einmal, sobald es eine gibt.',
  internal: 'Bei uns ist etwas schiefgegangen. Versuchen Sie es in einer Minute noch einmal.',
  outdated:
    'Es gibt eine neuere Version dieser Seite. Laden Sie sie neu; was Sie geschrieben haben, bleibt.',
  partMissing: 'Dieser Teil der Seite ist noch nicht auf diesem Gerät',
  partMissingText:
    'Er kommt, sobald es eine Verbindung gibt. Laden Sie die Seite dann neu; was Sie geschrieben haben, bleibt.',
  reload: 'Neu laden',
  retry: 'Noch einmal versuchen',
};
