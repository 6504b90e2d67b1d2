import type { Ports } from '../../ports.ts';
import { withMailbox, type UserActor } from '../user-access.ts';
import { unknownDraft } from './list-drafts.ts';
import { tell } from './save-draft.ts';

/** Discards what the person has seen of a draft; what another device wrote since stays. Can be undone by `restoreDraft`. */
export async function discardDraft(
  ports: Ports,
  actor: UserActor,
  input: { readonly id: string; readonly base: number; readonly device: string },
): Promise<{ readonly kind: 'discarded' | 'changed' }> {
  return withMailbox(ports, actor, 'read', async (repositories) => {
    const { drafts } = repositories;
    const kept = await drafts.lock(actor.userId, input.id);
    // One that never came here, or is over already, is as good as discarded.
    if (kept === null || kept.state !== 'open') return { kind: 'discarded' };
    if (kept.revision !== input.base && kept.device !== input.device) return { kind: 'changed' };
    await drafts.save({ ...kept, state: 'discarded', savedAt: ports.clock.now() });
    await tell(repositories, actor);
    return { kind: 'discarded' };
  });
}

/** Throws `drafts.unknown` when it was sent, or its time is over. */
export async function restoreDraft(
  ports: Ports,
  actor: UserActor,
  input: { readonly id: string },
): Promise<{ readonly revision: number; readonly wasDiscarded: boolean }> {
  return withMailbox(ports, actor, 'read', async (repositories) => {
    const { drafts } = repositories;
    const kept = await drafts.lock(actor.userId, input.id);
    if (kept === null || kept.state === 'sent') throw unknownDraft();
    if (kept.state === 'open') return { revision: kept.revision, wasDiscarded: false };
    const revision = kept.revision + 1;
    await drafts.save({ ...kept, revision, state: 'open', savedAt: ports.clock.now() });
    await tell(repositories, actor);
    return { revision, wasDiscarded: true };
  });
}
