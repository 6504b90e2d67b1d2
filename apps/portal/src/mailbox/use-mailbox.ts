import type { MailboxFolder } from '@holdfast/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { POLL_EVERY, queryClient, trpc } from '../api.ts';
import { useGrouped } from './grouping.ts';
import { changeFolder, listOptions, PAGE_SIZE, refreshCounts } from './lists.ts';
import { mergeHead } from './merge-head.ts';

export function useMailboxList(folder: MailboxFolder) {
  const grouped = useGrouped();
  const list = useInfiniteQuery(listOptions(folder, grouped));
  const poll = useQuery({
    queryKey: ['mailbox-poll', folder, grouped],
    queryFn: async () => {
      const head = await queryClient.fetchQuery(
        trpc.mailbox.list.queryOptions(
          { folder, grouped, limit: PAGE_SIZE },
          { staleTime: 0, retry: false },
        ),
      );
      changeFolder(folder, (pages) => mergeHead(pages, head));
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

export function useFolders() {
  return useQuery(trpc.mailbox.folders.queryOptions(undefined, { staleTime: POLL_EVERY }));
}
