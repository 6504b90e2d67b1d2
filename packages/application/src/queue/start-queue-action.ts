import { DAY, type DeliveryCommand } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { actorName } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { QueueActionRecord, QueueFilter } from '../records/queue.ts';
import { Refusal } from '../refusal.ts';
import { COMMAND_ACTIONS } from './command-words.ts';

/** A job is retried for some three hours; what has not come to its end by then stops nobody any more. */
const GIVEN_UP_AFTER = DAY;

/** A command on more deliveries than one transaction takes: written down, audited, and handed to the worker. */
export async function startQueueAction(
  ports: Pick<Ports, 'clock' | 'identifiers'>,
  r: Pick<OrganisationRepositories, 'organisation' | 'queue' | 'audit' | 'jobs'>,
  actor: Actor,
  input: {
    readonly command: DeliveryCommand;
    readonly filter: QueueFilter;
    readonly matching: number;
  },
): Promise<QueueActionRecord> {
  const { command, filter, matching } = input;
  // Takes its turn: two commands on the same mail at once would each undo half of the other.
  await r.organisation.lock();
  const latest = await r.queue.latestAction();
  const began = ports.clock.now();
  if (latest !== null && latest.state !== 'done' && began - latest.requestedAt < GIVEN_UP_AFTER) {
    throw new Refusal(
      'queue.action-running',
      `Another command on ${latest.expected} deliveries is still under way. Wait until it is done.`,
    );
  }
  const action: QueueActionRecord = {
    id: ports.identifiers.uuid(),
    command: command.kind,
    reason: command.kind === 'discard' ? command.reason : null,
    filter,
    requestedBy: actorName(actor),
    requestedAt: began,
    state: 'waiting',
    expected: matching,
    changed: 0,
    refused: 0,
    reachedAt: null,
    reachedId: null,
    finishedAt: null,
  };
  await r.queue.saveAction(action);
  await r.audit.append(
    auditEntry(ports, actor, `${COMMAND_ACTIONS[command.kind]}-begun`, `${matching} deliveries`, {
      action: action.id,
      count: matching,
      reason: action.reason,
      filter,
    }),
  );
  await r.jobs.send({
    name: 'queue.action',
    payload: { organisationId: actor.organisationId, actionId: action.id },
    id: `queue.action:${action.id}`,
    startAfter: null,
  });
  return action;
}
