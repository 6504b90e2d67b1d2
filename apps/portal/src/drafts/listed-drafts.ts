import type { DraftRow, Party } from '@holdfast/contracts';
import type { Draft } from './draft.ts';

/** A line of the Drafts folder, from this device or from the server. */
export interface ListedDraft {
  readonly key: string;
  readonly savedAt: string;
  readonly to: readonly Party[];
  readonly subject: string;
  readonly preview: string;
  readonly attachments: number;
  readonly because: Draft['because'];
  readonly isReturned: boolean;
  /** The server has it as it is. */
  readonly isSaved: boolean;
  readonly from: { readonly local: Draft } | { readonly row: DraftRow };
}

/** Unit: characters. */
const PREVIEW = 120;

/** The newest first; what is on this device is at least as new as what the server has of it. */
export function listDrafts(
  local: readonly Draft[],
  rows: readonly DraftRow[],
): readonly ListedDraft[] {
  const here = new Set(local.map(({ key }) => key));
  return [...local.map(ofDevice), ...rows.filter(({ id }) => !here.has(id)).map(ofServer)].toSorted(
    (a, b) => b.savedAt.localeCompare(a.savedAt),
  );
}

function ofDevice(draft: Draft): ListedDraft {
  const { key, savedAt, to, subject, because } = draft;
  return {
    key,
    savedAt,
    to,
    subject,
    because,
    preview: draft.text.trim().slice(0, PREVIEW),
    attachments: draft.uploads.length + (draft.about?.parts.length ?? 0),
    isReturned: draft.refused !== undefined,
    isSaved: !draft.isDirty,
    from: { local: draft },
  };
}

function ofServer(row: DraftRow): ListedDraft {
  const { id, writtenAt, to, subject, preview, attachments, because } = row;
  const saved = { isReturned: false, isSaved: true, from: { row } };
  return { key: id, savedAt: writtenAt, to, subject, preview, attachments, because, ...saved };
}
