import type { MailboxPage } from '@holdfast/contracts';
import type { QueryKey } from '@tanstack/react-query';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { queryClient } from '../api.ts';
import { withOlder, type Pages } from './with-older.ts';

/** What comes after the last page that is loaded. */
export interface Older {
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  /** Asked for in vain: tried again when somebody says so, never by itself. */
  readonly hasFailed: boolean;
  readonly load: () => void;
}

/**
 * Adds a page to the list as it is when the answer comes. `fetchNextPage` adds it to the list as it was when it was asked
 * for: what was moved, marked or came in meanwhile would be undone.
 */
export function useOlder<Page extends MailboxPage>(
  key: QueryKey,
  data: Pages<Page> | undefined,
  ask: (cursor: string) => Promise<Page>,
): Older {
  const cursor = data?.pages.at(-1)?.nextCursor ?? null;
  const [last, setLast] = useState<{ readonly cursor: string; readonly hasFailed: boolean }>();
  const latest = useRef({ key, ask });
  useLayoutEffect(() => {
    latest.current = { key, ask };
  });
  const load = useCallback(() => {
    if (cursor === null) return;
    const to = latest.current;
    setLast({ cursor, hasFailed: false });
    queryClient
      // Asked for once, however often; kept in the list alone.
      .fetchQuery({ queryKey: ['older', to.key, cursor], queryFn: () => to.ask(cursor), gcTime: 0 })
      .then(
        (page) => {
          queryClient.setQueryData<Pages<Page>>(to.key, (old) => withOlder(old, cursor, page));
          setLast(undefined);
        },
        () => setLast({ cursor, hasFailed: true }),
      );
  }, [cursor]);
  const own = last?.cursor === cursor ? last : undefined;
  return {
    hasMore: cursor !== null,
    isLoading: own?.hasFailed === false,
    hasFailed: own?.hasFailed === true,
    load,
  };
}
