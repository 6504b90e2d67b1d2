import { initialHealth, type EventScope, type PrimaryHealth } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import { failingReplies, readOutbound, type FailingReplies } from '../domains/outbound-state.ts';
import type { ChannelRecord, DirectoryRecord } from '../records/people.ts';
import { coveredUsers, splitByReach, verifiedByKind } from './covered-users.ts';

export interface EventPreviewModel {
  readonly covered: number;
  readonly reachableBy: Readonly<Record<ChannelRecord['kind'], number>>;
  readonly reachable: number;
  readonly unreachable: readonly DirectoryRecord[];
  readonly waiting: number;
  /** Domains of the covered users whose replies would fail SPF and DKIM both. */
  readonly failingReplies: readonly FailingReplies[];
  readonly health: PrimaryHealth;
  /** Milliseconds. */
  readonly noticeDelay: number;
}

/** What a start would do, in numbers, and who could not be reached, by name. Changes nothing. */
export async function previewEvent(
  ports: Ports,
  actor: Actor,
  input: { readonly scope: EventScope },
): Promise<EventPreviewModel> {
  return ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    const users = await coveredUsers(repositories, input.scope);
    const channels = await repositories.channels.ofUsers(users.map((user) => user.id));
    const { reachable, unreachable } = splitByReach(users);
    return {
      covered: users.length,
      reachableBy: verifiedByKind(channels),
      reachable: reachable.length,
      unreachable,
      waiting: await repositories.mailFlow.waitingFor(
        input.scope.kind === 'everyone' ? null : users.map((user) => user.id),
      ),
      failingReplies: failingReplies(
        await readOutbound(ports.settings, repositories),
        users.map((user) => user.primaryAddress),
      ),
      health: (await repositories.health.get()) ?? initialHealth(ports.clock.now()),
      noticeDelay: ports.settings.noticeDelay,
    };
  });
}
