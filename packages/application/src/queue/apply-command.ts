import {
  decideCommand,
  type CommandRefusal,
  type DeliveryCommand,
  type Instant,
} from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { CommandedDeliveryChange, LockedDelivery } from '../ports/queue.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { DeliveryRecord } from '../records/mail.ts';
import { showReleased } from './show-released.ts';

export interface AppliedCommand {
  readonly changed: readonly DeliveryRecord[];
  readonly refused: readonly {
    readonly delivery: DeliveryRecord;
    readonly refusal: CommandRefusal;
  }[];
}

/**
 * Decides for each locked delivery and writes what follows, in the transaction that holds the locks: the relay leases
 * none of them meanwhile, and what it has leased already is refused. Tells the relay to look.
 */
export async function applyCommand(
  ports: Pick<Ports, 'identifiers'>,
  r: Pick<OrganisationRepositories, 'queue' | 'directory' | 'mailbox' | 'notify' | 'push'>,
  locked: readonly LockedDelivery[],
  command: DeliveryCommand,
  circumstances: { readonly by: string; readonly now: Instant },
): Promise<AppliedCommand> {
  const { by: actor, now: at } = circumstances;
  const reason = command.kind === 'discard' ? command.reason : null;
  const changes: CommandedDeliveryChange[] = [];
  const changed: DeliveryRecord[] = [];
  const refused: { delivery: DeliveryRecord; refusal: CommandRefusal }[] = [];
  for (const { delivery } of locked) {
    const decision = decideCommand(delivery, command, circumstances);
    if (!decision.ok) {
      refused.push({ delivery, refusal: decision.refusal });
      continue;
    }
    const { next } = decision;
    const id = ports.identifiers.uuid();
    changed.push(delivery);
    changes.push({
      key: { id: delivery.id, acceptedAt: delivery.acceptedAt },
      next,
      action: { id, at, actor, command: command.kind, state: next.state, reason },
    });
  }
  await r.queue.apply(changes);
  if (command.kind === 'release-quarantine') await showReleased(ports, r, changed, at);
  if (changes.some(({ next }) => next.dueAt !== null)) await r.notify({ channel: 'deliveries' });
  return { changed, refused };
}

/** How many were left as they are, for which reason; most first. */
export function countRefusals(
  refused: AppliedCommand['refused'],
): readonly { readonly refusal: CommandRefusal; readonly count: number }[] {
  const groups = Map.groupBy(refused, ({ refusal }) => refusal);
  return [...groups]
    .map(([refusal, entries]) => ({ refusal, count: entries.length }))
    .toSorted((a, b) => b.count - a.count);
}
