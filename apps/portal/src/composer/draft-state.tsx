import type { Draft } from '../drafts/draft.ts';
import { useIsReachable } from '../drafts/draft-session.ts';
import { composer as words } from '../messages/en/composer.ts';
import { useStorageTrouble } from '../storage/keep-on-disk.ts';

/** Where the draft is by now. */
export function DraftState({ draft }: { readonly draft: Draft }) {
  const isReachable = useIsReachable();
  const isHere = useStorageTrouble() === null;
  if (!draft.isTouched) return null;
  // Moments after a letter, and on its way.
  if (draft.isDirty && isReachable) return <span className="hint">{words.saved.soon}</span>;
  const isThere = !draft.isDirty;
  return (
    <span className="hint">
      {words.saved[isThere ? (isHere ? 'both' : 'server') : isHere ? 'device' : 'page']}
    </span>
  );
}
