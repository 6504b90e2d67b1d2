import type { MailboxFolder, MailboxRow } from '@holdfast/contracts';
import { useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useShortcuts } from '../keyboard.ts';
import { bulk } from '../messages/en/bulk.ts';
import { undoLast } from '../parts/snackbar.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { neighboursOf } from './drawn-links.ts';
import { followGestures } from './gestures.ts';
import { isMoveTarget, markRead, moveRows, type MoveTarget } from './mail-actions.ts';
import { NewMailPill } from './new-mail-pill.tsx';
import { isUnread } from './row-changes.ts';
import { toggled, withRange } from './selecting.ts';
import type { Selection } from './selection.ts';
import './list-tools.css';

export interface ListToolsProps {
  /** Null where rows of all folders are. */
  readonly folder: MailboxFolder | null;
  readonly rows: readonly MailboxRow[];
  readonly mayWrite: boolean;
  readonly selection: Selection;
  readonly onRefresh: (() => void) | null;
}

/** What can be done with the rows of a list beside opening them. Loaded after the list is there. */
export function ListTools(props: ListToolsProps) {
  const { rows, selection, mayWrite } = props;
  const list = useList();
  const latest = useRef(props);
  // With what is drawn, not after the next frame: a finger is faster than a busy phone.
  useLayoutEffect(() => {
    latest.current = props;
  });
  const [pull, setPull] = useState(0);

  useLayoutEffect(() => {
    if (list === null) return undefined;
    const rowOf = (id: string) => latest.current.rows.find((row) => row.id === id);
    const stopGestures = followGestures(list, {
      onHold: (id) => latest.current.selection.change((ids) => toggled(ids, id)),
      swipes: (id) => swipesOf(rowOf(id), latest.current),
      onSwipe: (id, to) => {
        const row = rowOf(id);
        const target = row === undefined ? null : targetOf(row, to);
        if (row !== undefined && target !== null) moveRows([row], target);
      },
      onPull: () => latest.current.onRefresh?.(),
      showPull: (share) => setPull(latest.current.onRefresh === null ? 0 : share),
    });
    const stopTicking = followTicks(list, latest);
    return () => {
      stopGestures();
      stopTicking();
    };
  }, [list]);
  useListActionKeys(props);

  return (
    <>
      {pull > 0.15 && (
        <p className="pull" role="status" style={{ opacity: Math.min(1, pull) }}>
          {pull >= 1 ? bulk.release : bulk.pull}
        </p>
      )}
      <NewMailPill list={list} rows={rows} />
      {selection.isOn && (
        <BulkBar
          folder={props.folder}
          rows={rows}
          selected={rows.filter((row) => selection.ids.has(row.id))}
          selection={selection}
          mayWrite={mayWrite}
        />
      )}
    </>
  );
}

/** The element that scrolls. */
function useList(): HTMLElement | null {
  return useSyncExternalStore(hearNothing, () => document.getElementById('messages'));
}

function hearNothing(): () => void {
  return () => undefined;
}

function targetOf(row: MailboxRow, to: 'start' | 'end'): MoveTarget | null {
  if (!isMoveTarget(row.folder)) return null;
  if (to === 'end') return row.folder === 'deleted' ? null : 'deleted';
  return row.folder === 'inbox' ? 'archive' : 'inbox';
}

function swipesOf(
  row: MailboxRow | undefined,
  { mayWrite, selection }: ListToolsProps,
): { readonly start: boolean; readonly end: boolean } {
  if (row === undefined || !mayWrite || selection.isOn) return { start: false, end: false };
  return { start: targetOf(row, 'start') !== null, end: targetOf(row, 'end') !== null };
}

/** Clicks on boxes, and on rows while boxes are shown or Shift is held. */
function followTicks(list: HTMLElement, latest: { readonly current: ListToolsProps }): () => void {
  let last: string | null = null;
  function click(event: MouseEvent): void {
    if (!(event.target instanceof Element)) return;
    const { selection, rows } = latest.current;
    const isBox = event.target.closest('.tick') !== null;
    const link = event.target.closest('.row')?.querySelector<HTMLElement>('[data-item]');
    const id = link?.dataset['item'];
    if (id === undefined || event.ctrlKey || event.metaKey) return;
    if (!isBox && !selection.isOn && !event.shiftKey) return;
    // A label's own click comes again from its box; the box shows what the selection says.
    if (isBox && !(event.target instanceof HTMLInputElement)) return;
    event.stopPropagation();
    if (!isBox) event.preventDefault();
    const order = rows.map((row) => row.id);
    const from = last;
    selection.change((ids) =>
      event.shiftKey ? withRange(ids, order, from, id) : toggled(ids, id),
    );
    last = id;
  }
  list.addEventListener('click', click, { capture: true });
  // For whoever has to know that the list answers to more than a tap.
  list.dataset['tools'] = '';
  return () => {
    list.removeEventListener('click', click, { capture: true });
    delete list.dataset['tools'];
  };
}

/** The selected rows, else the one that the keyboard is on; else the key is left to a message that is open. */
function useListActionKeys({ rows, selection, mayWrite }: ListToolsProps): void {
  const focused = (): MailboxRow | undefined => {
    const id = document.activeElement?.closest<HTMLElement>('[data-item]')?.dataset['item'];
    return rows.find((row) => row.id === id);
  };
  const on = (act: (chosen: readonly MailboxRow[]) => void) => (): boolean => {
    const row = focused();
    const chosen = selection.isOn ? rows.filter(({ id }) => selection.ids.has(id)) : [];
    const those = chosen.length > 0 ? chosen : row === undefined ? [] : [row];
    if (those.length === 0) return false;
    act(those);
    if (selection.isOn) selection.end();
    return true;
  };
  // Before the row goes, and the focus with it: whoever files one message after the other goes on with the next.
  const moveTo = (to: MoveTarget) =>
    on((chosen) => {
      const gone = new Set(chosen.map(({ id }) => id));
      const row = focused();
      const next = row && neighboursOf(row.id).find((id) => !gone.has(id));
      if (row !== undefined && gone.has(row.id) && next !== undefined)
        document.querySelector<HTMLElement>(`[data-item="${next}"]`)?.focus();
      moveRows(chosen, to);
    });
  const writing = mayWrite
    ? { e: moveTo('archive'), '!': moveTo('junk'), '#': moveTo('deleted') }
    : {};
  const keys = {
    ...writing,
    x: () => {
      const row = focused();
      if (row === undefined) return false;
      selection.change((ids) => toggled(ids, row.id));
      return true;
    },
    z: undoLast,
    I: on((chosen) => markRead(chosen, true)),
    U: on((chosen) => markRead(chosen, !chosen.some((row) => !isUnread(row)))),
    Escape: selection.isOn ? selection.end : undefined,
  };
  // What is selected is meant, and not the message that is open beside it.
  useShortcuts(keys, selection.isOn);
}
