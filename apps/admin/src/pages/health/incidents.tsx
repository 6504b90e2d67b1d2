import type { HealthView } from '@holdfast/contracts';
import { formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { Section } from '../../ui/page.tsx';
import { State } from '../../ui/state.tsx';
import { useNow } from '../../ui/use-now.ts';

const words = m.health;

/** What Microsoft itself reports, with the way to where it tells more. */
export function Incidents({ view }: { readonly view: HealthView }) {
  const now = useNow();
  return (
    <Section title={words.incidents} text={words.incidentsText}>
      {view.incidents.length === 0 ? (
        <p className="surface px-5 py-3 text-text-2">
          {view.incidentsReadAt === null ? words.neverAsked : words.noIncidents}
        </p>
      ) : (
        <ul className="surface divide-y divide-line">
          {view.incidents.map((incident) => (
            <li key={incident.id} className="px-5 py-3">
              <State tone="attention">
                <b className="font-medium">{incident.id}</b> {incident.title}
              </State>
              <p className="num mt-0.5 text-sm text-text-2">
                {incident.startedAt === null
                  ? ''
                  : `${words.startedAt(formatInstant(incident.startedAt, now, placeOfReader()))} · `}
                <a className="underline" href={incident.href} target="_blank" rel="noreferrer">
                  {words.open(incident.id)}
                </a>{' '}
                ({words.openHint})
              </p>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
