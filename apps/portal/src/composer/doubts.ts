import type { Draft } from '../drafts/draft.ts';

/** What a person may have forgotten; each is asked once. */
export type Doubt = 'subject' | 'attachment';

/** Words that announce an attachment, in the languages most of our mail is in. */
const ANNOUNCES =
  /\b(?:attached|attachments?|attaching|enclosed|anbei|angehängt|anhang|anhänge|beigefügt|beiliegend|ci-joint|ci-jointe|pièces? jointes?|adjunto|adjunta|allegato|allegati|in allegato|bijlage|bijgevoegd|vedhæftet|bifogad|załącznik)\b|添付|附件|첨부/iu;

/** What the person wrote: without quoted lines and everything that was said before. */
function ownWords(text: string): string {
  const lines = text.split('\n');
  const forwarded = lines.findIndex((line) => /^-{5,} .+ -{5,}$/.test(line));
  const own = forwarded === -1 ? lines : lines.slice(0, forwarded);
  return own.filter((line) => !line.startsWith('>')).join('\n');
}

export function doubtsOf(draft: Draft): readonly Doubt[] {
  const doubts: Doubt[] = [];
  if (/^\s*(?:(?:re|fwd?)\s*:\s*)*$/i.test(draft.subject)) doubts.push('subject');
  const files = draft.uploads.length + (draft.about?.parts.length ?? 0);
  if (files === 0 && ANNOUNCES.test(ownWords(`${draft.subject}\n${draft.text}`)))
    doubts.push('attachment');
  return doubts;
}
