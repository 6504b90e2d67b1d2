import { decideDraftSaving } from '@holdfast/domain';
import type { Ports } from '../../ports.ts';
import type { OrganisationRepositories } from '../../ports/repositories/organisation-repositories.ts';
import type { DraftRecord } from '../../records/writing.ts';
import { Refusal } from '../../refusal.ts';
import { withMailbox, type UserActor } from '../user-access.ts';
import { sealDraft, type DraftContent } from './draft-content.ts';

/** Open drafts of one person. */
export const MAX_DRAFTS = 200;

export interface SaveDraftInput {
  readonly id: string;
  /** The revision that the device saw last; 0: none. */
  readonly base: number;
  /** A name that a browser gave itself. */
  readonly device: string;
  readonly writtenAt: number;
  readonly content: DraftContent;
}

export type SavedDraft =
  | {
      readonly kind: 'saved';
      readonly id: string;
      readonly revision: number;
      readonly because: DraftRecord['because'];
    }
  | { readonly kind: 'sent' | 'discarded' };

/**
 * Keeps what is being written. A text that another device did not see never takes the place of its own: the later call
 * gets a draft of its own. Also when the mailbox is read-only: what was written without a connection comes late. Throws
 * `drafts.full`.
 */
export async function saveDraft(
  ports: Ports,
  actor: UserActor,
  input: SaveDraftInput,
): Promise<SavedDraft> {
  const sealed = sealDraft(ports.secrets, actor, input.content);
  return withMailbox(ports, actor, 'read', async (repositories) => {
    const { drafts } = repositories;
    const kept = await drafts.lock(actor.userId, input.id);
    const decision = decideDraftSaving(
      kept === null
        ? null
        : { ...kept, isSame: kept.digest === sealed.digest, isOwn: kept.device === input.device },
      input.base,
    );
    const record: DraftRecord = {
      ...sealed,
      id: input.id,
      userId: actor.userId,
      revision: 1,
      state: 'open',
      uploadIds: input.content.uploadIds,
      branchOf: kept?.branchOf ?? null,
      because: kept?.because ?? null,
      device: input.device,
      writtenAt: Math.min(input.writtenAt, ports.clock.now()),
      savedAt: ports.clock.now(),
    };
    switch (decision.kind) {
      case 'over':
        return { kind: decision.as };
      case 'same':
        return { kind: 'saved', id: input.id, revision: decision.revision, because: null };
      case 'replace':
        if (kept?.state !== 'open') await requireRoom(repositories, actor.userId);
        await drafts.save({ ...record, revision: decision.revision });
        await tell(repositories, actor);
        return { kind: 'saved', id: input.id, revision: decision.revision, because: null };
      case 'branch': {
        const { because } = decision;
        // Asked again after an answer that was lost.
        const earlier = await drafts.findBranch(actor.userId, input.id, sealed.digest);
        if (earlier !== null)
          return { kind: 'saved', id: earlier.id, revision: earlier.revision, because };
        const id = ports.identifiers.uuid();
        await drafts.save({ ...record, id, branchOf: input.id, because });
        await tell(repositories, actor);
        return { kind: 'saved', id, revision: 1, because };
      }
    }
  });
}

/** A branch is kept even so: it is text that exists already. */
async function requireRoom({ drafts }: OrganisationRepositories, userId: string): Promise<void> {
  if ((await drafts.countOpen(userId)) < MAX_DRAFTS) return;
  throw new Refusal(
    'drafts.full',
    `There are ${MAX_DRAFTS} drafts already. This one is on this device only: discard some, and it is saved.`,
  );
}

/** Other devices of the same person look again. */
export async function tell(
  repositories: OrganisationRepositories,
  { organisationId, userId }: UserActor,
): Promise<void> {
  await repositories.notify({ channel: 'mailbox', organisationId, userIds: [userId] });
}
