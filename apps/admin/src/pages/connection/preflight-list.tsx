import type { ConnectionView } from '@holdfast/contracts';
import { formatAgo, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { AppLink } from '../../ui/app-link.tsx';
import { Note } from '../../ui/problem-note.tsx';
import { State, type Tone } from '../../ui/state.tsx';

const words = m.connection.preflight;
type Preflight = NonNullable<ConnectionView['preflight']>;
type Item = Preflight['items'][number];

const TONES: Readonly<Record<Item['result'], Tone>> = {
  waiting: 'hollow',
  ok: 'good',
  attention: 'attention',
  blocked: 'problem',
  'not-checked': 'hollow',
  'not-asked': 'hollow',
};

/** Each check with its result, what it blocks and how to mend it; while it runs, how far it is. */
export function PreflightList({
  preflight,
  now,
}: {
  readonly preflight: ConnectionView['preflight'];
  readonly now: number;
}) {
  if (preflight === null)
    return (
      <p className="border-t border-line px-5 py-3 text-text-2">{m.wizard.connect.preflightNone}</p>
    );
  const asked = preflight.items.filter(({ result }) => result !== 'not-asked');
  const done = asked.filter(({ result }) => result !== 'waiting').length;
  const blocked = asked.filter(({ result }) => result === 'blocked').length;
  const skipped = preflight.items.length - asked.length;
  const running = preflight.state === 'running';
  return (
    <section
      aria-label={m.wizard.connect.preflight}
      aria-busy={running}
      className="border-t border-line"
    >
      <div className="flex flex-wrap gap-x-4 px-5 pt-3 pb-1">
        <h2 className="text-base">{m.wizard.connect.preflight}</h2>
        <span role="status" className="num ml-auto text-sm text-text-2">
          {running
            ? words.running(done, asked.length)
            : m.wizard.connect.preflightAt(formatAgo(preflight.at, now, placeOfReader()))}
        </span>
      </div>
      <ul className="divide-y divide-line">
        {asked.map((item) => (
          <Row key={item.check} item={item} />
        ))}
      </ul>
      {skipped === 0 ? null : (
        <p className="border-t border-line px-5 py-2.5 text-sm text-text-2">
          {words.skipped(skipped)}
        </p>
      )}
      {blocked === 0 || running ? null : (
        <div className="p-3">
          <Note tone="attention">{words.some(blocked)}</Note>
        </div>
      )}
    </section>
  );
}

function Row({ item }: { readonly item: Item }) {
  const { title, blocks, mend, page } = words.check(item.check);
  const { result, detail } = item;
  const wrong = result === 'blocked' || result === 'attention';
  return (
    <li className="grid gap-x-6 px-5 py-2.5 text-sm sm:grid-cols-[100px_1fr]">
      <State tone={TONES[result]}>{result === 'ok' ? words.works : words[result]}</State>
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        {detail === '' ? null : (
          <p className={result === 'blocked' ? 'text-problem-text' : 'text-text-2'}>{detail}</p>
        )}
        {wrong ? (
          <>
            <p className="text-text-2">{words.blocks(blocks)}</p>
            <p className="max-w-[70ch]">{words.mend(mend)}</p>
          </>
        ) : null}
        {page === undefined || result === 'waiting' ? null : (
          <p>
            <AppLink href={page.href} className="text-link">
              {page.label}
            </AppLink>
          </p>
        )}
      </div>
    </li>
  );
}
