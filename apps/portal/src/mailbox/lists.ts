import type { ConversationOfRow, MailboxFolder, MailboxPage } from '@holdfast/contracts';
import type { InfiniteData } from '@tanstack/react-query';
import { queryClient, trpc } from '../api.ts';
import { isGrouped } from './grouping.ts';

export const PAGE_SIZE = 50;
/** First part of the key of what looks for new mail in a folder. */
export const POLL = 'mailbox-poll';
type Pages = InfiniteData<MailboxPage, string | null>;

export function listOptions(folder: MailboxFolder, grouped: boolean) {
  return trpc.mailbox.list.infiniteQueryOptions(
    { folder, grouped, limit: PAGE_SIZE },
    {
      getNextPageParam: (last) => last.nextCursor,
      // Kept fresh by the poll of the first page, never by loading every page again.
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
    },
  );
}

type Change = (pages: readonly MailboxPage[]) => readonly MailboxPage[];

function changed(old: Pages | undefined, change: Change): Pages | undefined {
  if (old === undefined || !Array.isArray(old.pages)) return old;
  const pages = [...change(old.pages)];
  return { ...old, pages, pageParams: old.pageParams.slice(0, pages.length) };
}

export function changeFolder(
  folder: MailboxFolder,
  change: Change,
  grouped: boolean = isGrouped(),
): void {
  // tRPC types what came over the wire as mutable; here it never is.
  const key: readonly unknown[] = listOptions(folder, grouped).queryKey;
  queryClient.setQueryData<Pages>(key, (old) => changed(old, change));
}

/** Every list that is loaded: folders and what was found. */
export function changeLists(change: Change): void {
  for (const key of [trpc.mailbox.list.pathKey(), trpc.mailbox.search.pathKey()])
    queryClient.setQueriesData<Pages>({ queryKey: key }, (old) => changed(old, change));
}

/** What a list that is loaded says of the conversation of a message. */
export function conversationInLists(itemId: string): ConversationOfRow | null {
  for (const [, list] of queryClient.getQueriesData<Pages>({
    queryKey: trpc.mailbox.list.pathKey(),
  }))
    for (const page of list?.pages ?? [])
      for (const { conversation } of page.rows)
        if (conversation?.itemIds.includes(itemId) === true) return conversation;
  return null;
}

/** Every list that is open looks at its beginning, every other one when it is opened: however much of it is loaded. */
export function lookForMail(): void {
  void queryClient.invalidateQueries({ queryKey: [POLL] });
  void queryClient.invalidateQueries({ queryKey: trpc.mailbox.folders.queryKey() });
}

export function refreshCounts(): void {
  void queryClient.invalidateQueries({ queryKey: trpc.mailbox.folders.queryKey() });
  void queryClient.invalidateQueries({ queryKey: trpc.mailbox.ownFolders.queryKey() });
}
