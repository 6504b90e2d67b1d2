import type { ReactNode } from 'react';
import { m } from '../messages/catalogue.ts';

/** Names shown at once; the rest are counted and open on request. */
const NAMED = 8;

/** One line of what will happen, in numbers, before it is asked for. */
export function Consequence({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text?: string;
  readonly children?: ReactNode;
}) {
  return (
    <li className="px-4 py-2.5">
      <p className="num font-medium">{title}</p>
      {text === undefined ? null : <p className="num max-w-[70ch] text-text-2">{text}</p>}
      {children}
    </li>
  );
}

/** People whom it concerns, by name. `children` draws some of them. */
export function NamedPeople<Person>({
  people,
  children,
}: {
  readonly people: readonly Person[];
  readonly children: (some: readonly Person[]) => ReactNode;
}) {
  return (
    <>
      {children(people.slice(0, NAMED))}
      {people.length > NAMED ? (
        <details>
          <summary className="w-fit rounded-control py-1 text-text-2">
            {m.event.more(people.length - NAMED)}
          </summary>
          {children(people.slice(NAMED))}
        </details>
      ) : null}
    </>
  );
}
