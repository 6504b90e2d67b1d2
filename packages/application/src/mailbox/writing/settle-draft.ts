import type { Ports } from '../../ports.ts';
import type { UserActor } from '../user-access.ts';

/**
 * After a message was sent: its draft is over, its attachments go, and what another device wrote at it meanwhile is kept
 * as a draft of its own. `base` is the revision that the sender had seen; null: not known.
 */
export async function settleDraft(
  ports: Ports,
  actor: UserActor,
  sent: {
    readonly key: string;
    readonly base: number | null;
    readonly device: string | null;
    readonly digest: string;
    readonly uploadIds: readonly string[];
  },
): Promise<void> {
  const { userId, organisationId } = actor;
  await ports.database.withinOrganisation(organisationId, async (repositories) => {
    const { drafts, uploads, mailbox } = repositories;
    const at = ports.clock.now();
    await mailbox.markStored(userId, sent.key, at);
    const kept = await drafts.lock(userId, sent.key);
    const isSeen = kept?.revision === sent.base || kept?.device === sent.device;
    if (kept?.state === 'open' && kept.digest !== sent.digest && !isSeen)
      await drafts.save({
        ...kept,
        id: ports.identifiers.uuid(),
        revision: 1,
        branchOf: sent.key,
        because: 'sent-elsewhere',
      });
    // Kept for late devices, without what it said: that is in the message now.
    await drafts.save({
      id: sent.key,
      userId,
      revision: kept?.revision ?? 0,
      state: 'sent',
      sealed: '',
      sealedHead: '',
      digest: sent.digest,
      uploadIds: [],
      branchOf: kept?.branchOf ?? null,
      because: null,
      device: sent.device ?? '',
      writtenAt: at,
      savedAt: at,
    });
    if (sent.uploadIds.length > 0) await uploads.remove(userId, sent.uploadIds);
  });
}
