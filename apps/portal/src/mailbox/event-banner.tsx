import './event-banner.css';
import type { PortalState } from '@holdfast/contracts';
import { longDate, zonedMoment } from '../dates.ts';
import { en } from '../messages/en.ts';
import { Link } from '../parts/link.tsx';
import { DrillBand } from '../session/drill-band.tsx';
import { useNow } from '../use-now.ts';

/** What is going on, since when, and what happens to the mail afterwards. It owns the colour of the frame. */
export function EventBanner({ state }: { readonly state: PortalState }) {
  if (state.access === 'drill') return <DrillBand state={state} withMore />;
  const isActive = state.event?.phase === 'active';
  return (
    <div
      className={isActive ? 'event active' : 'event recovering'}
      role="region"
      aria-label={en.product}
    >
      <i className={isActive ? 'dot problem' : 'dot good'} />
      <p>
        <BannerText event={state.event} />
        {state.event !== null && (
          <>
            {' '}
            <Link to={{ page: 'event' }}>{en.event.more}</Link>
          </>
        )}
      </p>
    </div>
  );
}

function BannerText({ event }: { readonly event: PortalState['event'] }) {
  const now = useNow();
  if (event === null) return <b>{en.event.noEvent}</b>;
  if (event.phase === 'active')
    return (
      <>
        <b>{en.event.active(zonedMoment(event.since, now))}</b> {en.event.activeText}{' '}
        {event.plannedEnd !== null && en.event.plannedEnd(zonedMoment(event.plannedEnd, now))}
      </>
    );
  return (
    <>
      <b>
        {event.endedAt === null
          ? en.event.recoveringPlain
          : en.event.recovering(zonedMoment(event.endedAt, now))}
      </b>{' '}
      {en.event.recoveringText}{' '}
      {event.readOnlyUntil !== null && en.event.readOnlyUntil(longDate(event.readOnlyUntil))}
    </>
  );
}
