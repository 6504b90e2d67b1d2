import type { PortalState } from '@holdfast/contracts';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Draft } from '../drafts/draft.ts';
import { discardDraft, onDraftNews, openDraft } from '../drafts/draft-session.ts';
import {
  branchOf,
  draftsLoaded,
  holdDraft,
  loadDraft,
  removeDraft,
  useDraft,
} from '../drafts/draft-store.ts';
import { composer as words } from '../messages/en/composer.ts';
import { en } from '../messages/en.ts';
import { goBack, isWhereLoaded, navigate } from '../navigation.ts';
import { showSnack } from '../parts/snackbar.tsx';
import { Blank, Skeleton } from '../parts/waiting.tsx';
import { ComposerForm } from './composer-form.tsx';
import { useOnlyWindow } from './use-only-window.ts';
import { useVisiblePart } from './use-visible-part.ts';
import './composer.css';

interface ComposerProps {
  readonly state: PortalState;
  readonly draftKey: string;
}

const inbox = { page: 'folder', folder: 'inbox', itemId: null } as const;

/** A native modal dialog: the page behind is inert, Escape closes, the focus returns. Full screen on a phone. */
export function Composer({ state, draftKey }: ComposerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const user = state.user?.address ?? '';
  const isOnly = useOnlyWindow(user, draftKey);
  const draft = useOpenedDraft(user, draftKey);
  useFollowedDraft(user, draftKey, isOnly !== false);
  useVisiblePart(dialog);
  // Before the effect of the form, which moves the focus to where writing begins.
  useLayoutEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    return () => opened?.close();
  }, []);
  const close = (): void => goBack(inbox);
  return (
    <dialog
      ref={dialog}
      className="composer"
      aria-labelledby="composer-heading"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      {draft === undefined || isOnly === undefined ? (
        <Skeleton rows={4} label={words.loading} />
      ) : draft === null || !isOnly ? (
        <Blank heading={isOnly ? words.gone : words.otherTab}>
          <button type="button" className="btn" onClick={close}>
            {en.keyboard.close}
          </button>
        </Blank>
      ) : (
        <ComposerForm draft={draft} state={state} onClose={close} />
      )}
    </dialog>
  );
}

/** From this device, and from the server where that has a newer one; `undefined` while it is looked for. */
function useOpenedDraft(user: string, key: string): Draft | null | undefined {
  const draft = useDraft(user, key);
  const [isLookedUp, setLookedUp] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    const lookUp = async (): Promise<void> => {
      // What this device has is known once the disk has answered; a page that was loaded anew still waits for that.
      await draftsLoaded(user);
      const known = loadDraft(user, key);
      const branch = known === null && isWhereLoaded() ? branchOf(user, key) : null;
      // Loaded anew by an address of a moment ago: what was being written is under another key by now.
      if (isCurrent && branch !== null)
        return navigate({ page: 'write', draftKey: branch.key }, { replace: true });
      // One that was begun a moment ago, or not saved yet, is nowhere else.
      if (!isCurrent || (known !== null && (known.base === 0 || known.isDirty))) return;
      await openDraft(key);
      if (isCurrent) setLookedUp(true);
    };
    void lookUp();
    return () => {
      isCurrent = false;
    };
  }, [user, key]);
  return draft === null && !isLookedUp ? undefined : draft;
}

/**
 * Whatever happens to the draft elsewhere is said here; leaving it untouched takes it away. While another window has it
 * (`isOurs` is false), that is the other's to do, and what it writes is taken over.
 */
function useFollowedDraft(user: string, key: string, isOurs: boolean): void {
  const ours = useRef(isOurs);
  useLayoutEffect(() => {
    ours.current = isOurs;
    return isOurs ? holdDraft(key) : undefined;
  }, [key, isOurs]);
  useEffect(() => {
    const stop = onDraftNews((news) => {
      if (news.key !== key || !ours.current) return;
      switch (news.kind) {
        case 'branched':
          return navigate({ page: 'write', draftKey: news.draft.key }, { replace: true });
        case 'over':
          showSnack({ text: words.over[news.as] });
          return goBack(inbox);
        case 'kept':
          return undefined;
      }
    });
    return () => {
      stop();
      // Behind the form's own end, which may still attach a photo.
      if (ours.current) queueMicrotask(() => leave(user, key));
    };
  }, [user, key]);
}

function leave(user: string, key: string): void {
  const last = loadDraft(user, key);
  if (last === null) return;
  if (!last.isTouched) void removeDraft(user, key);
  // Typed and taken out again.
  else if (isEmpty(last)) void discardDraft(user, last);
}

function isEmpty(draft: Draft): boolean {
  const { to, cc, bcc, subject, text, uploads, about } = draft;
  const parties = to.length + cc.length + bcc.length;
  return about === null && parties + uploads.length === 0 && `${subject}${text}`.trim() === '';
}
