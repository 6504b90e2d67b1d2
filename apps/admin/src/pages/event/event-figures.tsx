import type { EventView } from '@holdfast/contracts';
import { m } from '../../messages/catalogue.ts';
import { AppLink } from '../../ui/app-link.tsx';
import { Figure, Figures } from '../../ui/figures.tsx';

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
    <Figures label={words.facts}>
      {figures.map(([label, value, of]) => (
        <Figure
          key={label}
          label={
            label === words.waitingLabel ? (
              <AppLink href="/queue?direction=inbound" className="text-link">
                {label}
              </AppLink>
            ) : (
              label
            )
          }
          value={value}
          of={of}
        />
      ))}
    </Figures>
  );
}
