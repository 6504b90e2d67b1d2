import type { ListedDraft, OpenedDraft, SavedDraft } from '@holdfast/application';
import type { DraftRow, DraftView, SaveDraftResult } from '@holdfast/contracts';
import { toIso } from './instant.ts';

export function presentDraftRow(draft: ListedDraft): DraftRow {
  const { id, revision, to, subject, preview, attachments, because, writtenAt } = draft;
  return { id, revision, to, subject, preview, attachments, because, writtenAt: toIso(writtenAt) };
}

export function presentDraft(draft: OpenedDraft): DraftView {
  return {
    ...presentDraftRow(draft),
    content: draft.content,
    uploads: draft.uploads.map(({ id, fileName, contentType, size, received }) => ({
      id,
      fileName,
      contentType,
      size,
      received,
    })),
  };
}

export function presentSaved(saved: SavedDraft): SaveDraftResult {
  if (saved.kind !== 'saved') return { kind: saved.kind };
  const { kind, id, revision, because } = saved;
  return { kind, id, revision, because };
}
