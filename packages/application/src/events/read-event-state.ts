import {
  initialHealth,
  type EmergencyEvent,
  type EventFact,
  type PrimaryHealth,
} from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type {
  PutBackCounts,
  PutBackRepository,
} from '../ports/repositories/put-back-repository.ts';
import { coveredUsers, eventBegan } from './covered-users.ts';

export interface EventProgress {
  readonly event: EmergencyEvent;
  readonly covered: number;
  /** Users to whom at least one start notice went out. */
  readonly reached: number;
  readonly notReached: number;
  readonly signedIn: number;
  readonly waiting: number;
  readonly sent: number;
  readonly putBack: number;
  readonly carriedBack: readonly PutBackCounts[];
  readonly leftOver: Awaited<ReturnType<PutBackRepository['leftOver']>>;
}

export interface EventStateModel {
  readonly current: EventProgress | null;
  readonly past: readonly EventProgress[];
  readonly health: PrimaryHealth;
  readonly log: readonly { readonly at: number; readonly by: string; readonly fact: EventFact }[];
}

/** Messages that could not be put back, shown with the event. */
const LEFT_OVER_SHOWN = 100;

/** Past events shown with the current one. */
export const PAST_EVENTS = 10;

export async function readEventState(ports: Ports, actor: Actor): Promise<EventStateModel> {
  return ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    const { events, health } = repositories;
    const current = await events.current();
    const past: EventProgress[] = [];
    for (const event of await events.recent(PAST_EVENTS)) {
      if (event.id !== current?.id) past.push(await measureEvent(repositories, event));
    }
    return {
      current: current === null ? null : await measureEvent(repositories, current),
      past,
      health: (await health.get()) ?? initialHealth(ports.clock.now()),
      log: current === null ? [] : await events.log(current.id),
    };
  });
}

/** One event in numbers. */
export async function measureEvent(
  repositories: OrganisationRepositories,
  event: EmergencyEvent,
): Promise<EventProgress> {
  const users = await coveredUsers(repositories, event.scope);
  const notices = await repositories.notices.ofEvent(event.id);
  const reached = new Set(
    notices
      .filter((notice) => notice.kind === 'event.start' && notice.state === 'sent')
      .map((notice) => notice.userId),
  );
  const { sent, putBack } = await repositories.mailbox.sentCounts(eventBegan(event));
  return {
    event,
    covered: users.length,
    reached: reached.size,
    notReached: users.filter((user) => !reached.has(user.id)).length,
    signedIn: await repositories.events.signInCount(event.id),
    waiting: await repositories.mailFlow.waitingFor(
      event.scope.kind === 'everyone' ? null : users.map((user) => user.id),
    ),
    sent,
    putBack,
    carriedBack: (await repositories.putBack.counts(event.id)).filter(
      ({ kind }) => kind === 'state',
    ),
    leftOver: await repositories.putBack.leftOver(event.id, LEFT_OVER_SHOWN),
  };
}
