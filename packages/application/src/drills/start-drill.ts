import { type Drill, type Instant } from '@holdfast/domain';
import { actorName, type Actor } from '../actor.ts';
import { coveredUsers } from '../events/covered-users.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { changeDrill } from './change-drill.ts';

export interface StartDrillInput {
  readonly userIds: readonly string[];
  readonly reason: string;
  readonly endsAt: Instant;
}

/**
 * Opens the mailboxes of the chosen users for a drill; notices leave after the same delay as an event's. Whoever of them
 * is not protected is left out. Refuses with `drill.*`, and `installation.not-done`.
 */
export async function startDrill(
  ports: Ports,
  actor: Actor,
  input: StartDrillInput,
): Promise<Drill> {
  const id = ports.identifiers.uuid();
  const { noticeDelay, drillLongest, drillParticipants } = ports.settings;
  return ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    const organisation = await repositories.organisation.get();
    if (organisation.installedAt === null)
      throw new Refusal(
        'installation.not-done',
        'Email Continuity is not installed yet, so there are no emergency mailboxes to practise with.',
      );
    const running = await repositories.drills.lockRunning();
    const event = await repositories.events.current();
    const covered = await coveredUsers(repositories, { kind: 'users', userIds: input.userIds });
    return changeDrill(ports, actor, repositories, null, {
      type: 'start',
      id,
      participants: covered.map((user) => user.id),
      reason: input.reason,
      endsAt: input.endsAt,
      by: actorName(actor),
      at: ports.clock.now(),
      policy: { noticeDelay, longest: drillLongest, mostParticipants: drillParticipants },
      isEventOpen: event !== null,
      busy: running.flatMap(({ participants }) => participants),
    });
  });
}
