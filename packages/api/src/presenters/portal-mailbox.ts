import type {
  listMailbox,
  MailboxListItem,
  readConversation,
  searchMailbox,
} from '@holdfast/application';
import type { MailboxFound, MailboxPage, MailboxRow } from '@holdfast/contracts';
import { toIso, toIsoOrNull } from './instant.ts';
import { presentReportOfRow } from './portal-report.ts';
import { presentCursor, presentSearchCursor } from './portal-cursor.ts';

export function presentMailboxPage(page: Awaited<ReturnType<typeof listMailbox>>): MailboxPage {
  return {
    rows: page.items.map((item) => presentMailboxRow(item, page.outageSince)),
    nextCursor: presentCursor(page.next),
  };
}

export function presentFound(page: Awaited<ReturnType<typeof searchMailbox>>): MailboxFound {
  const { terms, unclear } = page.search;
  return {
    rows: page.items.map((item) => presentMailboxRow(item, page.outageSince)),
    nextCursor: presentSearchCursor(page.next),
    words: terms
      .filter(({ isExcluded }) => !isExcluded)
      .flatMap(({ words }) => words.map(({ word, isBeginning }) => ({ word, isBeginning }))),
    unclear,
    missingSince: toIsoOrNull(page.missingSince),
  };
}

export function presentConversation(
  conversation: Awaited<ReturnType<typeof readConversation>>,
): readonly MailboxRow[] {
  return conversation.items.map((item) => presentMailboxRow(item, conversation.outageSince));
}

/** `outageSince`: ms since epoch; null outside an event. */
export function presentMailboxRow(item: MailboxListItem, outageSince: number | null): MailboxRow {
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
    ownFolder: item.ownFolder,
    report: presentReportOfRow(item.report),
    conversation: item.conversation,
    sinceEvent: outageSince !== null && item.acceptedAt >= outageSince,
  };
}
