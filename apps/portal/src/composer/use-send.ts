import type { UndoneDraft } from '@holdfast/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { problemOf, trpc } from '../api.ts';
import { en } from '../messages/en.ts';
import { navigate } from '../navigation.ts';
import { showSnack } from '../parts/snackbar.tsx';
import { newKey, removeDraft, saveDraft } from './draft-store.ts';

const inbox = { page: 'folder', folder: 'inbox', itemId: null } as const;

/** A message is taken in a moment after it is sent; until then it cannot be taken back. Unit of the pause: ms. */
const UNDO_TRIES = 8;
const UNDO_PAUSE = 500;
/** Whatever a phone's clock says, the offer to undo stands no longer than the server could mean. Unit: ms. */
const LONGEST_OFFER = 60_000;

/** The key of the draft makes every further try the same message: a lost answer is not a second mail. */
export function useSend(user: string, setProblem: (text: string) => void) {
  const queries = useQueryClient();
  const refresh = (): void => void queries.invalidateQueries({ queryKey: trpc.mailbox.pathKey() });
  const undo = useUndo(user, refresh);
  return useMutation(
    trpc.mailbox.send.mutationOptions({
      onSuccess: ({ undoUntil }, { key }) => {
        removeDraft(user, key);
        refresh();
        const left = undoUntil === null ? 0 : Date.parse(undoUntil) - Date.now();
        showSnack(
          left <= 0
            ? { text: en.composer.sent }
            : {
                text: en.composer.sent,
                shownFor: Math.min(left, LONGEST_OFFER),
                action: { label: en.actions.undo, run: () => undo(key) },
              },
        );
        navigate(inbox, { replace: true });
      },
      onError: (error) => setProblem(`${en.composer.notSent} ${problemOf(error).message}`),
    }),
  );
}

/** What was written comes back as a draft with a key of its own, open for writing. */
function useUndo(user: string, refresh: () => void): (key: string) => void {
  const undo = useMutation(
    trpc.mailbox.undoSend.mutationOptions({
      retryDelay: UNDO_PAUSE,
      retry: (failures, error) => {
        const { code } = problemOf(error);
        const soon = code === 'network' || code === 'mailbox.undo-too-early';
        return soon && failures < UNDO_TRIES;
      },
    }),
  );
  // A promise, not the callbacks of `mutate`: those are dropped when the composer that began this is closed.
  return (key) =>
    void undo
      .mutateAsync({ key })
      .then(
        (draft) => navigate({ page: 'write', draftKey: keepDraft(user, draft) }),
        (error: unknown) => showSnack({ text: problemOf(error).message, tone: 'problem' }),
      )
      .finally(refresh);
}

function keepDraft(user: string, draft: UndoneDraft): string {
  const key = newKey();
  saveDraft(user, {
    ...draft,
    key,
    savedAt: new Date().toISOString(),
    isTouched: true,
    carried: { count: 0, bytes: 0 },
  });
  return key;
}
