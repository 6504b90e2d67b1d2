import type { PortalState } from '@holdfast/contracts';
import { zonedMoment } from '../dates.ts';
import { aboutDrill as words } from '../messages/en/about-drill.ts';
import { useNow } from '../use-now.ts';

/** What a drill is, what can be tried, and what cannot happen. */
export function AboutDrill({ drill }: { readonly drill: NonNullable<PortalState['drill']> }) {
  const now = useNow();
  return (
    <>
      <p className="lead">{words.lead(zonedMoment(drill.endsAt, now))}</p>
      <p>{words.reason(drill.reason)}</p>
      <h2>{words.tryHeading}</h2>
      <ul className="points">
        {words.try.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
      <h2>{words.safeHeading}</h2>
      <ul className="points">
        {words.safe.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </>
  );
}
