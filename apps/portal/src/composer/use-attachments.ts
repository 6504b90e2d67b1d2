import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Draft } from '../drafts/draft.ts';
import { changeDraft, loadDraft } from '../drafts/draft-store.ts';
import { startUpload, stopUpload } from '../drafts/upload-store.ts';
import { MAX_ATTACHMENTS, MAX_SUBMISSION_BYTES } from '../limits.ts';
import { composer as words } from '../messages/en/composer.ts';
import { sizeText } from '../sizes.ts';
import { shrinkPhoto } from './shrink-photo.ts';

/** A photo that could go as it is or smaller; nothing of it is uploaded before that is said. */
export interface PhotoChoice {
  readonly original: File;
  readonly smaller: File;
}

export function attachedBytes(draft: Draft): number {
  const chosen = new Set(draft.about?.parts ?? []);
  return [...draft.uploads, ...draft.carried.filter(({ index }) => chosen.has(index))].reduce(
    (sum, { size }) => sum + size,
    0,
  );
}

/** Files are refused before a byte is sent when they do not fit: on a weak network a late no costs minutes. */
export function useAttachments(user: string, key: string) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [choices, setChoices] = useState<readonly PhotoChoice[]>([]);
  const isGone = useRef(false);
  const undecided = useRef(choices);
  useLayoutEffect(() => {
    undecided.current = choices;
  }, [choices]);
  useEffect(
    () => () => {
      isGone.current = true;
      // Nobody has said how large: the photo is in the draft all the same, unless that was thrown away.
      for (const { original } of undecided.current) attach(original);
    },
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- at the end alone, and of the same draft
    [],
  );

  function fits(file: File): boolean {
    const draft = loadDraft(user, key);
    if (draft === null || draft.isDiscarded) return false;
    const files = draft.uploads.length + (draft.about?.parts.length ?? 0);
    if (files >= MAX_ATTACHMENTS) {
      setRefusal(words.tooMany(MAX_ATTACHMENTS));
      return false;
    }
    if (attachedBytes(draft) + file.size <= MAX_SUBMISSION_BYTES) return true;
    setRefusal(words.tooBig(file.name, sizeText(file.size), sizeText(MAX_SUBMISSION_BYTES)));
    return false;
  }

  function attach(file: File): void {
    if (!fits(file)) return;
    const uploads = loadDraft(user, key)?.uploads ?? [];
    changeDraft(user, key, { uploads: [...uploads, startUpload(user, key, file)] });
  }

  async function add(files: readonly File[]): Promise<void> {
    setRefusal(null);
    for (const original of files) {
      const smaller = await shrinkPhoto(original);
      if (isGone.current || smaller === null) attach(original);
      else setChoices((before) => [...before, { original, smaller }]);
    }
  }

  function choose(choice: PhotoChoice, file: File | null): void {
    setChoices((before) => before.filter((each) => each !== choice));
    if (file !== null) attach(file);
  }

  function remove(id: string): void {
    setRefusal(null);
    const uploads = loadDraft(user, key)?.uploads ?? [];
    changeDraft(user, key, { uploads: uploads.filter((each) => each.id !== id) });
    stopUpload(user, id);
  }

  return { refusal, choices, add, choose, remove };
}
