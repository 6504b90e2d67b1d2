import {
  decideDrill,
  evolveDrill,
  MINUTE,
  reactToDrill,
  type Drill,
  type DrillCommand,
  type DrillEffect,
  type DrillFact,
  type DrillRefusal,
} from '@holdfast/domain';
import type { ErrorCode } from '@holdfast/contracts';
import { actorName, type Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { Refusal } from '../refusal.ts';

/** What was written in the last moments is perhaps not ingested at the end: it is looked for again. Unit: ms. */
const CLEAR_AGAIN_AFTER = MINUTE;

/**
 * The one shell round a drill's state machine, as `changeEvent` is for events. It knows no effect that touches mail: there
 * is none to send. The caller holds the turn (`lockRunning` or `lock`).
 */
export async function changeDrill(
  ports: Pick<Ports, 'clock' | 'log'>,
  actor: Actor,
  repositories: OrganisationRepositories,
  current: Drill | null,
  command: DrillCommand,
): Promise<Drill> {
  const decision = decideDrill(current, command);
  if (!decision.ok) throw refusalFor(decision.refusal);
  const at = ports.clock.now();
  const next = decision.facts.reduce(evolveDrill, current);
  if (next === null) throw refusalFor('not-running');
  await repositories.drills.append(next, decision.facts, actorName(actor), at);
  for (const fact of decision.facts) {
    for (const effect of reactToDrill(current, fact))
      await sendEffect(repositories, actor.organisationId, next.id, effect);
    if (fact.type === 'ended') await clearMail(repositories, actor.organisationId, next.id, at);
    await repositories.audit.append({
      at,
      actor: actorName(actor),
      action: auditAction(fact),
      subject: next.id,
      details: { reason: next.reason, participants: next.participants.length, ...endOf(fact) },
      ip: actor.kind === 'administrator' ? actor.ip : null,
    });
    ports.log.info('drill changed', { drill: next.id, fact: fact.type, phase: next.phase });
  }
  return next;
}

function auditAction(fact: DrillFact): string {
  return fact.type === 'ended' && fact.because === 'undone' ? 'drill.undone' : `drill.${fact.type}`;
}

function endOf(fact: DrillFact): { readonly because?: string } {
  return fact.type === 'ended' ? { because: fact.because } : {};
}

async function sendEffect(
  { jobs }: OrganisationRepositories,
  organisationId: string,
  drillId: string,
  effect: DrillEffect,
): Promise<void> {
  const payload = { organisationId, drillId };
  switch (effect.type) {
    case 'send-start-notices':
      return jobs.send({
        name: 'drill.start-notices',
        payload,
        id: `drill.start-notices:${drillId}`,
        startAfter: effect.at,
      });
    case 'send-end-notices':
      return jobs.send({
        name: 'drill.end-notices',
        payload,
        id: `drill.end-notices:${drillId}`,
        startAfter: null,
      });
  }
}

async function clearMail(
  repositories: OrganisationRepositories,
  organisationId: string,
  drillId: string,
  at: number,
): Promise<void> {
  const userIds = await repositories.drills.clearMail(drillId);
  if (userIds.length > 0)
    await repositories.notify({ channel: 'mailbox', organisationId, userIds });
  await repositories.jobs.send({
    name: 'drill.clear-mail',
    payload: { organisationId, drillId },
    id: `drill.clear-mail:${drillId}`,
    startAfter: at + CLEAR_AGAIN_AFTER,
  });
}

const REFUSALS: Readonly<
  Record<DrillRefusal, { readonly code: ErrorCode; readonly message: string }>
> = {
  'event-open': {
    code: 'drill.event-open',
    message:
      'An emergency event is open. A drill would confuse people who need their mail: wait until it is closed.',
  },
  'nobody-chosen': {
    code: 'drill.nobody-chosen',
    message: 'None of the chosen users is protected. Choose at least one protected user.',
  },
  'too-many': {
    code: 'drill.too-many',
    message: 'That is more users than a drill may have. Choose fewer, or hold it in groups.',
  },
  busy: {
    code: 'drill.busy',
    message: 'Some of the chosen users take part in another drill. Wait until it is over.',
  },
  'reason-missing': {
    code: 'drill.reason-missing',
    message: 'Say what the drill is for, in a few words. Participants read it.',
  },
  'end-in-the-past': {
    code: 'drill.end-in-the-past',
    message: 'The drill would be over before its notices leave. Choose a later end.',
  },
  'too-long': {
    code: 'drill.too-long',
    message: 'That is longer than a drill may last. Choose an earlier end.',
  },
  'not-running': {
    code: 'drill.not-running',
    message: 'This drill is over already.',
  },
  'undo-too-late': {
    code: 'drill.undo-too-late',
    message: 'The notices have left, so people know of the drill. End it instead: they are told.',
  },
};

function refusalFor(refusal: DrillRefusal): Refusal {
  const { code, message } = REFUSALS[refusal];
  return new Refusal(code, message);
}
