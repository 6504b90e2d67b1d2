import type { QueueActionView } from '@holdfast/contracts';
import { m } from '../../messages/catalogue.ts';

const words = m.mailFlow.progress;

/** A command on many, while it goes on: it survives leaving the page. */
export function ActionProgress({ action }: { readonly action: QueueActionView | null }) {
  if (action === null || action.state === 'done') return null;
  const done = action.changed + action.refused;
  return (
    <div
      role="status"
      className="surface mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3"
    >
      <span className="min-w-0 flex-[1_1_260px]">
        <b>{words.running[action.command]}</b>{' '}
        <span className="text-text-2">{words.by(action.requestedBy)}</span>
      </span>
      <progress
        aria-label={words.running[action.command]}
        className="h-2 w-40 accent-accent"
        max={Math.max(1, action.expected)}
        value={done}
      />
      <span className="num text-text-2">{words.of(done, action.expected)}</span>
    </div>
  );
}
