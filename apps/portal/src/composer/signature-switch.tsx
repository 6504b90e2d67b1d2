import type { WritingSettingsView } from '@holdfast/contracts';
import { useEffect, useRef } from 'react';
import type { Draft } from '../drafts/draft.ts';
import { changeDraft, loadDraft, saveDraft } from '../drafts/draft-store.ts';
import { composer as words } from '../messages/en/composer.ts';
import { withHtml } from './rich/forms-of-text.ts';
import {
  hasRichSignature,
  withoutRichSignature,
  withRichSignature,
} from './rich/rich-signature.ts';
import { hasSignature, withoutSignature, withSignature } from './signature.ts';

function signed(draft: Draft, signature: string): Partial<Draft> {
  const { text, html, about } = draft;
  return typeof html === 'string'
    ? withHtml(draft, withRichSignature(html, signature, about?.quote === true))
    : { text: withSignature(text, signature) };
}

/**
 * On a slow network the settings come while somebody writes already: they go on where they are, above the signature. The
 * field with formatting sees to that itself.
 */
function caretKept(): () => void {
  const field = document.activeElement;
  if (!(field instanceof HTMLTextAreaElement)) return () => undefined;
  const { selectionStart, selectionEnd } = field;
  // Behind what draws the text.
  return () => queueMicrotask(() => field.setSelectionRange(selectionStart, selectionEnd));
}

function unsigned(draft: Draft, signature: string): Partial<Draft> {
  const { text, html } = draft;
  return typeof html === 'string'
    ? withHtml(draft, withoutRichSignature(html, signature))
    : { text: withoutSignature(text, signature) };
}

/** The signature of the person, put in where nothing was written yet, and switched for each message. */
export function SignatureSwitch(props: {
  readonly user: string;
  readonly draft: Draft;
  readonly settings: WritingSettingsView | undefined;
}) {
  const { user, draft, settings } = props;
  const signature = settings?.signature ?? '';
  const isWanted = settings?.signatureUsed === true;
  const isDone = useRef(draft.isTouched);
  useEffect(() => {
    const latest = loadDraft(user, draft.key);
    if (isDone.current || !isWanted || latest === null) return;
    isDone.current = true;
    const keepCaret = caretKept();
    // Not an edit: a message that is closed without a word of one's own still leaves nothing behind.
    void saveDraft(user, { ...latest, ...signed(latest, signature) });
    keepCaret();
  }, [user, draft.key, isWanted, signature]);
  if (signature === '') return null;
  const isIn =
    typeof draft.html === 'string'
      ? hasRichSignature(draft.html, signature)
      : hasSignature(draft.text, signature);
  return (
    <label className="switch">
      <input
        type="checkbox"
        checked={isIn}
        onChange={() => {
          isDone.current = true;
          const swap = isIn ? unsigned : signed;
          changeDraft(user, draft.key, swap(draft, signature));
        }}
      />
      {words.signature}
    </label>
  );
}
