import { formatCount } from '../../format/counts.ts';
import { bytes } from '../../format/bytes.ts';
import { countedMessages } from './counted-nouns.ts';

export const mailboxCopies = {
  title: 'Mailboxes from Office 365',
  text: 'The last thirty days of each protected mailbox, its folders, sent mail and meetings are kept here as well, so that an event shows a mailbox and not only the mail that passed through us.',
  absent: 'Not permitted',
  absentText:
    'Mail between colleagues and sent mail from before an event are not in emergency mailboxes, nor are meetings, and nothing that was done there is carried back. Permit the mailbox tier under Connection.',
  current: 'All here',
  copying: 'Being copied',
  refused: 'Refused',
  nobody: 'Nobody is protected yet.',
  progress: (current: number, users: number) =>
    `${formatCount(current)} of ${formatCount(users)} mailboxes are all here`,
  copied: (messages: number, size: number, today: number) =>
    `${countedMessages(messages)} copied, ${bytes(size)}; ${bytes(today)} today`,
  looked: (when: string) => `Every mailbox was looked at since ${when}.`,
  forbidden: (count: number) =>
    count === 1 ? '1 mailbox may not be read.' : `${formatCount(count)} mailboxes may not be read.`,
  said: (detail: string) => `Office 365 said: ${detail}`,
  failed: (count: number) =>
    count === 1
      ? '1 mailbox is gone or cannot be understood; it is tried again.'
      : `${formatCount(count)} mailboxes are gone or cannot be understood; they are tried again.`,
};
