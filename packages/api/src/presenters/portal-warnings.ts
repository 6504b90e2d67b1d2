import type { MessageView } from '@holdfast/contracts';
import type { SenderWarning } from '@holdfast/domain';

type WarningView = MessageView['warnings'][number];

/** What is odd about the sender, and what to do about it. */
export function presentWarning(warning: SenderWarning): WarningView {
  const { level, words } = wordsOf(warning);
  return { kind: warning.kind, level, words };
}

function wordsOf(warning: SenderWarning): Pick<WarningView, 'level' | 'words'> {
  switch (warning.kind) {
    case 'own-domain-unproved':
      return {
        level: 'problem',
        words: `This claims to come from ${warning.domain}, your own organisation, and nothing proves it. Ask the sender in another way before you do what it says.`,
      };
    case 'look-alike-domain':
      return {
        level: 'problem',
        words: `${warning.domain} looks like ${warning.own} and is not. Do not open links or files, and do not pay anything, before you have asked in another way.`,
      };
    case 'colleague-name':
      return {
        level: 'problem',
        words: `The name is that of a colleague, ${warning.name} (${warning.address}). This comes from another address, outside your organisation.`,
      };
    case 'address-in-name':
      return {
        level: 'problem',
        words: `The sender’s name shows ${warning.shown}. That is not where this comes from.`,
      };
    case 'reply-elsewhere':
      return {
        level: 'attention',
        words: `An answer goes to ${warning.address}, not to the sender’s own domain.`,
      };
    case 'first-time':
      return {
        level: 'attention',
        words: `The first message from ${warning.address} in the last 30 days.`,
      };
  }
}
