import { formatInstant, placeOfReader } from '../format/instants.ts';

/** What happened, when and by whom; in the order of the list. */
export function LogLines({
  log,
  now,
}: {
  readonly log: readonly { readonly at: string; readonly what: string; readonly by: string }[];
  readonly now: number;
}) {
  return (
    <ol className="surface divide-y divide-line text-sm">
      {log.map((line) => (
        <li
          key={`${line.at} ${line.what}`}
          className="grid gap-x-6 px-5 py-2 sm:grid-cols-[10.5rem_1fr_auto]"
        >
          <span className="num text-text-2">{formatInstant(line.at, now, placeOfReader())}</span>
          <span className="min-w-0 break-words">{line.what}</span>
          <span className="min-w-0 break-words text-text-2">{line.by}</span>
        </li>
      ))}
    </ol>
  );
}
