import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { Note } from '../../ui/problem-note.tsx';
import { useNow } from '../../ui/use-now.ts';

const words = m.mailFlow.alarms;

/** Places of the mail store that could not be read; nothing while there are none. */
export function SpoolAlarms() {
  const alarms = useQuery(api.mailFlow.alarms.queryOptions());
  const now = useNow();
  if (alarms.data === undefined || alarms.data.length === 0) return null;
  return (
    <section aria-label={words.title} className="mb-4">
      <Note tone="problem">
        <p className="font-medium">{words.title}</p>
        <p>{words.text}</p>
        <ul className="mt-2 grid gap-0.5 text-sm">
          {alarms.data.map((alarm) => (
            <li key={`${alarm.place} ${alarm.kind}`} className="flex flex-wrap gap-x-3">
              <span>{words.kind[alarm.kind]}</span>
              <span className="font-mono text-xs leading-5 break-all">{alarm.place}</span>
              <span className="num">{formatInstant(alarm.at, now, placeOfReader())}</span>
            </li>
          ))}
        </ul>
      </Note>
    </section>
  );
}
