import type { Actor } from '../actor.ts';
import { actorName } from '../actor.ts';
import { beginUserCopy } from '../installation/copy-user-lists.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { DirectoryRecord } from '../records/people.ts';
import { sendInfoRequests } from './send-info-requests.ts';

/**
 * Marks users as protected and has them told: the notice that it is enabled, and the request for alternate info where
 * none is there. Inside the caller's transaction; the caller has checked eligibility and seats and writes the audit entry.
 */
export async function protectUsers(
  ports: Ports,
  r: OrganisationRepositories,
  actor: Actor,
  users: readonly DirectoryRecord[],
): Promise<void> {
  const enabledAt = ports.clock.now();
  const { organisationId } = actor;
  const ids = users.map((user) => user.id);
  await r.directory.setProtection(ids, true, enabledAt);
  for (const userId of ids) {
    await r.jobs.send({
      name: 'user.welcome',
      payload: { organisationId, userId, enabledAt },
      id: `user.welcome:${userId}:${enabledAt}`,
      startAfter: null,
    });
  }
  await sendInfoRequests(ports, r, organisationId, users.filter(hasNoAlternateInfo));
  await readTheirLists(ports, r, organisationId);
  ports.log.info('users are protected', {
    organisationId,
    by: actorName(actor),
    users: ids.length,
  });
}

/** Whoever is protected later has safe and blocked senders too. What was refused waits until somebody tries again. */
async function readTheirLists(
  ports: Ports,
  r: OrganisationRepositories,
  organisationId: string,
): Promise<void> {
  const copy = await r.listCopies.get();
  if (copy === null || copy.report.users.state === 'failed') return;
  await beginUserCopy(ports, r, organisationId);
}

/** Never asked, or asked and not answered. */
export function hasNoAlternateInfo(user: Pick<DirectoryRecord, 'alternateInfo'>): boolean {
  return user.alternateInfo === 'missing' || user.alternateInfo === 'asked';
}
