import type { UndoneMessage } from '@holdfast/application';
import type { UndoneDraft } from '@holdfast/contracts';

export function presentUndone(undone: UndoneMessage): UndoneDraft {
  const { to, cc, bcc, subject, text, html, isQuoting, answersItem, uploads } = undone;
  return {
    to,
    cc,
    bcc,
    subject,
    text,
    html,
    isQuoting,
    about: answersItem === null ? null : { itemId: answersItem, mode: 'reply' },
    uploads,
  };
}
