import type { Actor } from '../actor.ts';
import { standingOf } from '../drills/open-drill.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { DirectoryRecord } from '../records/people.ts';
import { Refusal } from '../refusal.ts';
import { practising } from './practising.ts';

export type UserActor = Extract<Actor, { kind: 'user' }>;

export function closed(): Refusal {
  return new Refusal(
    'mailbox.closed',
    'The emergency mailbox is closed. Your mail is in Office 365.',
  );
}

/**
 * One transaction for a signed-in user whose emergency mailbox is at least readable. `write` also needs it open: after
 * the event it is read-only. In a drill real mail cannot be changed. Throws `mailbox.closed`, `mailbox.read-only` and
 * `mailbox.drill`.
 */
export async function withMailbox<T>(
  ports: Ports,
  actor: UserActor,
  need: 'read' | 'write',
  work: (repositories: OrganisationRepositories, user: DirectoryRecord) => Promise<T>,
): Promise<T> {
  return withUser(ports, actor, async (repositories, user) => {
    const { access } = await standingOf(ports, repositories, actor.userId);
    if (access === 'closed') throw closed();
    if (need === 'write' && access === 'read-only') {
      throw new Refusal(
        'mailbox.read-only',
        'The event is over: the emergency mailbox can be read, and your mail is in Office 365 again.',
      );
    }
    return work(access === 'drill' ? practising(repositories) : repositories, user);
  });
}

/** The same for what is there without an event as well. */
export async function withUser<T>(
  ports: Ports,
  actor: UserActor,
  work: (repositories: OrganisationRepositories, user: DirectoryRecord) => Promise<T>,
): Promise<T> {
  return ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    const user = await repositories.directory.get(actor.userId);
    if (user === null || !isAdmitted(user))
      throw new Refusal('session.required', 'Please sign in.');
    return work(repositories, user);
  });
}

/** A user who was disabled, removed or unprotected is out with the next request. */
export function isAdmitted(user: DirectoryRecord): boolean {
  return user.protected && user.accountEnabled && user.removedAt === null;
}
