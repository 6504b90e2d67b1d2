import './event-banner.css';
import type { PortalState } from '@holdfast/contracts';
import { longDate, sinceMoment } from '../dates.ts';
import { en } from '../messages/en.ts';
import { useNow } from '../use-now.ts';

/** What is going on, since when, and what happens to the mail afterwards. It owns the colour of the frame. */
export function EventBanner({ state }: { readonly state: PortalState }) {
  const { event } = state;
  const now = useNow();
  if (event?.phase === 'active')
    return (
      <div className="event active" role="region" aria-label={en.product}>
        <i className="dot problem" />
        <p>
          <b>{en.event.active(sinceMoment(event.since, now))}</b> {en.event.activeText}
        </p>
      </div>
    );
  const until = event?.readOnlyUntil ?? null;
  return (
    <div className="event recovering" role="region" aria-label={en.product}>
      <i className="dot good" />
      <p>
        <b>
          {event === null
            ? en.event.noEvent
            : event.endedAt === null
              ? en.event.recoveringPlain
              : en.event.recovering(sinceMoment(event.endedAt, now))}
        </b>{' '}
        {event !== null && en.event.recoveringText}{' '}
        {until !== null && en.event.readOnlyUntil(longDate(until))}
      </p>
    </div>
  );
}
