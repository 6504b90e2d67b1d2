import type { DrillReport, DrillTarget, DrillView } from '@holdfast/contracts';
import { formatShare } from '../../format/counts.ts';
import { formatSpan } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { Figure, Figures } from '../../ui/figures.tsx';
import { State } from '../../ui/state.tsx';

const words = m.drill;

export function DrillFigures({ drill }: { readonly drill: DrillView }) {
  const figures = [
    [words.figure.reached, drill.reached],
    [words.figure.signedIn, drill.signedIn],
    [words.figure.wrote, drill.wrote],
  ] as const;
  return (
    <Figures label={words.facts}>
      <Figure label={words.figure.participants} value={drill.participants} />
      {figures.map(([label, value]) => (
        <Figure key={label} label={label} value={value} of={words.ofAll(drill.participants)} />
      ))}
    </Figures>
  );
}

/** What was wanted, what was measured, and whether that is enough: by word as well as by colour. */
export function DrillTargets({ report }: { readonly report: DrillReport }) {
  const isOver = report.drill.endedAt !== null;
  return (
    <ul className="surface divide-y divide-line">
      {report.targets.map((target) => (
        <li
          key={target.target}
          className="grid items-baseline gap-x-6 px-5 py-2 sm:grid-cols-[110px_1fr_auto]"
        >
          <State tone={target.met ? 'good' : isOver ? 'problem' : 'hollow'}>
            {target.met ? words.met : isOver ? words.missed : words.soFar}
          </State>
          <span>{wanted(target)}</span>
          <span className="num text-text-2">{words.measured(measured(target, report.drill))}</span>
        </li>
      ))}
    </ul>
  );
}

function wanted({ target, wanted: value }: DrillTarget): string {
  const text = isSpan(target) ? formatSpan(value * 1000) : formatShare(value);
  return words.target[target](text);
}

function isSpan(target: DrillTarget['target']): boolean {
  return target === 'reachedWithin' || target === 'signedInWithin';
}

function measured({ target }: DrillTarget, drill: DrillView): string {
  const share = (count: number): string => formatShare(count / Math.max(1, drill.participants));
  const span = (seconds: number | null): string =>
    seconds === null ? m.none : formatSpan(seconds * 1000);
  switch (target) {
    case 'reached':
      return share(drill.reached);
    case 'reachedWithin':
      return span(drill.reachedAfterSeconds);
    case 'signedIn':
      return share(drill.signedIn);
    case 'signedInWithin':
      return span(drill.signedInAfterSeconds);
    case 'wrote':
      return share(drill.wrote);
  }
}
