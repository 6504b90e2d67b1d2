import { useRef } from 'react';
import { m } from '../messages/catalogue.ts';
import { formatTime, placeOfReader } from '../format/instants.ts';
import { useSession } from '../session/session.tsx';
import { AppLink } from '../ui/app-link.tsx';
import { useBarHeight } from './use-bar-height.ts';

/** Striped and in words, on every page: nobody takes a drill for the real thing, or the other way round. */
export function DrillBar() {
  const { drill, event } = useSession();
  const bar = useRef<HTMLElement>(null);
  const isShown = drill !== null && event === null;
  useBarHeight(bar, isShown);
  if (!isShown) return null;
  return (
    <section
      ref={bar}
      aria-label={m.drill.label}
      className="drill-stripes sticky top-0 z-30 flex flex-wrap items-center gap-x-3 gap-y-0.5 border-b border-line px-4 py-2 text-attention-text md:px-5 print:hidden"
    >
      <p role="status" className="min-w-0 flex-1">
        <b className="tracking-wider">{m.drill.label}</b>{' '}
        {m.drill.bar(formatTime(drill.endsAt, placeOfReader()))}
      </p>
      <AppLink
        href={`/event/drills/${drill.id}`}
        className="rounded-control py-1 font-semibold underline underline-offset-3"
      >
        {m.drill.open}
      </AppLink>
    </section>
  );
}
