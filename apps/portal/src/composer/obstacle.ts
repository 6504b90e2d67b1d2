import { MAX_RICH_TEXT } from '@holdfast/contracts/rich-text';
import type { Draft } from '../drafts/draft.ts';
import { composer as words } from '../messages/en/composer.ts';
import { isAddress } from './recipients.ts';

interface Circumstances {
  readonly isChoosing: boolean;
  readonly mayWrite: boolean;
  /** A file that goes up from here by itself. */
  readonly isUnderWay: (uploadId: string) => boolean;
}

/** What still stands in the way of sending, in words, or null. */
export function obstacle(
  draft: Draft,
  { isChoosing, mayWrite, isUnderWay }: Circumstances,
): string | null {
  if (!mayWrite) return words.readOnly;
  const parties = [...draft.to, ...draft.cc, ...draft.bcc];
  if (parties.length === 0) return words.nobody;
  const bad = parties.find((party) => !isAddress(party.address));
  if (bad !== undefined) return words.badAddress(bad.address);
  if ((draft.html ?? '').length > MAX_RICH_TEXT) return words.tooMuchFormatting;
  if (isChoosing) return words.choosePhotos;
  // What goes up from here goes on behind the message, which waits for it in the outbox.
  return draft.uploads.every(({ id, isHere }) => isHere || isUnderWay(id))
    ? null
    : words.waitUploads;
}
