import type { linkQuestion as linkQuestionWords } from '../en/link-question.ts';
import type { Words } from '../words.ts';

export const linkQuestion: Words<typeof linkQuestionWords> = {
  heading: 'Dieser Link führt woandershin',
  doubt: {
    'other-host': (leads, says) => `Da steht ${says}. Er führt zu ${leads}.`,
    'look-alike': (leads) =>
      `Er führt zu ${leads}. Der Name enthält Buchstaben, die wie andere aussehen können.`,
    'hides-host': (leads) =>
      `Er ist so geschrieben, dass er wie eine andere Adresse aussieht. Er führt zu ${leads}.`,
  },
  advice:
    'Haben Sie das nicht erwartet, bleiben Sie hier und fragen Sie den Absender auf anderem Weg.',
  stay: 'Hier bleiben',
  openAnyway: (leads) => `${leads} öffnen`,
};
