import type { SendInput } from '@holdfast/contracts';
import { useState } from 'react';
import { navigate } from '../navigation.ts';
import { en } from '../messages/en.ts';
import { storage } from '../messages/en/storage.ts';
import { queueMessage } from '../outbox/outbox.ts';
import { showSnack } from '../parts/snackbar.tsx';
import type { Draft } from './draft-store.ts';

const inbox = { page: 'folder', folder: 'inbox', itemId: null } as const;

/**
 * Into the outbox, on this device's disk, and away from the composer. What becomes of it is told by the outbox
 * (`outbox-news.ts`), wherever its author is by then.
 */
export function useSend(user: string) {
  const [isPending, setPending] = useState(false);
  async function send(input: SendInput, draft: Draft): Promise<void> {
    setPending(true);
    const kept = await queueMessage(user, input, draft);
    showSnack(kept ? { text: en.composer.sending } : { text: storage.refused, tone: 'problem' });
    navigate(inbox, { replace: true });
  }
  return { isPending, send };
}
