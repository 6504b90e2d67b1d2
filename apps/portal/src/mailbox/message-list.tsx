import './list.css';
import type { MailboxRow } from '@holdfast/contracts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { en } from '../messages/en.ts';
import type { Route } from '../router.ts';
import { useNow } from '../use-now.ts';
import { withDayHeadings, type DayGroup } from './day-groups.ts';
import { MessageRow } from './message-row.tsx';

const ROW_HEIGHT = 92;
const HEADING_HEIGHT = 38;
/** Rows beyond the screen that are drawn, and rows before the end at which older mail is asked for. */
const OVERSCAN = 8;

const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long' });
const month = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric' });

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
  readonly rows: readonly MailboxRow[];
  readonly hasEvent: boolean;
  readonly openItemId: string | null;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly onLoadMore: () => void;
  /** Said at the end: what is not here. */
  readonly end: string;
  readonly routeOf: (row: MailboxRow) => Route;
  readonly onOpen?: () => void;
  readonly mark?: (text: string) => ReactNode;
  readonly showsFolder?: boolean;
}

/** Only what is on the screen is in the page, however long the mailbox is. */
export function MessageList(props: MessageListProps) {
  const { rows, hasEvent, hasMore, isLoadingMore, onLoadMore } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow();
  const entries = useMemo(() => withDayHeadings(rows, now, hasEvent), [rows, hasEvent, now]);
  // oxlint-disable-next-line react/incompatible-library -- concerns the React compiler, which is not used here
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (entries[index]?.kind === 'day' ? HEADING_HEIGHT : ROW_HEIGHT),
    getItemKey: (index) => entries[index]?.key ?? index,
    overscan: OVERSCAN,
  });
  const items = virtual.getVirtualItems();
  const lastDrawn = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isLoadingMore && lastDrawn >= entries.length - OVERSCAN) onLoadMore();
  }, [hasMore, isLoadingMore, lastDrawn, entries.length, onLoadMore]);

  return (
    <div className="scroller" ref={scroller} id="messages" tabIndex={-1}>
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
                  isOpen={entry.row.id === props.openItemId}
                  to={props.routeOf(entry.row)}
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
        {isLoadingMore ? en.list.loadingMore : hasMore ? '' : props.end}
      </p>
    </div>
  );
}
