import type { ReactNode } from 'react';
import { m } from '../messages/catalogue.ts';
import { readProblem } from '../session/problem.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

/** The one way an error is shown: what happened, what it means for mail, what to do. */
export function ProblemNote({
  error,
  retry,
}: {
  readonly error: unknown;
  readonly retry?: () => void;
}) {
  const problem = readProblem(error);
  const outdated = problem.kind === 'refused' && problem.error.code === 'client.outdated';
  const action = outdated ? (
    <Button onClick={() => globalThis.location.reload()}>{m.problem.outdated}</Button>
  ) : retry === undefined ? null : (
    <Button onClick={retry}>{m.tryAgain}</Button>
  );
  return (
    <Note tone="problem" role="alert" action={action}>
      {problem.kind === 'refused' ? (
        <p>{problem.error.message}</p>
      ) : (
        <>
          <p className="font-medium">{m.problem.unreachable}</p>
          <p>{m.problem.unreachableMeaning}</p>
        </>
      )}
    </Note>
  );
}

const NOTE = {
  problem: 'bg-problem-soft text-problem-text',
  attention: 'bg-attention-soft text-attention-text',
  good: 'bg-good-soft text-good-text',
  neutral: 'bg-sunken text-text-2',
} as const;

export function Note({
  tone,
  role,
  action,
  children,
}: {
  readonly tone: keyof typeof NOTE;
  readonly role?: 'alert' | 'status';
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div
      role={role}
      className={`flex flex-wrap items-start gap-x-3 gap-y-2 rounded-surface px-4 py-3 ${NOTE[tone]}`}
    >
      <span className="mt-px">
        <Icon name={tone === 'good' ? 'check' : tone === 'neutral' ? 'info' : 'alert'} />
      </span>
      <div className="min-w-0 flex-[1_1_240px]">{children}</div>
      {action}
    </div>
  );
}
