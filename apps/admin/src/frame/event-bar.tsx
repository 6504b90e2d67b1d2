import { useRef } from 'react';
import { m } from '../messages/catalogue.ts';
import { formatSince, placeOfReader } from '../format/instants.ts';
import { useSession } from '../session/session.tsx';
import { AppLink } from '../ui/app-link.tsx';
import { Icon } from '../ui/icon.tsx';
import { useNow } from '../ui/use-now.ts';
import { useBarHeight } from './use-bar-height.ts';

/** The event owns the colour of the frame: active is a solid bar over every page, recovering is quieter, ready is silent. */
export function EventBar() {
  const { event } = useSession();
  const now = useNow();
  const bar = useRef<HTMLElement>(null);
  useBarHeight(bar, event !== null);
  if (event === null) return null;
  const since = formatSince(event.since, now, placeOfReader());
  const active = event.phase === 'active';
  return (
    <section
      ref={bar}
      aria-label={m.frame.event}
      className={`sticky top-0 print:hidden z-30 flex flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-2 md:px-5 ${active ? 'bg-problem text-on-problem' : 'border-b border-line bg-attention-soft text-attention-text'}`}
    >
      <Icon name="bolt" />
      <p role="status" className="min-w-0 flex-1">
        <b>{active ? m.frame.eventActive(since) : m.frame.eventRecovering(since)}</b>{' '}
        <span className="max-md:hidden">
          {active ? m.frame.eventActiveText : m.frame.eventRecoveringText}
        </span>
      </p>
      <AppLink
        href="/event"
        className="rounded-control py-1 font-semibold underline underline-offset-3"
      >
        {m.frame.eventOpen}
      </AppLink>
    </section>
  );
}
