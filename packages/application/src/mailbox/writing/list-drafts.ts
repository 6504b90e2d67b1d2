import type { Ports } from '../../ports.ts';
import type { DraftRecord, UploadRecord } from '../../records/writing.ts';
import { Refusal } from '../../refusal.ts';
import { withMailbox, type UserActor } from '../user-access.ts';
import { openDraft, openHead, type DraftContent, type DraftHead } from './draft-content.ts';

export interface ListedDraft
  extends DraftHead, Pick<DraftRecord, 'id' | 'revision' | 'because' | 'writtenAt'> {}

export interface OpenedDraft extends ListedDraft {
  readonly content: DraftContent;
  readonly uploads: readonly UploadRecord[];
}

/** The newest first. */
export async function listDrafts(ports: Ports, actor: UserActor): Promise<readonly ListedDraft[]> {
  const found = await withMailbox(ports, actor, 'read', ({ drafts }) => drafts.list(actor.userId));
  return found.map(({ id, revision, because, writtenAt, sealedHead }) => ({
    id,
    revision,
    because,
    writtenAt,
    ...openHead(ports.secrets, actor, sealedHead),
  }));
}

/** Throws `drafts.unknown` for one that was sent or discarded, too. */
export async function readDraft(
  ports: Ports,
  actor: UserActor,
  input: { readonly id: string },
): Promise<OpenedDraft> {
  const { draft, uploads } = await withMailbox(ports, actor, 'read', async (repositories) => {
    const found = await repositories.drafts.get(actor.userId, input.id);
    if (found === null || found.state !== 'open') throw unknownDraft();
    return {
      draft: found,
      uploads: await repositories.uploads.find(actor.userId, found.uploadIds),
    };
  });
  const { id, revision, because, writtenAt, sealed, sealedHead } = draft;
  return {
    id,
    revision,
    because,
    writtenAt,
    ...openHead(ports.secrets, actor, sealedHead),
    content: openDraft(ports.secrets, actor, sealed),
    uploads,
  };
}

export function unknownDraft(): Refusal {
  return new Refusal('drafts.unknown', 'This draft is gone: it was sent or discarded.');
}
