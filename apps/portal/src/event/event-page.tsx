import type { PortalState } from '@holdfast/contracts';
import type { ReactNode } from 'react';
import { longDate, zonedMoment } from '../dates.ts';
import { eventPage as words } from '../messages/en/event-page.ts';
import { en } from '../messages/en.ts';
import { aboutDrill } from '../messages/en/about-drill.ts';
import { Helpdesk } from '../parts/helpdesk.tsx';
import { Blank } from '../parts/waiting.tsx';
import { useNow } from '../use-now.ts';
import { AboutDrill } from './about-drill.tsx';
import './event-page.css';

type EventView = NonNullable<PortalState['event']>;

/** What the banner has no room for. */
export function EventPage({ state }: { readonly state: PortalState }) {
  const { event } = state;
  const isOver = event?.phase === 'recovering';
  if (state.access === 'drill' && state.drill !== null)
    return (
      <>
        <header className="bar">
          <h1 id="about-event">{aboutDrill.title}</h1>
        </header>
        <Words>
          <AboutDrill drill={state.drill} />
          <Helpdesk helpdesk={state.helpdeskContact} />
        </Words>
      </>
    );
  return (
    <>
      <header className="bar">
        <h1 id="about-event">{isOver ? words.titleOver : words.title}</h1>
      </header>
      {event === null ? (
        <Blank heading={en.event.noEvent} />
      ) : (
        <Words>
          {isOver ? (
            <Over event={event} leftSent={state.leftSent} />
          ) : (
            <Active event={event} copy={state.copy} />
          )}
          <Helpdesk helpdesk={state.helpdeskContact} />
        </Words>
      )}
    </>
  );
}

/** Scrolled by the keyboard as well: there may be no link in it to go to. */
function Words({ children }: { readonly children: ReactNode }) {
  return (
    <section className="scroller about-event" aria-labelledby="about-event" tabIndex={0}>
      {children}
    </section>
  );
}

function Active({
  event,
  copy,
}: {
  readonly event: EventView;
  readonly copy: PortalState['copy'];
}) {
  const now = useNow();
  return (
    <>
      <p className="lead">{words.active(zonedMoment(event.since, now))}</p>
      <p>
        {event.plannedEnd === null
          ? words.unplanned
          : words.plannedEnd(zonedMoment(event.plannedEnd, now))}
      </p>
      <h2>{words.hereHeading}</h2>
      <Points points={words.here} />
      <h2>{words.notHereHeading}</h2>
      <Points points={words.notHere[copy]} />
    </>
  );
}

function Over({ event, leftSent }: { readonly event: EventView; readonly leftSent: number }) {
  const now = useNow();
  const { written, putBack } = event.sent;
  const until = event.readOnlyUntil === null ? null : longDate(event.readOnlyUntil);
  return (
    <>
      <p className="lead">{words.over(zonedMoment(event.endedAt ?? event.since, now))}</p>
      <h2>{words.mineHeading}</h2>
      <ul className="points">
        <li>{event.settled ? words.receivedSettled : words.received}</li>
        <li>
          {written === 0 ? words.nothingSent : words.sent(written, putBack)}
          {leftSent > 0 && (
            <>
              {' '}
              {words.left(leftSent)}{' '}
              <a href="/sent.mbox" download>
                {words.download}
              </a>
            </>
          )}
        </li>
        <li>{words.done}</li>
      </ul>
      {until !== null && (
        <>
          <h2>{words.readOnlyHeading}</h2>
          <Points points={[words.readOnly(until), words.late(until)]} />
        </>
      )}
    </>
  );
}

function Points({ points }: { readonly points: readonly string[] }) {
  return (
    <ul className="points">
      {points.map((point) => (
        <li key={point}>{point}</li>
      ))}
    </ul>
  );
}
