import type { DeliveryCommand } from '@holdfast/domain';
import type { Job } from '../jobs.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { QueueActionRecord } from '../records/queue.ts';
import { applyCommand } from './apply-command.ts';
import { COMMAND_ACTIONS } from './command-words.ts';

/** Deliveries of one transaction: locks are held for some tens of milliseconds, and the relay goes on between. */
export const BATCH_DELIVERIES = 500;

/**
 * A command on all that matched when it was given, batch by batch. How far it has come is written with each batch, so
 * that a job that is started again goes on where it was, and nothing is done twice.
 */
export async function runQueueAction(
  ports: Pick<Ports, 'database' | 'clock' | 'identifiers'>,
  job: Job<'queue.action'>,
): Promise<void> {
  const { organisationId, actionId } = job.payload;
  for (let goesOn = true; goesOn;) {
    goesOn = await ports.database.withinOrganisation(organisationId, (r) =>
      runBatch(ports, r, actionId),
    );
  }
}

async function runBatch(
  ports: Pick<Ports, 'clock' | 'identifiers'>,
  r: OrganisationRepositories,
  actionId: string,
): Promise<boolean> {
  const action = await r.queue.lockAction(actionId);
  if (action === null || action.state === 'done') return false;
  const now = ports.clock.now();
  const locked = await r.queue.lockMatching(action.filter, {
    // What came after the command was given is not what was confirmed.
    acceptedUntil: action.requestedAt,
    after:
      action.reachedAt === null || action.reachedId === null
        ? null
        : { acceptedAt: action.reachedAt, id: action.reachedId },
    limit: BATCH_DELIVERIES,
  });
  const circumstances = { by: action.requestedBy, now };
  const applied = await applyCommand(ports, r, locked, commandOf(action), circumstances);
  const last = locked.at(-1)?.delivery;
  const done = locked.length < BATCH_DELIVERIES;
  const next: QueueActionRecord = {
    ...action,
    state: done ? 'done' : 'running',
    changed: action.changed + applied.changed.length,
    refused: action.refused + applied.refused.length,
    reachedAt: last?.acceptedAt ?? action.reachedAt,
    reachedId: last?.id ?? action.reachedId,
    finishedAt: done ? now : null,
  };
  await r.queue.saveAction(next);
  if (done) await recordEnd(r, next, now);
  return !done;
}

async function recordEnd(
  { audit }: Pick<OrganisationRepositories, 'audit'>,
  action: QueueActionRecord,
  at: number,
): Promise<void> {
  await audit.append({
    at,
    actor: action.requestedBy,
    action: COMMAND_ACTIONS[action.command],
    subject: `${action.changed} deliveries`,
    details: {
      action: action.id,
      count: action.changed,
      refused: action.refused,
      reason: action.reason,
      filter: action.filter,
    },
    ip: null,
  });
}

function commandOf({ command, reason }: QueueActionRecord): DeliveryCommand {
  return command === 'discard' ? { kind: 'discard', reason: reason ?? '' } : { kind: command };
}
