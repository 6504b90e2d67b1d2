import type { MessageView } from '@holdfast/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { trpc } from '../api.ts';
import type { Draft } from '../drafts/draft.ts';
import { changeDraft, loadDraft } from '../drafts/draft-store.ts';
import { chooseFormatting } from './rich/formatting-choice.ts';
import { losesFormatting, withFormatting, withoutFormatting } from './rich/forms-of-text.ts';

/** Formatting on and off; off asks before something is lost. */
export function useFormatting(user: string, draft: Draft) {
  const [isAsking, setAsking] = useState(false);
  const queries = useQueryClient();
  const latest = (): Draft => loadDraft(user, draft.key) ?? draft;

  function turnOn(): void {
    const now = latest();
    const input = { itemId: now.about?.itemId ?? '' };
    const original = queries.getQueryData<MessageView>(trpc.mailbox.read.queryKey(input)) ?? null;
    const { text, html, about } = withFormatting(now, original);
    changeDraft(user, now.key, { text, html, about });
    chooseFormatting(true);
  }

  function turnOff(): void {
    setAsking(false);
    const now = latest();
    const { html, about } = withoutFormatting(now);
    changeDraft(user, now.key, { html, about });
    chooseFormatting(false);
  }

  function toggle(): void {
    const now = latest();
    if (typeof now.html !== 'string') turnOn();
    else if (losesFormatting(now)) setAsking(true);
    else turnOff();
  }

  return {
    isOn: typeof draft.html === 'string',
    isAsking: isAsking && typeof draft.html === 'string',
    latest,
    toggle,
    turnOff,
    keep: () => setAsking(false),
  };
}
