import type { invitation as invitationWords } from '../en/invitation.ts';
import type { Words } from '../words.ts';

export const invitation: Words<typeof invitationWords> = {
  when: 'Wann',
  where: 'Wo',
  who: 'Wer',
  by: 'Von',
  repeats: 'Serie',
  join: 'Teilnehmen',
  theirTime: (time, zone) => `${time} (${zone})`,
  anyZone: 'nach der Uhr, wo Sie sind',
  more: (count) => `und ${count} weitere`,
  answers: { accepted: 'zugesagt', declined: 'abgesagt', tentative: 'mit Vorbehalt', none: '' },
  answerNote:
    'Beantworten Sie sie in Outlook, wenn Office 365 wieder da ist, oder jetzt mit einer E-Mail.',
};
