import './list.css';
import type { MailboxRow } from '@holdfast/contracts';
import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { locale } from '../locale.ts';
import { en } from '../messages/en.ts';
import type { Route } from '../router.ts';
import { useNow } from '../use-now.ts';
import { withDayHeadings, type DayGroup, type ListEntry } from './day-groups.ts';
import { ALL_ROWS, FIRST_ROWS, OVERSCAN, rowsToDraw, type RowsOnScreen } from './drawn-rows.ts';
import type { Older } from './use-older.ts';
import { MessageRow } from './message-row.tsx';
import type { Selection } from './selection.ts';

/** At most what is seen of a list; the window's own size is not known before all of it is laid out. Unit: px. */
const SCREEN = { width: screen.width, height: screen.height };
const ROW_HEIGHT = 92;
const HEADING_HEIGHT = 38;
/** Rows before the end at which older mail is asked for, so that it is there before somebody is. */
const ASK_BEFORE = 30;

const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long' });
const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' });

function headingText(group: DayGroup): string {
  switch (group.kind) {
    case 'since-event':
      return en.days.sinceEvent;
    case 'today':
      return group.beforeEvent ? en.days.todayBefore : en.days.today;
    case 'yesterday':
      return en.days.yesterday;
    case 'weekday':
      return weekday.format(group.at);
    case 'month':
      return month.format(group.at);
  }
}

export interface MessageListProps {
  /** Names the list: where somebody was in it is found again when they come back. */
  readonly name: string;
  readonly rows: readonly MailboxRow[];
  readonly hasEvent: boolean;
  readonly openItemId: string | null;
  readonly older: Older;
  /** Said at the end: what is not here. */
  readonly end: string;
  readonly selection: Selection;
  readonly routeOf: (row: MailboxRow) => Route;
  readonly onOpen?: () => void;
  readonly mark?: (text: string) => ReactNode;
  readonly showsFolder?: boolean;
}

/** Where each list was left, with the heights of its rows; until the page is closed. */
const left = new Map<string, { readonly offset: number; readonly heights: VirtualItem[] }>();

/** Only what is on the screen is in the page, however long the mailbox is. */
export function MessageList(props: MessageListProps) {
  const { name, rows, hasEvent, older, selection } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow();
  const entries = useMemo(() => withDayHeadings(rows, now, hasEvent), [rows, hasEvent, now]);
  const before = left.get(name);
  // Another function means to the list that all rows are others: every frame of a fling would place fifty thousand anew.
  const keyOf = useCallback((index: number) => entries[index]?.key ?? index, [entries]);
  // Of a list that comes, none: it is not in motion, wherever it was left.
  const firstRow = useRef<number | null>(null);
  const most = useMoreEachFrame();
  const rangeExtractor = useCallback(
    (range: RowsOnScreen) => {
      const drawn = [...rowsToDraw(range, firstRow.current ?? range.startIndex, most)];
      firstRow.current = range.startIndex;
      return drawn;
    },
    [most],
  );
  // oxlint-disable-next-line react/incompatible-library -- concerns the React compiler, which is not used here
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (entries[index]?.kind === 'day' ? HEADING_HEIGHT : ROW_HEIGHT),
    getItemKey: keyOf,
    overscan: OVERSCAN,
    // Until the list is measured; without it nothing is drawn before that, and all is laid out twice.
    initialRect: SCREEN,
    rangeExtractor,
    ...(before !== undefined && {
      initialOffset: before.offset,
      initialMeasurementsCache: before.heights,
    }),
  });
  useLayoutEffect(
    () => () => {
      left.set(name, { offset: virtual.scrollOffset ?? 0, heights: virtual.takeSnapshot() });
    },
    [name, virtual],
  );
  const items = virtual.getVirtualItems();
  usePlaceKept(scroller, virtual, entries);
  const lastDrawn = items.at(-1)?.index ?? 0;
  const { hasMore, isLoading, hasFailed, load } = older;
  const isNearEnd = lastDrawn >= entries.length - ASK_BEFORE;
  useEffect(() => {
    if (hasMore && !isLoading && !hasFailed && isNearEnd) load();
  }, [hasMore, isLoading, hasFailed, isNearEnd, load]);

  return (
    <div
      className={selection.isOn ? 'scroller selecting' : 'scroller'}
      ref={scroller}
      id="messages"
      tabIndex={-1}
    >
      <ul style={{ height: `${virtual.getTotalSize()}px` }}>
        {items.map((item) => {
          const entry = entries[item.index];
          if (entry === undefined) return null;
          return (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {entry.kind === 'day' ? (
                <h2 className="day">{headingText(entry.group)}</h2>
              ) : (
                <MessageRow
                  row={entry.row}
                  now={now}
                  isOpen={isOpen(entry.row, props.openItemId)}
                  isSelected={selection.ids.has(entry.row.id)}
                  routeOf={props.routeOf}
                  onOpen={props.onOpen}
                  mark={props.mark}
                  showsFolder={props.showsFolder}
                />
              )}
            </li>
          );
        })}
      </ul>
      <p className="end" role="status">
        {isLoading ? en.list.loadingMore : hasFailed ? en.list.noMore : hasMore ? '' : props.end}
      </p>
      {hasFailed && (
        <button type="button" className="btn more" onClick={load}>
          {en.problems.retry}
        </button>
      )}
    </div>
  );
}

/** How many rows may be drawn by now. */
function useMoreEachFrame(): number {
  const [most, setMost] = useState(FIRST_ROWS);
  useEffect(() => {
    if (most >= ALL_ROWS) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // An effect by itself may come before the frame has been shown.
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setMost(most * 2));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [most]);
  return most;
}

function isOpen(row: MailboxRow, itemId: string | null): boolean {
  return (
    itemId !== null && (row.id === itemId || row.conversation?.itemIds.includes(itemId) === true)
  );
}

/** What somebody reads stays under their eyes when mail comes in above it. */
function usePlaceKept(
  scroller: { readonly current: HTMLElement | null },
  virtual: {
    readonly scrollOffset: number | null;
    readonly measurementsCache: readonly VirtualItem[];
    readonly getVirtualItems: () => readonly VirtualItem[];
  },
  entries: readonly ListEntry[],
): void {
  const first = useRef<{ readonly key: string; readonly past: number } | null>(null);
  useLayoutEffect(() => {
    const list = scroller.current;
    if (list === null || first.current === null || list.scrollTop <= 0) return;
    const { key, past } = first.current;
    const place = virtual.measurementsCache[entries.findIndex((entry) => entry.key === key)];
    if (place !== undefined && Math.abs(place.start + past - list.scrollTop) >= 1)
      list.scrollTop = place.start + past;
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- when rows come or go, not at every scroll
  }, [entries]);
  useEffect(() => {
    const offset = virtual.scrollOffset ?? 0;
    const top = virtual.getVirtualItems().find((item) => item.end > offset);
    const entry = top === undefined ? undefined : entries[top.index];
    first.current =
      top === undefined || entry === undefined
        ? null
        : { key: entry.key, past: offset - top.start };
  });
}
