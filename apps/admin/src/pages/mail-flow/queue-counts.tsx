import type { QueueCountView, QueuePage } from '@holdfast/contracts';
import { formatCount } from '../../format/counts.ts';
import { m } from '../../messages/catalogue.ts';
import type { QueueStateWord, WaitReasonWord } from '../../messages/vocabulary.ts';
import { AppLink } from '../../ui/app-link.tsx';
import { QUEUE_TONE } from '../../ui/delivery-state.tsx';
import { Dot, type Tone } from '../../ui/state.tsx';
import { QUEUE_STATES } from './queue-search.ts';

const words = m.mailFlow;

const FILL: Readonly<Record<Tone, string>> = {
  good: 'bg-good',
  'good-weak': 'bg-good opacity-55',
  attention: 'bg-attention',
  problem: 'bg-problem',
  neutral: 'bg-text-3',
  hollow: 'bg-line-strong',
};

/** How much is on its way and why it waits, whatever the filter; each figure filters the list to itself. */
export function QueueCounts({ counts }: { readonly counts: QueuePage['counts'] }) {
  const open = counts.filter(({ state }) => state !== 'quarantined');
  const total = sum(open);
  const byState = QUEUE_STATES.map((state) => ({ state, count: sumOf(open, 'state', state) }));
  const reasons = [...new Set(open.filter(isWaiting).map(({ reason }) => reason))]
    .map((reason) => ({ reason, count: sumOf(open.filter(isWaiting), 'reason', reason) }))
    .toSorted((a, b) => b.count - a.count);
  return (
    <section
      aria-label={words.queue.why}
      className="surface mb-4 grid items-center gap-x-6 gap-y-3 px-5 py-4 md:grid-cols-[auto_1fr]"
    >
      <p className="md:max-w-[220px]">
        <strong className="num text-2xl leading-none font-semibold tracking-tight">
          {formatCount(total)}
        </strong>{' '}
        <span className="text-text-2">{words.queue.waitingTotal(total)}</span>
      </p>
      {total === 0 ? (
        <p className="text-text-2">{words.queue.nothingWaits}</p>
      ) : (
        <div className="min-w-0">
          <Bar byState={byState} />
          <ul className="mt-2.5 flex flex-wrap gap-x-5 gap-y-1 text-sm">
            {byState.map(({ state, count }) => (
              <li key={state}>
                <Figure href={`/queue?state=${state}`} tone={QUEUE_TONE[state]} count={count}>
                  {words.state[state]}
                </Figure>
              </li>
            ))}
          </ul>
          {reasons.length === 0 ? null : (
            <p className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-1 text-sm">
              <span className="text-text-2">{words.queue.why}:</span>
              {reasons.map(({ reason, count }) => (
                <Figure key={reason} href={`/queue?why=${reason}`} count={count}>
                  {words.reason(reason)}
                </Figure>
              ))}
            </p>
          )}
        </div>
      )}
    </section>
  );
}

/** Not what is merely new: it goes in a moment. */
function isWaiting({ state, reason }: QueueCountView): boolean {
  return reason !== 'not-tried' && (state === 'deferred' || state === 'review');
}

function Bar({
  byState,
}: {
  readonly byState: readonly { readonly state: QueueStateWord; readonly count: number }[];
}) {
  const label = byState
    .map(({ state, count }) => `${words.state[state]}: ${formatCount(count)}`)
    .join(', ');
  return (
    <div
      role="img"
      aria-label={label}
      className="flex h-2.5 gap-0.5 overflow-hidden rounded-full bg-hover"
    >
      {byState
        .filter(({ count }) => count > 0)
        .map(({ state, count }) => (
          <i key={state} className={FILL[QUEUE_TONE[state]]} style={{ flexGrow: count }} />
        ))}
    </div>
  );
}

function Figure({
  href,
  tone,
  count,
  children,
}: {
  readonly href: string;
  readonly tone?: Tone;
  readonly count: number;
  readonly children: string;
}) {
  const content = (
    <>
      {tone === undefined ? null : <Dot tone={tone} />}
      {children} <b className="num text-text">{formatCount(count)}</b>
    </>
  );
  const look = 'inline-flex items-center gap-1.5 text-text-2 max-md:min-h-6';
  if (count === 0) return <span className={look}>{content}</span>;
  return (
    <AppLink href={href} className={`${look} underline-offset-3 hover:text-text hover:underline`}>
      {content}
    </AppLink>
  );
}

function sum(counts: readonly QueueCountView[]): number {
  return counts.reduce((all, { count }) => all + count, 0);
}

function sumOf(
  counts: readonly QueueCountView[],
  field: 'state' | 'reason',
  value: QueueStateWord | WaitReasonWord,
): number {
  return sum(counts.filter((count) => count[field] === value));
}
