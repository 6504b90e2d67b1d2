import type { UndoneDraft } from '@holdfast/contracts';
import { newDraft, type Draft } from '../drafts/draft.ts';

/** What was taken back, to go on with under another key. `known`: the draft as it was sent from this device. */
export function undoneDraft(back: UndoneDraft, known: Draft, key: string): Draft {
  const { to, cc, bcc, subject, text, html, uploads } = back;
  const content = { to, cc, bcc, subject, text, html, about: aboutOf(back, known.about) };
  return {
    ...newDraft({ ...content, carried: [] }),
    uploads: uploads.map((each) => ({ ...each, isHere: true })),
    key,
    isTouched: true,
  };
}

/**
 * What was forwarded with it is among the files. Which message is quoted below is known to the server of an answer, and of a
 * forwarded one only to this device.
 */
function aboutOf({ about, isQuoting }: UndoneDraft, known: Draft['about']): Draft['about'] {
  const of = about ?? (isQuoting ? known : null);
  return of === null ? null : { ...of, parts: [], quote: isQuoting };
}
