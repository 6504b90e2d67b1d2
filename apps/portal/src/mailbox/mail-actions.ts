import type { MailboxFolder, MailboxRow } from '@holdfast/contracts';
import { problemOf, queryClient, trpc } from '../api.ts';
import { bulk } from '../messages/en/bulk.ts';
import { en } from '../messages/en.ts';
import { showSnack } from '../parts/snackbar.tsx';
import { changeFolder, changeLists, refreshCounts } from './lists.ts';
import {
  itemsOf,
  itemsToMark,
  mapRows,
  withFlag,
  withoutRows,
  withRead,
  withRowsBack,
} from './row-changes.ts';

/** Where a message can be moved to; Sent is not among them, so what was sent cannot be moved and put back. */
export const MOVE_TARGETS = ['inbox', 'archive', 'junk', 'deleted'] as const;
export type MoveTarget = (typeof MOVE_TARGETS)[number];

export function isMoveTarget(folder: MailboxFolder): folder is MoveTarget {
  return MOVE_TARGETS.some((target) => target === folder);
}

/** Not the hooks of a component: what is done goes on when the message that began it is closed. */
const mutations = queryClient.getMutationCache();

/** Ids that one request takes. */
const MOST_AT_ONCE = 500;

/** What is done and its opposite: shown at once, then asked for; the opposite is the undo, or what follows a refusal. */
interface Deed {
  readonly show: () => void;
  readonly ask: (itemIds: string[]) => Promise<unknown>;
  readonly itemIds: readonly string[];
}

async function run(deed: Deed, opposite: Deed, text: string): Promise<void> {
  if (deed.itemIds.length === 0) return;
  deed.show();
  showSnack({
    text,
    action: { label: en.actions.undo, run: () => void undo(opposite, deed) },
  });
  await ask(deed, opposite);
}

async function undo(deed: Deed, opposite: Deed): Promise<void> {
  deed.show();
  showSnack({ text: en.actions.undone });
  await ask(deed, opposite);
}

async function ask(deed: Deed, opposite: Deed): Promise<void> {
  // A poll that is on its way would show what was before.
  await queryClient.cancelQueries({ queryKey: ['mailbox-poll'] });
  try {
    for (let at = 0; at < deed.itemIds.length; at += MOST_AT_ONCE)
      await deed.ask(deed.itemIds.slice(at, at + MOST_AT_ONCE));
  } catch (error) {
    opposite.show();
    showSnack({ text: `${en.actions.failed} ${problemOf(error).message}`, tone: 'problem' });
  }
  refreshCounts();
}

export function markRead(rows: readonly MailboxRow[], isRead: boolean): void {
  const itemIds = itemsToMark(rows, isRead);
  const text = isRead ? bulk.done.read(rows.length) : bulk.done.unread(rows.length);
  void run(readDeed(itemIds, isRead), readDeed(itemIds, !isRead), text);
}

function readDeed(itemIds: readonly string[], isRead: boolean): Deed {
  return {
    itemIds,
    show: () => {
      showRead(itemIds, isRead);
      // Opened again, it has to be asked for again: that is what marks it as read.
      for (const itemId of itemIds)
        void queryClient.invalidateQueries({
          queryKey: trpc.mailbox.read.queryKey({ itemId }),
          refetchType: 'none',
        });
    },
    ask: (ids) =>
      mutations
        .build(queryClient, trpc.mailbox.setRead.mutationOptions())
        .execute({ itemIds: ids, isRead }),
  };
}

function showRead(itemIds: readonly string[], isRead: boolean): void {
  const ids = new Set(itemIds);
  changeLists((pages) => mapRows(pages, (row) => withRead(row, ids, isRead)));
}

/** The server has marked it when it handed it out; the lists and the counts follow here. */
export function showAsRead(itemId: string): void {
  showRead([itemId], true);
  refreshCounts();
}

/** Of a conversation its newest message. */
export function markFlagged(
  rows: readonly Pick<MailboxRow, 'id' | 'isFlagged'>[],
  isFlagged: boolean,
): void {
  const itemIds = rows.filter((row) => row.isFlagged !== isFlagged).map(({ id }) => id);
  const text = isFlagged ? bulk.done.flagged(rows.length) : bulk.done.unflagged(rows.length);
  void run(flagDeed(itemIds, isFlagged), flagDeed(itemIds, !isFlagged), text);
}

function flagDeed(itemIds: readonly string[], isFlagged: boolean): Deed {
  const ids = new Set(itemIds);
  return {
    itemIds,
    show: () => {
      changeLists((pages) => mapRows(pages, (row) => withFlag(row, ids, isFlagged)));
      for (const itemId of itemIds)
        queryClient.setQueryData(trpc.mailbox.read.queryKey({ itemId }), (old) =>
          old === undefined ? old : { ...old, isFlagged },
        );
    },
    ask: (asked) =>
      mutations
        .build(queryClient, trpc.mailbox.setFlagged.mutationOptions())
        .execute({ itemIds: asked, isFlagged }),
  };
}

/** Rows of folders that nothing is moved out of, and those that are there already, stay. */
export function moveRows(rows: readonly MailboxRow[], to: MoveTarget): void {
  const moving = rows.filter(({ folder }) => isMoveTarget(folder) && folder !== to);
  const sources = new Set(moving.map(({ folder }) => folder).filter(isMoveTarget));
  const text = bulk.done[to](moving.length);
  if (sources.size !== 1) {
    // Found in several folders: each goes back to its own.
    for (const from of sources)
      void run(
        ...moveDeeds(
          moving.filter((row) => row.folder === from),
          from,
          to,
        ),
        text,
      );
    return;
  }
  for (const from of sources) void run(...moveDeeds(moving, from, to), text);
}

function moveDeeds(
  rows: readonly MailboxRow[],
  from: MoveTarget,
  to: MoveTarget,
): readonly [Deed, Deed] {
  const itemIds = rows.flatMap(itemsOf);
  const ids = new Set(rows.map(({ id }) => id));
  const ask = (folder: MoveTarget) => (asked: string[]) =>
    mutations
      .build(queryClient, trpc.mailbox.move.mutationOptions())
      .execute({ itemIds: asked, folder })
      .finally(forget);
  const place = (folder: MoveTarget): void =>
    changeLists((pages) =>
      mapRows(pages, (row) =>
        ids.has(row.id) && isMoveTarget(row.folder) ? { ...row, folder } : row,
      ),
    );
  // A folder that is not on the screen is loaded anew when it is opened.
  const forget = (): void => {
    for (const key of [trpc.mailbox.list.pathKey(), trpc.mailbox.read.pathKey()])
      queryClient.removeQueries({ queryKey: key, type: 'inactive' });
  };
  return [
    {
      itemIds,
      show: () => {
        place(to);
        changeFolder(from, (pages) => withoutRows(pages, ids));
      },
      ask: ask(to),
    },
    {
      itemIds,
      show: () => {
        place(from);
        changeFolder(to, (pages) => withoutRows(pages, ids));
        changeFolder(from, (pages) => withRowsBack(pages, rows));
      },
      ask: ask(from),
    },
  ];
}

/** Everything in the folder, loaded or not; undo marks the same messages and no other. */
export async function markAllRead(folder: MailboxFolder): Promise<void> {
  changeFolder(folder, (pages) =>
    mapRows(pages, (row) => withRead(row, new Set(itemsOf(row)), true)),
  );
  try {
    const { count, at } = await readAll({ folder, undoOf: null });
    showSnack({
      text: bulk.done.allRead(count),
      action: {
        label: en.actions.undo,
        run: () =>
          void readAll({ folder, undoOf: at }).then(() => {
            showSnack({ text: en.actions.undone });
            return queryClient.invalidateQueries({ queryKey: trpc.mailbox.list.pathKey() });
          }, showFailure),
      },
    });
  } catch (error) {
    showFailure(error);
    void queryClient.invalidateQueries({ queryKey: trpc.mailbox.list.pathKey() });
  }
  refreshCounts();
}

function readAll(input: {
  readonly folder: MailboxFolder;
  readonly undoOf: string | null;
}): Promise<{ readonly count: number; readonly at: string }> {
  return mutations.build(queryClient, trpc.mailbox.readAll.mutationOptions()).execute(input);
}

function showFailure(error: unknown): void {
  showSnack({ text: `${en.actions.failed} ${problemOf(error).message}`, tone: 'problem' });
}
