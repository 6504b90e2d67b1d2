import type { EventView } from '@holdfast/contracts';
import { formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { State } from '../../ui/state.tsx';
import { EventFigures } from './event-figures.tsx';
import { PutBack } from './put-back.tsx';

const words = m.event;

export function RecoveringEvent({
  event,
  now,
}: {
  readonly event: EventView;
  readonly now: number;
}) {
  const at = (iso: string) => formatInstant(iso, now, placeOfReader());
  return (
    <section aria-label={words.recovering} className="surface">
      <div className="px-5 py-3.5">
        <State tone={event.settledAt === null ? 'attention' : 'good'}>
          <b>{event.phase === 'closed' ? words.closed : words.recovering}</b>
        </State>
        <p className="mt-1">{words.recoveringText}</p>
        <p className="num mt-1 text-text-2" role="status">
          {event.settledAt === null
            ? `${words.progressWaiting(event.waiting)}. ${words.progressPutBack(event.putBack, event.sent)}.`
            : words.settled(at(event.settledAt))}
        </p>
        {event.readOnlyUntil === null ? null : (
          <p className="text-text-2">{words.readOnlyUntil(at(event.readOnlyUntil))}</p>
        )}
      </div>
      <EventFigures event={event} />
      <PutBack event={event} />
    </section>
  );
}
