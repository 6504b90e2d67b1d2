import { DAY, LATE_OUTBOX, maySend, MINUTE, type SendingPermission } from '@holdfast/domain';
import type { Ports } from '../../ports.ts';
import type { OrganisationRepositories } from '../../ports/repositories/organisation-repositories.ts';
import type { DirectoryRecord } from '../../records/people.ts';
import { Refusal } from '../../refusal.ts';
import { closed, isAdmitted, type UserActor } from '../user-access.ts';

/** What waits in an outbox is taken in and relayed before Sent Items is looked after. Unit: ms. */
const PUT_BACK_AFTER = 2 * MINUTE;

/**
 * One transaction for a user who sends: while the event is active, and for what was written then up to 14 days after its
 * end, which is put into Sent Items like the rest. What was taken before is answered the same whatever has ended since:
 * else a phone whose answer was lost would call it unsent. Throws `session.other-user`, `mailbox.closed`,
 * `mailbox.read-only`.
 */
export async function withSending<T>(
  ports: Ports,
  actor: UserActor,
  message: {
    readonly key: string;
    readonly writtenAt?: number | null | undefined;
    readonly as?: string | null | undefined;
  },
  work: (repositories: OrganisationRepositories, user: DirectoryRecord) => Promise<T>,
): Promise<T> {
  return ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    const user = await repositories.directory.get(actor.userId);
    if (user === null || !isAdmitted(user))
      throw new Refusal('session.required', 'Please sign in.');
    refuseOthers(user, message.as ?? null);
    const permission = await permissionFor(ports, repositories, actor, message.writtenAt ?? null);
    const earlier = await repositories.mailbox.findSubmission(actor.userId, message.key);
    const wasTaken = earlier !== null && earlier.storedAt !== null;
    if (!wasTaken) refuse(permission);
    const result = await work(repositories, user);
    if (permission.kind === 'late' && !wasTaken)
      await putBackSoon(ports, repositories, actor, permission.eventId, message.key);
    return result;
  });
}

function refuseOthers(user: DirectoryRecord, as: string | null): void {
  if (as === null || user.addresses.includes(as.toLowerCase())) return;
  throw new Refusal(
    'session.other-user',
    `This message was written by ${as}. It waits on this device until ${as} signs in here.`,
  );
}

async function permissionFor(
  ports: Ports,
  { events }: OrganisationRepositories,
  { userId }: UserActor,
  writtenAt: number | null,
): Promise<SendingPermission> {
  const event = (await events.current()) ?? (await events.recent(1))[0] ?? null;
  const signedInAt = event === null ? null : await events.signedInAt(event.id, userId);
  return maySend(event, userId, { now: ports.clock.now(), writtenAt, signedInAt });
}

function refuse(permission: SendingPermission): void {
  switch (permission.kind) {
    case 'open':
    case 'late':
      return;
    case 'not-covered':
      throw closed();
    case 'not-written-then':
      throw new Refusal(
        'mailbox.read-only',
        'The event is over, and this message was not written during it. Copy the text and send it from Outlook.',
      );
    case 'too-late':
      throw new Refusal(
        'mailbox.read-only',
        `The event has been over for more than ${LATE_OUTBOX / DAY} days. Copy the text and send it from Outlook.`,
      );
  }
}

/** The event may have been settled long ago: nothing else would look for this message. */
async function putBackSoon(
  ports: Ports,
  { jobs }: OrganisationRepositories,
  { organisationId }: UserActor,
  eventId: string,
  key: string,
): Promise<void> {
  await jobs.send({
    name: 'event.put-back',
    payload: { organisationId, eventId },
    id: `event.put-back:${eventId}:late:${key}`,
    startAfter: ports.clock.now() + PUT_BACK_AFTER,
  });
}
