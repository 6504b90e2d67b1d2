import type { CommandRefusal, DeliveryCommand } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { actorName } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { DeliveryKey, QueueActionRecord, QueueFilter } from '../records/queue.ts';
import { Refusal } from '../refusal.ts';
import { allowSenders } from './allow-senders.ts';
import { applyCommand, countRefusals, type AppliedCommand } from './apply-command.ts';
import { COMMAND_ACTIONS, COMMAND_REFUSAL_WORDS } from './command-words.ts';
import { startQueueAction } from './start-queue-action.ts';

/** More deliveries than this are a job of bounded transactions. */
export const AT_ONCE = 1000;

export type DeliverySelection =
  | { readonly kind: 'deliveries'; readonly keys: readonly DeliveryKey[] }
  | { readonly kind: 'matching'; readonly filter: QueueFilter };

export interface CommandDeliveriesInput {
  readonly selection: DeliverySelection;
  readonly command: DeliveryCommand;
  /** With `release-quarantine` of named deliveries: their senders go on the allow list. */
  readonly allowSender: boolean;
}

export interface CommandedDeliveries {
  readonly changed: number;
  readonly refused: readonly { readonly refusal: CommandRefusal; readonly count: number }[];
  /** Entries put on the allow list. */
  readonly allowed: readonly string[];
  /** Under way in the background; the counts are then in it. */
  readonly action: QueueActionRecord | null;
}

/**
 * What an administrator asks of deliveries: of some, or of all that match. Refuses: `queue.reason-missing`,
 * `queue.unknown`, `queue.nothing-matches`, `queue.not-possible` when none of them is in a state for it,
 * `queue.action-running`, and for *allow the sender* `lists.own-domain`, `lists.not-an-entry`.
 */
export async function commandDeliveries(
  ports: Pick<Ports, 'database' | 'clock' | 'identifiers'>,
  actor: Actor,
  input: CommandDeliveriesInput,
): Promise<CommandedDeliveries> {
  const { command, selection } = input;
  if (command.kind === 'discard' && command.reason.trim() === '') {
    throw new Refusal('queue.reason-missing', 'Say why it is discarded. The reason is kept.', {
      reason: 'Say why, in a few words.',
    });
  }
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    if (selection.kind === 'matching') {
      const matching = await r.queue.count(selection.filter);
      if (matching === 0) {
        throw new Refusal('queue.nothing-matches', 'Nothing in the queue matches any more.');
      }
      if (matching > AT_ONCE) {
        const { filter } = selection;
        const action = await startQueueAction(ports, r, actor, { command, filter, matching });
        return { changed: 0, refused: [], allowed: [], action };
      }
    }
    return commandNow(ports, r, actor, input);
  });
}

async function commandNow(
  ports: Pick<Ports, 'clock' | 'identifiers'>,
  r: OrganisationRepositories,
  actor: Actor,
  { selection, command, allowSender }: CommandDeliveriesInput,
): Promise<CommandedDeliveries> {
  const now = ports.clock.now();
  const locked =
    selection.kind === 'deliveries'
      ? await r.queue.lock(selection.keys)
      : await r.queue.lockMatching(selection.filter, {
          acceptedUntil: now,
          after: null,
          limit: AT_ONCE,
        });
  if (locked.length === 0) {
    throw selection.kind === 'deliveries'
      ? new Refusal('queue.unknown', 'There is no such delivery in this organisation.')
      : new Refusal(
          'queue.not-possible',
          'Nothing was changed: everything that matches is being sent at this moment.',
        );
  }
  const by = actorName(actor);
  const applied = await applyCommand(ports, r, locked, command, { by, now });
  const refused = countRefusals(applied.refused);
  if (applied.changed.length === 0) throw notPossible(applied.refused);
  const released = new Set(applied.changed.map(({ id }) => id));
  const allowed =
    allowSender && command.kind === 'release-quarantine'
      ? await allowSenders(
          ports,
          r,
          actor,
          locked.filter(({ delivery }) => released.has(delivery.id)),
        )
      : [];
  await r.audit.append(
    auditEntry(ports, actor, COMMAND_ACTIONS[command.kind], subjectOf(applied), {
      count: applied.changed.length,
      ...(command.kind === 'discard' && { reason: command.reason }),
      ...(refused.length > 0 && { refused }),
      ...(allowed.length > 0 && { allowed }),
      ...(selection.kind === 'matching'
        ? { filter: selection.filter }
        : { deliveries: applied.changed.map(({ id }) => id) }),
    }),
  );
  return { changed: applied.changed.length, refused, allowed, action: null };
}

function subjectOf({ changed }: AppliedCommand): string {
  const [only, ...more] = changed;
  return only !== undefined && more.length === 0
    ? `${only.id} to ${only.recipient}`
    : `${changed.length} deliveries`;
}

function notPossible(refused: AppliedCommand['refused']): Refusal {
  const [most] = countRefusals(refused);
  const why = most === undefined ? '' : COMMAND_REFUSAL_WORDS[most.refusal];
  const message =
    refused.length === 1
      ? `Nothing was changed: ${why}.`
      : `Nothing was changed: none of the ${refused.length} is in a state for it; of most, ${why}.`;
  return new Refusal('queue.not-possible', message);
}
