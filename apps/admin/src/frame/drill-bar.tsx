import { m } from '../messages/catalogue.ts';
import { formatTime, placeOfReader } from '../format/instants.ts';
import { useSession } from '../session/session.tsx';
import { AppLink } from '../ui/app-link.tsx';

/** Striped and in words, on every page: nobody takes a drill for the real thing, or the other way round. */
export function DrillBar() {
  const { drill, event } = useSession();
  if (drill === null || event !== null) return null;
  return (
    <section
      aria-label={m.drill.label}
      className="drill-stripes flex flex-wrap items-center gap-x-3 gap-y-0.5 border-b border-line px-4 py-2 text-attention-text md:px-5 print:hidden"
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
