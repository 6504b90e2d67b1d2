import {
  decideCarryBack,
  LOOK_AGAIN_AFTER,
  type EmergencyEvent,
  type Instant,
} from '@holdfast/domain';
import { openCredentials } from '../organisations/open-credentials.ts';
import type { Job } from '../jobs.ts';
import type { TenantCredentials } from '../ports/office365/tenant-credentials.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { PutBackOutcome, TouchedItem } from '../ports/repositories/put-back-repository.ts';
import type { Ports } from '../ports.ts';
import { eventBegan } from './covered-users.ts';
import { finalFailure, PUT_BACK_ROUND, type PutBackResult } from './put-back-outcome.ts';

/**
 * One job for each message that somebody read, flagged, moved or deleted in the emergency mailbox, and of which nobody
 * knows yet what became of it in Office 365. Returns how many there are.
 */
export async function queueCarryBack(
  repositories: Pick<OrganisationRepositories, 'putBack' | 'jobs'>,
  organisationId: string,
  event: EmergencyEvent,
  now: Instant,
  /** Distinguishes what an administrator asks for from what is tried by itself. */
  round: number = Math.floor(now / PUT_BACK_ROUND),
): Promise<number> {
  const touched = await repositories.putBack.touched(event.id, eventBegan(event));
  for (const { itemId } of touched) {
    await repositories.jobs.send({
      name: 'event.carry-back',
      payload: { organisationId, eventId: event.id, itemId },
      id: `event.carry-back:${event.id}:${itemId}:${round}`,
      startAfter: null,
    });
  }
  return touched.length;
}

/**
 * Makes one message in Office 365 be as it was left here. Safe to repeat: what is there decides. Throws while Office 365
 * is busy, so that the job is retried; what will not change by waiting is written down.
 */
export async function carryBack(ports: Ports, job: Job<'event.carry-back'>): Promise<void> {
  const { organisationId, eventId, itemId } = job.payload;
  const found = await ports.database.withinOrganisation(organisationId, async ({ putBack }) => {
    const entry = await putBack.entry(eventId, itemId, 'state');
    const item = await putBack.touchedItem(itemId);
    // Touched again since, it is another matter.
    const isOver =
      entry !== null && entry.outcome !== 'waiting' && entry.at >= (item?.touchedAt ?? 0);
    return { item: isOver ? null : item, tries: entry?.tries ?? 0 };
  });
  if (found.item === null) return;
  const { item, tries } = found;
  const credentials = await openCredentials(ports, organisationId);
  if (credentials === null) throw new Error('No connection to Office 365');
  const result = await tryOnce(ports, credentials, item);
  await (result === null
    ? notFound(ports, job, item, tries)
    : record(ports, job, item, { ...result, tries: tries + 1 }));
}

/** Null: there is no such message, yet. */
async function tryOnce(
  ports: Ports,
  credentials: TenantCredentials,
  item: TouchedItem,
): Promise<PutBackResult | null> {
  if (item.messageId === null)
    return { outcome: 'not-found', detail: 'The message has no Message-ID to find it by.' };
  try {
    const copies = await ports.mailboxRecovery.findReceived(
      credentials,
      item.address,
      item.messageId,
    );
    if (copies.length === 0) return null;
    const outcomes = new Set<PutBackOutcome>();
    for (const copy of copies) {
      const decision = decideCarryBack(item, copy);
      if (decision.kind === 'change') {
        const { mark, moveTo } = decision;
        const { externalId } = copy;
        if (Object.keys(mark).length > 0)
          await ports.mailboxRecovery.mark(credentials, item.address, externalId, mark);
        // Last: it may change the id.
        if (moveTo !== null)
          await ports.mailboxRecovery.move(credentials, item.address, externalId, moveTo);
        outcomes.add('done');
      } else outcomes.add(decision.kind);
    }
    const outcome = (['done', 'theirs', 'same'] as const).find((kind) => outcomes.has(kind));
    return { outcome: outcome ?? 'same', detail: null };
  } catch (error) {
    return finalFailure(error);
  }
}

/** It is on its way as long as a delivery is open; after that it may be late in the index. */
async function notFound(
  ports: Ports,
  job: Job<'event.carry-back'>,
  item: TouchedItem,
  tries: number,
): Promise<void> {
  const { organisationId } = job.payload;
  const deliveries = await ports.database.withinOrganisation(organisationId, ({ mailFlow }) =>
    mailFlow.trace({ messageId: item.messageId, recipient: item.address, limit: 10 }),
  );
  const isOnItsWay = deliveries.some(({ state }) =>
    ['queued', 'leased', 'deferred', 'held'].includes(state),
  );
  const again = isOnItsWay ? LOOK_AGAIN_AFTER.at(-1) : LOOK_AGAIN_AFTER[tries];
  const outcome = again === undefined ? 'not-found' : 'waiting';
  await record(ports, job, item, {
    outcome,
    detail: isOnItsWay ? 'It is not delivered yet.' : null,
    tries: isOnItsWay ? tries : tries + 1,
  });
  if (again === undefined) return;
  const now = ports.clock.now();
  await ports.database.withinOrganisation(organisationId, ({ jobs }) =>
    jobs.send({
      name: 'event.carry-back',
      payload: job.payload,
      id: `event.carry-back:${job.payload.eventId}:${item.itemId}:again:${Math.floor(now / LOOK_AGAIN_AFTER[0])}`,
      startAfter: now + again,
    }),
  );
}

async function record(
  ports: Ports,
  job: Job<'event.carry-back'>,
  item: TouchedItem,
  result: PutBackResult & { readonly tries: number },
): Promise<void> {
  const { organisationId, eventId } = job.payload;
  const { itemId, userId, touchedAt } = item;
  const at = ports.clock.now();
  await ports.database.withinOrganisation(organisationId, async ({ putBack }) => {
    await putBack.save(eventId, { itemId, userId, kind: 'state', ...result, at });
    if (['done', 'same', 'theirs'].includes(result.outcome))
      await putBack.settleTouch(itemId, touchedAt);
  });
}
