import type { PortalState } from '@holdfast/contracts';
import { clockTime } from '../dates.ts';
import { en } from '../messages/en.ts';
import { Link } from '../parts/link.tsx';

/** The notice of a drill leads here with it: the page before the sign-in cannot know who comes. */
const cameWithDrill = new URLSearchParams(location.search).has('drill');

/** Striped, and in words, on every page of somebody in a drill; after it until a day is over. */
export function DrillBand({
  state,
  withMore = false,
}: {
  readonly state: PortalState;
  /** With the way to the page that says what a drill is. */
  readonly withMore?: boolean;
}) {
  const text = drillText(state);
  if (text === null) return null;
  return (
    <div className="drill-band" role="region" aria-label={en.drill.region}>
      <p>
        <b>{en.drill.label}</b> {text}
        {withMore && (
          <>
            {' '}
            <Link to={{ page: 'event' }}>{en.event.more}</Link>
          </>
        )}
      </p>
    </div>
  );
}

function drillText({ user, drill }: PortalState): string | null {
  if (user === null) return cameWithDrill ? en.drill.before : null;
  if (drill === null) return null;
  if (drill.endedAt === null) return en.drill.running(clockTime(drill.endsAt));
  return drill.forEvent ? en.drill.overForEvent : en.drill.over;
}
