import type { MailboxFound } from '@holdfast/contracts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { trpc } from '../api.ts';

const PAGE_SIZE = 50;

/** What was found; older pages as they are asked for. The last answer stays while the next is on its way. */
export function useSearch(query: string) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const found = useInfiniteQuery(
    trpc.mailbox.search.infiniteQueryOptions(
      { query, zone, limit: PAGE_SIZE },
      {
        enabled: query !== '',
        getNextPageParam: (last: MailboxFound) => last.nextCursor,
        placeholderData: keepPreviousData,
        staleTime: 30_000,
        refetchOnWindowFocus: false,
      },
    ),
  );
  const rows = useMemo(() => found.data?.pages.flatMap((page) => page.rows) ?? [], [found.data]);
  return { found, rows, first: found.data?.pages[0] };
}
