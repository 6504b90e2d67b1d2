import type { MailboxFolder, MailboxPage } from '@holdfast/contracts';
import { useInfiniteQuery, useMutation, useQuery, type InfiniteData } from '@tanstack/react-query';
import { useMemo } from 'react';
import { POLL_EVERY, problemOf, queryClient, trpc } from '../api.ts';
import { en } from '../messages/en.ts';
import { showSnack } from '../parts/snackbar.tsx';
import { mergeHead } from './merge-head.ts';

const PAGE_SIZE = 50;
type Pages = InfiniteData<MailboxPage, string | null>;

function listOptions(folder: MailboxFolder) {
  return trpc.mailbox.list.infiniteQueryOptions(
    { folder, limit: PAGE_SIZE },
    {
      getNextPageParam: (last) => last.nextCursor,
      // Kept fresh by the poll of the first page, never by loading every page again.
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
    },
  );
}

function changePages(
  folder: MailboxFolder,
  change: (pages: readonly MailboxPage[]) => readonly MailboxPage[],
): void {
  // tRPC types what came over the wire as mutable; here it never is.
  const key: readonly unknown[] = listOptions(folder).queryKey;
  queryClient.setQueryData<Pages>(key, (old) => {
    if (old === undefined) return old;
    const pages = [...change(old.pages)];
    return { pages, pageParams: old.pageParams.slice(0, pages.length) };
  });
}

export function useMailboxList(folder: MailboxFolder) {
  const list = useInfiniteQuery(listOptions(folder));
  const poll = useQuery({
    queryKey: ['mailbox-poll', folder],
    queryFn: async () => {
      const head = await queryClient.fetchQuery(
        trpc.mailbox.list.queryOptions(
          { folder, limit: PAGE_SIZE },
          { staleTime: 0, retry: false },
        ),
      );
      changePages(folder, (pages) => mergeHead(pages, head));
      void queryClient.invalidateQueries({ queryKey: trpc.mailbox.folders.queryKey() });
      return head.rows.length;
    },
    enabled: list.isSuccess,
    refetchInterval: POLL_EVERY,
    refetchOnWindowFocus: 'always',
    // Without this the list would be asked for twice when a folder is opened.
    initialData: 0,
    initialDataUpdatedAt: () => Date.now(),
    staleTime: POLL_EVERY,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  return { list, poll, rows };
}

export function useFolders() {
  return useQuery(trpc.mailbox.folders.queryOptions(undefined, { staleTime: POLL_EVERY }));
}

function refreshCounts(): void {
  void queryClient.invalidateQueries({ queryKey: trpc.mailbox.folders.queryKey() });
}

function showFailure(error: unknown): void {
  showSnack({ text: `${en.actions.failed} ${problemOf(error).message}`, tone: 'problem' });
}

function showRead(itemIds: readonly string[], isRead: boolean): void {
  for (const folder of ['inbox', 'archive', 'deleted', 'junk', 'sent'] as const)
    changePages(folder, (pages) =>
      pages.map((page) => ({
        ...page,
        rows: page.rows.map((row) => (itemIds.includes(row.id) ? { ...row, isRead } : row)),
      })),
    );
}

export function showAsRead(itemId: string): void {
  showRead([itemId], true);
  refreshCounts();
}

export function useSetRead() {
  return useMutation(
    trpc.mailbox.setRead.mutationOptions({
      onMutate: ({ itemIds, isRead }) => {
        showRead(itemIds, isRead);
        // Opened again, it has to be asked for again: that is what marks it as read.
        for (const itemId of itemIds)
          void queryClient.invalidateQueries({
            queryKey: trpc.mailbox.read.queryKey({ itemId }),
            refetchType: 'none',
          });
      },
      onError: showFailure,
      onSettled: refreshCounts,
    }),
  );
}

export function useSetFlagged() {
  return useMutation(
    trpc.mailbox.setFlagged.mutationOptions({
      onMutate: ({ itemIds, isFlagged }) => {
        for (const folder of FLAGGED_IN)
          changePages(folder, (pages) =>
            pages.map((page) => ({
              ...page,
              rows: page.rows.map((row) =>
                itemIds.includes(row.id) ? { ...row, isFlagged } : row,
              ),
            })),
          );
        for (const itemId of itemIds)
          queryClient.setQueryData(trpc.mailbox.read.queryKey({ itemId }), (old) =>
            old === undefined ? old : { ...old, isFlagged },
          );
      },
      onError: showFailure,
    }),
  );
}

const FLAGGED_IN = ['inbox', 'archive', 'deleted', 'junk', 'sent'] as const;

/** Where a message can be moved to; Sent is not among them, so what was sent cannot be moved and put back. */
export type MoveTarget = 'inbox' | 'archive' | 'deleted' | 'junk';

export function isMoveTarget(folder: MailboxFolder): folder is MoveTarget {
  return folder === 'inbox' || folder === 'archive' || folder === 'deleted' || folder === 'junk';
}

/** Done at once, with undo. */
export function useMove() {
  const move = useMutation(trpc.mailbox.move.mutationOptions());

  function run(itemId: string, from: MoveTarget, to: MoveTarget, isUndo: boolean): void {
    void queryClient.cancelQueries({ queryKey: ['mailbox-poll', from] });
    changePages(from, (pages) =>
      pages.map((page) => ({ ...page, rows: page.rows.filter((row) => row.id !== itemId) })),
    );
    // A promise, not the callbacks of `mutate`: those are dropped when the reader that began this is closed.
    void move
      .mutateAsync({ itemIds: [itemId], folder: to })
      .then(() => {
        if (isUndo) showSnack({ text: en.actions.undone });
        else
          showSnack({
            text: to === 'deleted' ? en.actions.deleted : en.actions.movedToInbox,
            action: { label: en.actions.undo, run: () => run(itemId, to, from, true) },
          });
      }, showFailure)
      .finally(() => {
        refreshCounts();
        for (const folder of [from, to])
          void queryClient.invalidateQueries({ queryKey: listOptions(folder).queryKey });
      });
  }

  return (itemId: string, from: MoveTarget, to: MoveTarget) => run(itemId, from, to, false);
}
