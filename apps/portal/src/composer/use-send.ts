import type { Party, SendInput } from '@holdfast/contracts';
import { useRef, useState } from 'react';
import type { Draft } from '../drafts/draft.ts';
import { thisDevice } from '../drafts/draft-session.ts';
import { en } from '../messages/en.ts';
import { outboxNews as words } from '../messages/en/outbox-news.ts';
import { storage } from '../messages/en/storage.ts';
import { navigate } from '../navigation.ts';
import { queueMessage } from '../outbox/outbox.ts';
import { showSnack } from '../parts/snackbar.tsx';
import { storageTrouble } from '../storage/keep-on-disk.ts';

const inbox = { page: 'folder', folder: 'inbox', itemId: null } as const;

/**
 * Into the outbox, on this device's disk, and away from the composer. What becomes of it is told by the outbox
 * (`outbox-news.ts`), wherever its author is by then.
 */
export function useSend(user: string) {
  const [isPending, setPending] = useState(false);
  const isUnderWay = useRef(false);
  async function send(draft: Draft): Promise<void> {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setPending(true);
    const kept = await queueMessage(user, toSendInput(draft), draft);
    const isComplete = draft.uploads.every(({ isHere }) => isHere);
    const said = isComplete ? en.composer.sending : words.waits.files;
    showSnack(
      kept ? { text: said } : { text: storage[storageTrouble() ?? 'refused'], tone: 'problem' },
    );
    navigate(inbox, { replace: true });
  }
  return { isPending, send };
}

function toSendInput(draft: Draft): SendInput {
  const { key, to, cc, bcc, subject, text, html, about, base } = draft;
  const addresses = (parties: readonly Party[]) => parties.map(({ address }) => address);
  const named = [...to, ...cc].filter(({ name }) => name !== '');
  return {
    key,
    to: addresses(to),
    cc: addresses(cc),
    bcc: addresses(bcc),
    names: Object.fromEntries(named.map(({ name, address }) => [address, name.slice(0, 200)])),
    subject,
    text,
    html: html ?? null,
    about: about === null ? null : { ...about, parts: [...about.parts] },
    uploadIds: draft.uploads.map(({ id }) => id),
    base,
    device: thisDevice(),
  };
}
