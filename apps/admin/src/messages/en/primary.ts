import type { OverviewShape, PrimaryStateWord } from '../vocabulary.ts';

/** What is known about Office 365, and from where. */
export const primary = {
  sentence: (state: PrimaryStateWord, shape: OverviewShape, since: string): string => {
    switch (state) {
      case 'healthy':
        return `Office 365 accepts mail and mailboxes open. Since ${since}.`;
      case 'recovering':
        return `Office 365 is coming back. Watching until it stays. Since ${since}.`;
      case 'suspect':
        return `${shapeSentence(shape, 'may')} Since ${since}.`;
      case 'down':
        return `${shapeSentence(shape, 'is')} Since ${since}.`;
    }
  },
  unseenWord: 'Not observed yet',
  unseen: 'Nothing has been observed yet. No traffic is not the same as healthy.',
  sources: 'What was seen last',
  source: (source: string): string => SOURCE_WORDS[source] ?? source,
};

const SOURCE_WORDS: Readonly<Record<string, string>> = {
  relay: 'Delivery to Office 365',
  'smtp-probe': 'SMTP probe',
  'sign-in-probe': 'Sign-in probe',
  'mailbox-probe': 'Mailbox probe',
  'service-health': 'Microsoft’s service health',
};

function shapeSentence(shape: OverviewShape, certainty: 'may' | 'is'): string {
  const down = certainty === 'is';
  switch (shape) {
    case 'transport':
      return down ? 'Office 365 does not accept mail.' : 'Office 365 may not be accepting mail.';
    case 'mailbox':
      return down
        ? 'Office 365 accepts mail but nobody can open a mailbox.'
        : 'Mailboxes in Office 365 may not open.';
    case 'identity':
      return down
        ? 'Nobody can sign in to Office 365.'
        : 'Signing in to Office 365 may be failing.';
    case 'throttled':
      return 'Office 365 accepts mail only slowly.';
    case 'mixed':
      return down
        ? 'Several parts of Office 365 fail at once.'
        : 'Several parts of Office 365 may be failing.';
    case null:
      return down ? 'Office 365 is not working.' : 'Something looks wrong with Office 365.';
  }
}
