import type { MailboxRow } from '@holdfast/contracts';
import { useSyncExternalStore } from 'react';
import { bulk } from '../messages/en/bulk.ts';
import { Icon } from '../parts/icon.tsx';

/** Less than this from the top, what comes is seen. Unit: px. */
const NEAR_TOP = 60;

/** When the newest came that somebody has had before their eyes, for each list. */
const seen = new WeakMap<HTMLElement, string>();
/** Lists that somebody is further down in, noted as they scroll: asked while a page is drawn, the browser lays all of it out. */
const isBelow = new WeakSet<HTMLElement>();

function noteScrolling(list: HTMLElement): void {
  if (list.scrollTop < NEAR_TOP) isBelow.delete(list);
  else isBelow.add(list);
}

function lastSeen(list: HTMLElement | null, newest: string): string {
  if (list === null) return newest;
  if (!isBelow.has(list) || !seen.has(list)) seen.set(list, newest);
  return seen.get(list) ?? newest;
}

/** Mail that came while somebody reads further down: said, and one tap away. The list itself stays where it is. */
export function NewMailPill(props: {
  readonly list: HTMLElement | null;
  readonly rows: readonly MailboxRow[];
}) {
  const { list, rows } = props;
  const newest = rows[0]?.receivedAt ?? '';
  const since = useSyncExternalStore(
    (look) => {
      const scrolled = (): void => {
        if (list !== null) noteScrolling(list);
        look();
      };
      if (list !== null) noteScrolling(list);
      list?.addEventListener('scroll', scrolled, { passive: true });
      return () => list?.removeEventListener('scroll', scrolled);
    },
    () => lastSeen(list, newest),
  );
  const newer = rows.findIndex((row) => row.receivedAt <= since);
  if (newer <= 0) return null;
  return (
    <button type="button" className="pill" onClick={() => list?.scrollTo({ top: 0 })}>
      <Icon name="arrowUp" />
      {bulk.newer(newer)}
    </button>
  );
}
