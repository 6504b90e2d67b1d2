import type { MailboxFolder, MailboxRow } from '@holdfast/contracts';
import { problemOf, queryClient, trpc } from '../api.ts';
import { bulk } from '../messages/en/bulk.ts';
import { en } from '../messages/en.ts';
import type { Change } from '../outbox/outbox-entry.ts';
import { queueChange, send } from '../outbox/outbox.ts';
import { showSnack } from '../parts/snackbar.tsx';
import { changeFolder, changeLists, refreshCounts } from './lists.ts';
import {
  itemsOf,
  itemsToMark,
  mapRows,
  withFlag,
  withoutItems,
  withRead,
  withRowsBack,
} from './row-changes.ts';
import { expectChanges, noteChange } from './waiting-changes.ts';

/** Where a message can be moved to; Sent is not among them, so what was sent cannot be moved and put back. */
export const MOVE_TARGETS = ['inbox', 'archive', 'junk', 'deleted'] as const;
export type MoveTarget = (typeof MOVE_TARGETS)[number];

export function isMoveTarget(folder: MailboxFolder): folder is MoveTarget {
  return MOVE_TARGETS.some((target) => target === folder);
}

/** Ids that one request takes. */
const MOST_AT_ONCE = 500;

/** What is done, shown at once and then queued: it survives a cut and a closed page. Its opposite is the undo. */
interface Deed {
  readonly show: () => void;
  readonly change: (itemIds: readonly string[]) => Change;
  readonly itemIds: readonly string[];
}

function run(deeds: readonly Deed[], opposites: readonly Deed[], text: string): void {
  if (deeds.every(({ itemIds }) => itemIds.length === 0)) return;
  const undo = (): void => {
    showSnack({ text: en.actions.undone });
    void ask(opposites);
  };
  showSnack({ text, action: { label: en.actions.undo, run: undo } });
  void ask(deeds);
}

async function ask(deeds: readonly Deed[]): Promise<void> {
  for (const { show } of deeds) show();
  const user = signedIn();
  const changes = deeds.flatMap(({ itemIds, change }) =>
    inPieces(itemIds).map((piece) => change(piece)),
  );
  const areQueued = expectChanges(changes);
  for (const change of changes) await queueChange(user, change);
  await send(user, true);
  areQueued();
  refreshCounts();
}

function inPieces(itemIds: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(itemIds.length / MOST_AT_ONCE);
  return Array.from({ length: count }, (_, at) =>
    itemIds.slice(at * MOST_AT_ONCE, (at + 1) * MOST_AT_ONCE),
  );
}

function signedIn(): string {
  return queryClient.getQueryData(trpc.session.state.queryKey())?.user?.address ?? '';
}

export function markRead(rows: readonly MailboxRow[], isRead: boolean): void {
  const itemIds = itemsToMark(rows, isRead);
  const text = isRead ? bulk.done.read(rows.length) : bulk.done.unread(rows.length);
  run([readDeed(itemIds, isRead)], [readDeed(itemIds, !isRead)], text);
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
    change: (ids) => ({ kind: 'read', input: { itemIds: ids, isRead } }),
  };
}

function showRead(itemIds: readonly string[], isRead: boolean): void {
  const ids = new Set(itemIds);
  changeLists((pages) => mapRows(pages, (row) => withRead(row, ids, isRead)));
}

/** The server has marked it when it handed it out; the lists and the counts follow here. */
export function showAsRead(itemId: string): void {
  showRead([itemId], true);
  noteChange();
  refreshCounts();
}

/** Of a conversation its newest message. */
export function markFlagged(
  rows: readonly Pick<MailboxRow, 'id' | 'isFlagged'>[],
  isFlagged: boolean,
): void {
  const itemIds = rows.filter((row) => row.isFlagged !== isFlagged).map(({ id }) => id);
  const text = isFlagged ? bulk.done.flagged(rows.length) : bulk.done.unflagged(rows.length);
  run([flagDeed(itemIds, isFlagged)], [flagDeed(itemIds, !isFlagged)], text);
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
    change: (asked) => ({ kind: 'flagged', input: { itemIds: asked, isFlagged } }),
  };
}

/** Rows of folders that nothing is moved out of, and those that are there already, stay. Undo: each back to its own. */
export function moveRows(rows: readonly MailboxRow[], to: MoveTarget): void {
  const sources = MOVE_TARGETS.filter((from) => from !== to).map((from) => ({
    from,
    moving: rows.filter(({ folder }) => folder === from),
  }));
  const count = sources.reduce((sum, { moving }) => sum + moving.length, 0);
  run(
    sources.map(({ from, moving }) => moveDeed(moving, from, to)),
    sources.map(({ from, moving }) => moveDeed(moving, to, from)),
    bulk.done[to](count),
  );
}

function moveDeed(rows: readonly MailboxRow[], from: MoveTarget, to: MoveTarget): Deed {
  const itemIds = rows.flatMap(itemsOf);
  const ids = new Set(rows.map(({ id }) => id));
  // Taken back, it lies in its own folder in Outlook as before.
  const moved = rows.map((row) =>
    row.folder === to ? row : { ...row, folder: to, ownFolder: null },
  );
  const byId = new Map(moved.map((row) => [row.id, row]));
  return {
    itemIds,
    show: () => {
      if (rows.length === 0) return;
      // What was found stays found, and says where it is now.
      changeLists((pages) =>
        mapRows(pages, (row) =>
          ids.has(row.id)
            ? { ...row, folder: to, ownFolder: byId.get(row.id)?.ownFolder ?? null }
            : row,
        ),
      );
      changeFolder(from, (pages) => withoutItems(pages, new Set(itemIds)));
      changeFolder(to, (pages) => withRowsBack(pages, moved));
      for (const itemId of itemIds)
        queryClient.setQueryData(trpc.mailbox.read.queryKey({ itemId }), (old) =>
          old === undefined ? old : { ...old, folder: to },
        );
    },
    change: (asked) => ({ kind: 'move', input: { itemIds: asked, folder: to } }),
  };
}

/** Everything in the folder, loaded or not; undo marks the same messages and no other. */
export async function markAllRead(folder: MailboxFolder): Promise<void> {
  changeFolder(folder, (pages) =>
    mapRows(pages, (row) => withRead(row, new Set(itemsOf(row)), true)),
  );
  try {
    const { count, at } = await readAll({ folder, undoOf: null });
    noteChange();
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
  // Not a component's hook: it goes on when the list is left.
  return queryClient
    .getMutationCache()
    .build(queryClient, trpc.mailbox.readAll.mutationOptions())
    .execute(input);
}

function showFailure(error: unknown): void {
  showSnack({ text: `${en.actions.failed} ${problemOf(error).message}`, tone: 'problem' });
}
