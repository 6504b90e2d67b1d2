import type { listMailbox, MailboxListItem, searchMailbox } from '@holdfast/application';
import type { MailboxPage, MailboxRow } from '@holdfast/contracts';
import { toIso } from './instant.ts';
import { presentCursor, presentSearchCursor } from './portal-cursor.ts';

export function presentMailboxPage(page: Awaited<ReturnType<typeof listMailbox>>): MailboxPage {
  return {
    rows: page.items.map((item) => presentMailboxRow(item, page.eventBegan)),
    nextCursor: presentCursor(page.next),
  };
}

export function presentFound(page: Awaited<ReturnType<typeof searchMailbox>>): MailboxPage {
  return {
    rows: page.items.map((item) => presentMailboxRow(item, page.eventBegan)),
    nextCursor: presentSearchCursor(page.next),
  };
}

/** `eventBegan`: ms since epoch; null outside an event. */
export function presentMailboxRow(item: MailboxListItem, eventBegan: number | null): MailboxRow {
  return {
    id: item.id,
    folder: item.folder,
    from: item.from,
    to: item.to,
    subject: item.subject,
    preview: item.preview,
    receivedAt: toIso(item.receivedAt),
    isRead: item.isRead,
    isFlagged: item.isFlagged,
    attachments: item.attachments,
    viaGroup: item.viaGroup,
    sinceEvent: eventBegan !== null && item.acceptedAt >= eventBegan,
  };
}
