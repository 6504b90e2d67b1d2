import { DAY, mayPutAway, type Instant } from '@holdfast/domain';
import type { UserActor } from '../mailbox/user-access.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { ownSession } from './own-session.ts';

/** The mailbox says so long that the helpdesk has made a code, unless the user puts it away. */
const HELPDESK_BANNER_FOR = 14 * DAY;

export interface HelpdeskBanner {
  readonly by: string;
  readonly at: Instant;
  readonly used: boolean;
  readonly mayPutAway: boolean;
}

/** The latest code that the helpdesk has made for this user; null when there is nothing to say. */
export async function readHelpdeskBanner(
  ports: Ports,
  repositories: OrganisationRepositories,
  actor: UserActor,
): Promise<HelpdeskBanner | null> {
  const since = ports.clock.now() - HELPDESK_BANNER_FOR;
  const changes = await repositories.accountChanges.unseen(actor.userId, since);
  for (const { change, at } of changes) {
    if (change.kind !== 'helpdesk-code-made' && change.kind !== 'helpdesk-code-used') continue;
    const session = await ownSession(ports, repositories, actor);
    return {
      by: change.by,
      at,
      used: change.kind === 'helpdesk-code-used',
      mayPutAway: session !== null && mayPutAway(session, change.madeAt),
    };
  }
  return null;
}

/** Puts the banner away, with everything older that it stands for; quietly nothing when this session may not. */
export async function putBannerAway(ports: Ports, actor: UserActor): Promise<void> {
  await ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    const now = ports.clock.now();
    const session = await ownSession(ports, repositories, actor);
    const changes = await repositories.accountChanges.unseen(
      actor.userId,
      now - HELPDESK_BANNER_FOR,
    );
    for (const { id, change } of changes) {
      const isHelpdesk =
        change.kind === 'helpdesk-code-made' || change.kind === 'helpdesk-code-used';
      if (isHelpdesk && session !== null && mayPutAway(session, change.madeAt))
        await repositories.accountChanges.saveSeen(id, now);
    }
  });
}
