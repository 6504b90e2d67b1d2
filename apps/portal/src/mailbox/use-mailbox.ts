import type { MailboxFolder } from '@holdfast/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { POLL_EVERY, portal, queryClient, trpc } from '../api.ts';
import { useGrouped } from './grouping.ts';
import { changeFolder, listOptions, PAGE_SIZE, POLL, refreshCounts } from './lists.ts';
import { mergeHead } from './merge-head.ts';
import { useOlder, type Older } from './use-older.ts';
import { knowingAll, waitingChanges } from './waiting-changes.ts';
import { withChanges } from './with-changes.ts';

export function useMailboxList(folder: MailboxFolder) {
  const grouped = useGrouped();
  const list = useInfiniteQuery(listOptions(folder, grouped));
  const poll = useQuery({
    queryKey: [POLL, folder, grouped],
    queryFn: async ({ signal }) => {
      const head = await knowingAll(() =>
        portal.mailbox.list.query({ folder, grouped, limit: PAGE_SIZE }, { signal }),
      );
      changeFolder(
        folder,
        (pages) => mergeHead(pages, withChanges(head, pages, folder, waitingChanges())),
        grouped,
      );
      refreshCounts();
      return head.rows.length;
    },
    enabled: list.data !== undefined,
    refetchInterval: POLL_EVERY,
    refetchOnWindowFocus: 'always',
    // Without this the list would be asked for twice when a folder is opened.
    initialData: 0,
    // A list that was kept on the device is as old as it is, and asked for anew at once; one that is being asked for is not.
    initialDataUpdatedAt: () =>
      queryClient.getQueryState(listOptions(folder, grouped).queryKey)?.dataUpdatedAt || undefined,
    staleTime: POLL_EVERY,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  return { list, poll, rows };
}

/** What is older than the list that is loaded. */
export function useOlderMail(folder: MailboxFolder): Older {
  const grouped = useGrouped();
  const { queryKey } = listOptions(folder, grouped);
  const { data } = useInfiniteQuery(listOptions(folder, grouped));
  return useOlder(queryKey, data, async (cursor) =>
    withChanges(
      await portal.mailbox.list.query({ folder, grouped, limit: PAGE_SIZE, cursor }),
      [],
      folder,
      waitingChanges(),
    ),
  );
}

export function useFolders() {
  return useQuery(trpc.mailbox.folders.queryOptions(undefined, { staleTime: POLL_EVERY }));
}
