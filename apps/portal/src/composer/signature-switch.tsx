import type { WritingSettingsView } from '@holdfast/contracts';
import { useEffect, useRef } from 'react';
import type { Draft } from '../drafts/draft.ts';
import { changeDraft, loadDraft, saveDraft } from '../drafts/draft-store.ts';
import { composer as words } from '../messages/en/composer.ts';
import { hasSignature, withoutSignature, withSignature } from './signature.ts';

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
    // Not an edit: a message that is closed without a word of one's own still leaves nothing behind.
    void saveDraft(user, { ...latest, text: withSignature(latest.text, signature) });
  }, [user, draft.key, isWanted, signature]);
  if (signature === '') return null;
  const isIn = hasSignature(draft.text, signature);
  return (
    <label className="switch">
      <input
        type="checkbox"
        checked={isIn}
        onChange={() => {
          isDone.current = true;
          const swap = isIn ? withoutSignature : withSignature;
          changeDraft(user, draft.key, { text: swap(draft.text, signature) });
        }}
      />
      {words.signature}
    </label>
  );
}
