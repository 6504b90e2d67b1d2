import type { DrillParticipantView, DrillReport } from '@holdfast/contracts';
import { formatSpan } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { State, type Tone } from '../../ui/state.tsx';

const words = m.drill;

const TONES: Readonly<Record<DrillParticipantView['stage'], Tone>> = {
  wrote: 'good',
  'signed-in': 'good',
  reached: 'attention',
  'told-only': 'attention',
  'not-delivered': 'problem',
  'no-contact': 'problem',
  left: 'hollow',
  'not-told-yet': 'hollow',
};

/** Who came how far, by which channel and after how long; and who could not, and why. */
export function DrillParticipants({ report }: { readonly report: DrillReport }) {
  const { column } = words;
  const began = Date.parse(report.drill.startedAt);
  const after = (iso: string | null): string =>
    iso === null ? m.none : formatSpan(Date.parse(iso) - began);
  return (
    <div className="surface">
      <table className="data" aria-label={words.participantsTitle}>
        <thead>
          <tr>
            <th scope="col">{column.name}</th>
            <th scope="col">{column.stage}</th>
            <th scope="col" className="max-md:hidden print:table-cell!">
              {column.toldBy}
            </th>
            <th scope="col" className="text-right! max-md:hidden print:table-cell!">
              {column.reached}
            </th>
            <th scope="col" className="text-right! max-md:hidden print:table-cell!">
              {column.signedIn}
            </th>
            <th scope="col" className="text-right! max-md:hidden print:table-cell!">
              {column.wrote}
            </th>
          </tr>
        </thead>
        <tbody>
          {report.participants.map((person) => (
            <tr key={person.id}>
              <td>
                {person.name}
                <span className="block text-xs break-all text-text-2">{person.address}</span>
              </td>
              <td>
                <State tone={TONES[person.stage]}>{words.stage[person.stage]}</State>
                {person.detail === null ? null : (
                  <span className="block text-xs text-text-2">{person.detail}</span>
                )}
              </td>
              <td className="text-text-2 max-md:hidden print:table-cell!">
                {person.reachedBy.length === 0
                  ? m.none
                  : person.reachedBy.map((kind) => words.channel[kind]).join(', ')}
              </td>
              <td className="num text-right max-md:hidden print:table-cell!">
                {after(person.reachedAt)}
              </td>
              <td className="num text-right max-md:hidden print:table-cell!">
                {after(person.signedInAt)}
                {person.signedInBy === null ? null : (
                  <span className="block text-xs text-text-2">
                    {words.signedInBy[person.signedInBy]}
                  </span>
                )}
              </td>
              <td className="num text-right max-md:hidden print:table-cell!">
                {after(person.wroteAt)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
