import { formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { Dot } from '../../ui/state.tsx';
import { useNow } from '../../ui/use-now.ts';
import type { Step } from './timeline-steps.ts';

/** Every step with its time and what was answered, oldest first. */
export function Timeline({
  steps,
  label,
}: {
  readonly steps: readonly Step[];
  readonly label: string;
}) {
  const now = useNow();
  return (
    <ol aria-label={label} className="grid">
      {steps.map((step) => (
        <li
          key={step.key}
          className="group grid grid-cols-[16px_minmax(0,1fr)] gap-x-3 md:grid-cols-[170px_16px_minmax(0,1fr)]"
        >
          <time
            dateTime={step.at ?? undefined}
            className="num pt-px text-sm text-text-2 max-md:col-start-2 max-md:row-start-2"
          >
            {step.at === null ? m.none : formatInstant(step.at, now, placeOfReader())}
          </time>
          <span className="relative flex justify-center max-md:col-start-1 max-md:row-span-3 max-md:row-start-1">
            <span
              aria-hidden="true"
              className="absolute top-0 h-full w-px bg-line group-first:top-2 group-last:h-2"
            />
            <span className="relative mt-[3px] grid size-4 place-items-center self-start rounded-full bg-surface">
              <Dot tone={step.tone} />
            </span>
          </span>
          <div className="min-w-0 pb-4 max-md:col-start-2 max-md:row-start-1 max-md:pb-0">
            <p>
              <b className="font-medium">{step.title}</b>{' '}
              <span className="text-text-2">{step.text}</span>
            </p>
            {step.detail === null ? null : (
              <p className="mt-0.5 font-mono text-xs break-words text-text-2 max-md:pb-1">
                <bdi>{step.detail}</bdi>
              </p>
            )}
          </div>
          <span className="max-md:col-start-2 max-md:row-start-3 max-md:pb-4 md:hidden" />
        </li>
      ))}
    </ol>
  );
}
