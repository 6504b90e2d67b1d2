import type { Draft } from '../drafts/draft.ts';
import { composer as words } from '../messages/en/composer.ts';
import { isStorageRefused } from '../storage/open-database.ts';

/** Where the draft is by now. */
export function DraftState({ draft }: { readonly draft: Draft }) {
  if (!draft.isTouched) return null;
  const isHere = !isStorageRefused();
  const isThere = !draft.isDirty;
  return (
    <span className="hint">
      {words.saved[isThere ? (isHere ? 'both' : 'server') : isHere ? 'device' : 'page']}
    </span>
  );
}
