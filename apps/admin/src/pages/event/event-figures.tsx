import type { EventView } from '@holdfast/contracts';
import { formatCount } from '../../format/counts.ts';
import { m } from '../../messages/catalogue.ts';
import { AppLink } from '../../ui/app-link.tsx';

const words = m.event;

/** What an administrator is asked on the telephone, in figures. */
export function EventFigures({ event }: { readonly event: EventView }) {
  const figures: readonly (readonly [string, number, string | null])[] = [
    [words.reached, event.reached, words.ofCovered(event.covered)],
    [words.notReached, event.notReached, null],
    [words.signedIn, event.signedIn, words.ofCovered(event.covered)],
    [words.waitingLabel, event.waiting, null],
    [words.sent, event.sent, null],
    ...(event.phase === 'active'
      ? []
      : [[words.putBack, event.putBack, words.ofCovered(event.sent)] as const]),
  ];
  return (
    <dl
      aria-label={words.facts}
      className="grid grid-cols-2 border-t border-line sm:grid-cols-3 md:flex"
    >
      {figures.map(([label, value, of]) => (
        <div key={label} className="flex-1 px-5 py-3">
          <dt className="text-sm text-text-2">
            {label === words.waitingLabel ? (
              <AppLink href="/queue?direction=inbound" className="text-link">
                {label}
              </AppLink>
            ) : (
              label
            )}
          </dt>
          <dd className="num text-xl font-semibold">
            {formatCount(value)}
            {of === null ? null : (
              <span className="ml-1 text-sm font-normal text-text-2">{of}</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
