import { problemOf } from '../api.ts';
import { en } from '../messages/en.ts';
import { Blank } from './waiting.tsx';

/** A page that could not be loaded: what happened, and the button that is the next step. */
export function ProblemPage(props: { readonly error: unknown; readonly onRetry: () => void }) {
  const problem = problemOf(props.error);
  const outdated = problem.code === 'client.outdated';
  return (
    <Blank heading={outdated ? en.problems.outdated : problem.message} alert>
      <button
        type="button"
        className="btn"
        onClick={() => (outdated ? location.reload() : props.onRetry())}
      >
        {outdated ? en.problems.reload : en.problems.retry}
      </button>
    </Blank>
  );
}
