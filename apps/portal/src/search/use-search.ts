import type { MailboxFound } from '@holdfast/contracts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { portal, trpc } from '../api.ts';
import { useOlder } from '../mailbox/use-older.ts';

const PAGE_SIZE = 50;

/** What was found; older pages as they are asked for. The last answer stays while the next is on its way. */
export function useSearch(query: string) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const input = { query, zone, limit: PAGE_SIZE };
  const options = trpc.mailbox.search.infiniteQueryOptions(input, {
    enabled: query !== '',
    getNextPageParam: (last: MailboxFound) => last.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    refetchOnWindowFocus: false,
  });
  const found = useInfiniteQuery(options);
  const rows = useMemo(() => found.data?.pages.flatMap((page) => page.rows) ?? [], [found.data]);
  // The last answer, while the next is on its way, is of another search.
  const shown = found.isPlaceholderData ? undefined : found.data;
  const older = useOlder(options.queryKey, shown, (cursor) =>
    portal.mailbox.search.query({ ...input, cursor }),
  );
  return { found, older, rows, first: found.data?.pages[0] };
}
