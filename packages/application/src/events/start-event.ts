import {
  DEFAULT_EVENT_POLICY,
  failingSince,
  type EmergencyEvent,
  type EventScope,
  type Instant,
  type RelaySwitch,
} from '@holdfast/domain';
import { actorName, type Actor } from '../actor.ts';
import { endDrillsForEvent } from '../drills/end-drill.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { changeEvent } from './change-event.ts';
import { coveredUsers } from './covered-users.ts';

export interface StartEventInput {
  readonly scope: EventScope;
  readonly relay: RelaySwitch;
  readonly reason: string;
  readonly endsAt: Instant | null;
}

/**
 * Flips the flag: mailboxes are views of the rolling copy and open with this transaction, whatever the backlog. Notices
 * leave after the delay. Refuses with `event.*` codes, and `installation.not-done` before the installation.
 */
export async function startEvent(
  ports: Ports,
  actor: Actor,
  input: StartEventInput,
): Promise<EmergencyEvent> {
  const id = ports.identifiers.uuid();
  return ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    const organisation = await repositories.organisation.get();
    if (organisation.installedAt === null) {
      throw new Refusal(
        'installation.not-done',
        'Email Continuity is not installed yet, so there are no emergency mailboxes to open.',
      );
    }
    const covered = await coveredUsers(repositories, input.scope);
    if (covered.length === 0) {
      throw new Refusal(
        'event.nobody-in-scope',
        'Nobody in the scope is protected. Choose at least one protected user.',
      );
    }
    const scope: EventScope =
      input.scope.kind === 'everyone'
        ? input.scope
        : { kind: 'users', userIds: covered.map((user) => user.id) };
    // Both start in turn, so that no drill begins while this one is decided; the real thing ends what is practice.
    await endDrillsForEvent(ports, actor, repositories);
    const health = await repositories.health.get();
    return changeEvent(ports, actor, repositories, () => ({
      type: 'start',
      id,
      scope,
      relay: input.relay,
      reason: input.reason,
      endsAt: input.endsAt,
      failingSince: health === null ? null : failingSince(health),
      by: actorName(actor),
      at: ports.clock.now(),
      policy: { ...DEFAULT_EVENT_POLICY, noticeDelay: ports.settings.noticeDelay },
    }));
  });
}
