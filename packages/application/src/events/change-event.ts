import {
  decideEvent,
  evolveEvent,
  MINUTE,
  reactToEvent,
  type EmergencyEvent,
  type EventCommand,
  type EventEffect,
  type EventRefusal,
} from '@holdfast/domain';
import type { ErrorCode } from '@holdfast/contracts';
import { actorName, type Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { Refusal } from '../refusal.ts';

/**
 * What was sent in the last moments is perhaps not ingested when the first look is taken; a second look finds it. A
 * message found twice is put back once. Unit: milliseconds.
 */
export const PUT_BACK_AGAIN_AFTER = 5 * MINUTE;

/**
 * The one shell round the event's state machine: lock, decide, append facts and snapshot, send effects as jobs, audit:
 * all in the transaction it is called in. `check` may refuse with what only the locked state shows.
 */
export async function changeEvent(
  ports: Pick<Ports, 'clock' | 'log'>,
  actor: Actor,
  repositories: OrganisationRepositories,
  command: (current: EmergencyEvent | null) => EventCommand,
): Promise<EmergencyEvent> {
  const { events, audit } = repositories;
  const current = await events.lockCurrent();
  const decided = command(current);
  const decision = decideEvent(current, decided);
  if (!decision.ok) throw refusalFor(decision.refusal);
  const next = decision.facts.reduce(evolveEvent, current);
  if (next === null)
    throw new Refusal('event.not-active', 'There is no emergency event to change.');
  const at = ports.clock.now();
  if (decision.facts.length === 0) return next;
  await events.append(next, decision.facts, actorName(actor), at);
  for (const fact of decision.facts) {
    if (fact.type === 'undone') await events.revokeCredentials(next.id, at);
    for (const effect of reactToEvent(fact)) await sendEffect(repositories, actor, next, effect);
    await audit.append({
      at,
      actor: actorName(actor),
      action: `event.${fact.type}`,
      subject: next.id,
      details: { phase: next.phase, reason: next.reason },
      ip: actor.kind === 'administrator' ? actor.ip : null,
    });
    ports.log.warn('emergency event changed', {
      organisationId: actor.organisationId,
      event: next.id,
      fact: fact.type,
    });
  }
  await repositories.notify({ channel: 'deliveries' });
  return next;
}

async function sendEffect(
  repositories: OrganisationRepositories,
  actor: Actor,
  event: EmergencyEvent,
  effect: EventEffect,
): Promise<void> {
  const { organisationId } = actor;
  const eventId = event.id;
  const { generation } = event;
  const payload = { organisationId, eventId, generation };
  const key = `${eventId}:${generation}`;
  switch (effect.type) {
    case 'send-start-notices':
      return repositories.jobs.send({
        name: 'event.start-notices',
        payload,
        id: `event.start-notices:${key}`,
        startAfter: effect.at,
      });
    case 'send-undo-notices':
      return repositories.jobs.send({
        name: 'event.undo-notices',
        payload,
        id: `event.undo-notices:${key}`,
        startAfter: null,
      });
    case 'send-end-notices':
      return repositories.jobs.send({
        name: 'event.end-notices',
        payload,
        id: `event.end-notices:${key}`,
        startAfter: null,
      });
    case 'put-back-sent-mail':
      await repositories.jobs.send({
        name: 'event.put-back',
        payload: { organisationId, eventId },
        id: `event.put-back:${key}`,
        startAfter: null,
      });
      return repositories.jobs.send({
        name: 'event.put-back',
        payload: { organisationId, eventId },
        id: `event.put-back:${key}:again`,
        startAfter: effect.at + PUT_BACK_AGAIN_AFTER,
      });
    case 'release-relay':
      await repositories.mailFlow.hasten(effect.at);
  }
}

const REFUSALS: Readonly<
  Record<EventRefusal, { readonly code: ErrorCode; readonly message: string }>
> = {
  'already-active': {
    code: 'event.already-active',
    message: 'An emergency event is already running. End it, or change its scope.',
  },
  'not-active': {
    code: 'event.not-active',
    message: 'No emergency event is running, so there is nothing to end.',
  },
  'not-recovering': { code: 'event.not-recovering', message: 'The event is not recovering.' },
  'nobody-in-scope': {
    code: 'event.nobody-in-scope',
    message: 'Nobody in the scope is protected. Choose at least one protected user.',
  },
  'reason-missing': {
    code: 'event.reason-missing',
    message: 'Say why, in a few words. It is kept in the audit log.',
  },
  'end-in-the-past': {
    code: 'event.end-in-the-past',
    message: 'The end lies in the past. Choose a later time, or none.',
  },
  'still-read-only': {
    code: 'event.still-read-only',
    message: 'The emergency mailbox is still readable for users; it closes by itself.',
  },
};

function refusalFor(refusal: EventRefusal): Refusal {
  const { code, message } = REFUSALS[refusal];
  return new Refusal(code, message);
}
