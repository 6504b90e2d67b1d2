import type { MailboxRow } from '@holdfast/contracts';

/** A message that was read, in the Inbox, and with nothing special. */
export function aRow(
  change: Pick<MailboxRow, 'id' | 'receivedAt'> & Partial<MailboxRow>,
): MailboxRow {
  return {
    folder: 'inbox',
    from: null,
    to: [],
    subject: '',
    preview: '',
    isRead: true,
    isFlagged: false,
    attachments: 0,
    viaGroup: null,
    ownFolder: null,
    sinceEvent: false,
    conversation: null,
    report: null,
    ...change,
  };
}
