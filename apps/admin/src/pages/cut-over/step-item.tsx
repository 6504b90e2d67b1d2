import type { CutOverView, StepView } from '@holdfast/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api } from '../../api.ts';
import { formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { State, type Tone } from '../../ui/state.tsx';
import { useNow } from '../../ui/use-now.ts';
import { AttestForm } from './attest-form.tsx';
import { CanaryPanel } from './canary-panel.tsx';
import { DirectSendersPanel } from './direct-senders-panel.tsx';
import { LockDownPanel } from './lock-down-panel.tsx';
import { MxRecords } from './mx-records.tsx';
import { SkipDialog } from './skip-dialog.tsx';
import { isLater } from './step-order.ts';
import { useKeepView } from './use-cut-over.ts';

const words = m.cutOver;

const TONE: Readonly<Record<StepView['state'], Tone>> = {
  open: 'neutral',
  waiting: 'attention',
  done: 'good',
  blocked: 'problem',
  skipped: 'hollow',
};

/** State, evidence, and for what is due now the action; the rest stays folded. */
export function StepItem({
  step,
  view,
  isNext,
  live,
}: {
  readonly step: StepView;
  readonly view: CutOverView;
  readonly isNext: boolean;
  /** The cut-over has begun and is not over. */
  readonly live: boolean;
}) {
  const now = useNow();
  const [skipping, setSkipping] = useState(false);
  const later = isLater(step);
  const settled = step.state === 'done' || step.state === 'skipped';
  return (
    <li
      aria-current={isNext ? 'step' : undefined}
      className={`grid gap-2 px-4 py-3.5 sm:px-5 ${isNext ? 'bg-accent-soft' : ''}`}
    >
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h2 className={`min-w-0 flex-[1_1_240px] ${later ? 'text-text-2' : ''}`}>{step.title}</h2>
        <State tone={later ? 'hollow' : TONE[step.state]}>
          {later ? words.later : words.state[step.state]}
          {step.until === null ? null : (
            <span className="num">
              {' '}
              {words.until(formatInstant(step.until, now, placeOfReader()))}
            </span>
          )}
        </State>
      </div>
      {live || settled ? <p className="text-text-2 break-words">{step.measured}</p> : null}
      {later || step.reason === null ? null : (
        <p className="break-words">
          {step.reason}
          {step.skippedBy === null ? null : (
            <span className="text-text-2"> {words.skippedBy(step.skippedBy)}</span>
          )}
        </p>
      )}
      {settled ? null : (
        <>
          {later ? null : (
            <p className="break-words">
              <span className="sr-only">{words.todo}: </span>
              {step.todo}
            </p>
          )}
          <details className="text-sm text-text-2">
            <summary className="cursor-pointer py-1">{words.risk}</summary>
            <p className="pt-0.5 pb-1">
              {step.risk}
              {later ? ` ${step.todo}` : ''}
            </p>
          </details>
        </>
      )}
      {live ? <Panel step={step} view={view} isNext={isNext} /> : null}
      {live ? <SkipLine step={step} name={view.name} onSkip={() => setSkipping(true)} /> : null}
      <SkipDialog step={step} name={view.name} open={skipping} onClose={() => setSkipping(false)} />
    </li>
  );
}

function SkipLine({
  step,
  name,
  onSkip,
}: {
  readonly step: StepView;
  readonly name: string;
  readonly onSkip: () => void;
}) {
  const keep = useKeepView();
  const unskip = useMutation(api.cutOver.skip.mutationOptions({ onSuccess: keep }));
  if (!step.skippable || isLater(step)) return null;
  return (
    <div className="grid gap-2">
      <div>
        {step.state === 'skipped' ? (
          <Button
            duty="operate"
            look="quiet"
            busy={unskip.isPending}
            onClick={() => unskip.mutate({ name, step: step.step, reason: null })}
          >
            {words.unskip}
          </Button>
        ) : (
          <Button look="quiet" onClick={onSkip}>
            {words.skip}
          </Button>
        )}
      </div>
      {unskip.isError ? <ProblemNote error={unskip.error} /> : null}
    </div>
  );
}

/** What can be done about a step here. */
function Panel({
  step,
  view,
  isNext,
}: {
  readonly step: StepView;
  readonly view: CutOverView;
  readonly isNext: boolean;
}): ReactNode {
  switch (step.step) {
    case 'connector':
      return view.exchangeByHand && step.state !== 'done' ? (
        <AttestForm name={view.name} subject="connector" value />
      ) : null;
    case 'canary':
      return step.blockedBy === 'earlier-steps' ? null : <CanaryPanel view={view} step={step} />;
    case 'mx':
      return step.state === 'done' || !isNext ? null : <MxRecords records={view.ourMx} />;
    case 'mx-back':
      return step.state === 'done' || !isNext ? null : <MxRecords records={view.tenantMx} />;
    case 'direct-senders':
      return isLater(step) ? null : <DirectSendersPanel name={view.name} />;
    case 'lock-down':
      return isLater(step) ? null : <LockDownPanel view={view} on={step.state !== 'done'} />;
    case 'lock-down-off':
      return step.state === 'done' ? null : <LockDownPanel view={view} on={false} />;
    case 'ttl':
    case 'recipients':
    case 'policies':
    case 'policies-back':
    case 'relay-only':
      return null;
  }
}
