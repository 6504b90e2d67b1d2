import {
  afterPush,
  MINUTE,
  PUSH_MAIL_EVERY,
  reasonFor,
  scopedAccess,
  urgencyOf,
  type PushOutcome,
  type PushReason,
} from '@holdfast/domain';
import { auditEntry, systemActor } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { DuePush } from '../records/push.ts';
import { pushKeys, type PushKeys } from './push-keys.ts';

/** Devices that are told together, each by a connection of its own. */
const AT_ONCE = 100;
/** Longer than the slowest push service may take: a worker that died meanwhile has not told it, or tells it twice. */
const LEASE = 2 * MINUTE;

export interface ToldDevice {
  readonly reason: PushReason;
  readonly outcome: PushOutcome['kind'];
}

interface Answered {
  readonly device: DuePush;
  /** Null: there was nothing to say. */
  readonly reason: PushReason | null;
  readonly outcome: PushOutcome;
}

/**
 * Tells the devices of an organisation what is new, and lets go of those that are over: a session that has ended, a user
 * who is admitted no more, a mailbox that is closed. All of it is read from the rows each time, so that no place
 * that ends something can forget it; what was told is written down in them, so that a restart repeats little.
 */
export async function tellDevices(
  ports: Ports,
  organisationId: string,
): Promise<readonly ToldDevice[]> {
  const told: ToldDevice[] = [];
  for (;;) {
    // Each time anew: a slow push service may hold up the devices before for longer than somebody is let in.
    await ports.database.withinOrganisation(organisationId, (repositories) =>
      removeOver(ports, repositories, organisationId),
    );
    if (!ports.settings.push) return told;
    const due = await claim(ports, organisationId);
    if (due.length > 0) told.push(...(await tellThese(ports, organisationId, due)));
    if (due.length < AT_ONCE) return told;
  }
}

async function claim(ports: Ports, organisationId: string): Promise<readonly DuePush[]> {
  const now = ports.clock.now();
  return ports.database.withinOrganisation(organisationId, async ({ events, push }) =>
    push.claim({
      ...scopedAccess(await events.current(), now),
      now,
      until: now + LEASE,
      limit: AT_ONCE,
    }),
  );
}

async function tellThese(
  ports: Ports,
  organisationId: string,
  due: readonly DuePush[],
): Promise<readonly ToldDevice[]> {
  const keys = await pushKeys(ports);
  const answered = await Promise.all(due.map((device) => tell(ports, keys, device)));
  await ports.database.withinOrganisation(organisationId, async (repositories) => {
    for (const each of answered) await settle(ports, repositories, organisationId, each);
  });
  return answered.flatMap(({ reason, outcome }) =>
    reason === null ? [] : [{ reason, outcome: outcome.kind }],
  );
}

async function tell(ports: Ports, keys: PushKeys, device: DuePush): Promise<Answered> {
  const reason = reasonFor(device.known, device.access);
  if (reason === null) return { device, reason, outcome: { kind: 'taken' } };
  const { endpoint } = device;
  const outcome = await ports.push.send({ endpoint, keys, urgency: urgencyOf(reason) });
  return { device, reason, outcome };
}

async function removeOver(
  ports: Ports,
  { push, audit }: OrganisationRepositories,
  organisationId: string,
): Promise<void> {
  const devices = await push.removeOver(ports.clock.now());
  if (devices === 0) return;
  const actor = systemActor(organisationId);
  await audit.append(
    auditEntry(ports, actor, 'push.removed', organisationId, { why: 'session over', devices }),
  );
}

async function settle(
  ports: Ports,
  { push, audit }: OrganisationRepositories,
  organisationId: string,
  { device, reason, outcome }: Answered,
): Promise<void> {
  const now = ports.clock.now();
  const { sessionId, userId, access, newest } = device;
  const after = afterPush(outcome, device.failures, now);
  // Whatever became of the last message: there is nothing to tell of a mailbox that is closed.
  const why = access === 'closed' ? 'mailbox closed' : after.kind === 'remove' ? after.why : null;
  if (why !== null) {
    await push.remove(sessionId, device.endpoint);
    const actor = systemActor(organisationId);
    await audit.append(auditEntry(ports, actor, 'push.removed', userId, { why }));
  } else if (after.kind === 'again') {
    await push.postpone(sessionId, after.at, after.failures);
    if (outcome.kind === 'later')
      ports.log.warn('a device could not be told', { organisationId, detail: outcome.detail });
  } else {
    await push.told(sessionId, {
      access,
      toldUntil: newest,
      quietUntil: reason === 'mail' ? now + PUSH_MAIL_EVERY : null,
      nextAt: now,
    });
  }
}
