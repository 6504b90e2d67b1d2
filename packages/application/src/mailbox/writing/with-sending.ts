import {
  DAY,
  decideDrillWriting,
  LATE_OUTBOX,
  maySend,
  MINUTE,
  type SendingPermission,
} from '@holdfast/domain';
import type { Ports } from '../../ports.ts';
import type { OrganisationRepositories } from '../../ports/repositories/organisation-repositories.ts';
import type { DirectoryRecord } from '../../records/people.ts';
import { Refusal } from '../../refusal.ts';
import { closed, isAdmitted, type UserActor } from '../user-access.ts';

/** What waits in an outbox is taken in and relayed before Sent Items is looked after. Unit: ms. */
const PUT_BACK_AFTER = 2 * MINUTE;

/** What is known of a message before it is taken. */
interface Written {
  readonly key: string;
  readonly writtenAt?: number | null | undefined;
  readonly as?: string | null | undefined;
  readonly drill?: string | null | undefined;
}

/**
 * One transaction for a user who sends: while the event is active, and for what was written then up to 14 days after its
 * end, which is put into Sent Items like the rest. What was taken before is answered the same whatever has ended since:
 * else a phone whose answer was lost would call it unsent. What is written in a drill is taken while it runs, for its
 * `drillId`, and never later. Throws `session.other-user`, `mailbox.closed`, `mailbox.read-only`, `mailbox.drill-over`.
 */
export async function withSending<T>(
  ports: Ports,
  actor: UserActor,
  message: Written,
  work: (
    repositories: OrganisationRepositories,
    user: DirectoryRecord,
    drillId: string | null,
  ) => Promise<T>,
): Promise<T> {
  return ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    const user = await repositories.directory.get(actor.userId);
    if (user === null || !isAdmitted(user))
      throw new Refusal('session.required', 'Please sign in.');
    refuseOthers(user, message.as ?? null);
    const permission = await permissionFor(ports, repositories, actor, message);
    const earlier = await repositories.mailbox.findSubmission(actor.userId, message.key);
    const wasTaken = earlier !== null && earlier.storedAt !== null;
    if (!wasTaken) refuse(permission);
    const drillId = permission.kind === 'practice' ? permission.drillId : null;
    const result = await work(repositories, user, drillId);
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

type Permission =
  | SendingPermission
  | { readonly kind: 'practice'; readonly drillId: string }
  | { readonly kind: 'drill-over' };

async function permissionFor(
  ports: Ports,
  { events, drills }: OrganisationRepositories,
  { userId }: UserActor,
  { writtenAt = null, drill: saidDrill }: Written,
): Promise<Permission> {
  const now = ports.clock.now();
  const open = await events.current();
  const drill = decideDrillWriting(
    { saidDrill, writtenAt, userId, now, isEventOpen: open !== null },
    await drills.latestOf(userId),
  );
  if (drill.kind === 'practice') return drill;
  if (drill.kind === 'over') return { kind: 'drill-over' };
  const event = open ?? (await events.recent(1))[0] ?? null;
  const signedInAt = event === null ? null : await events.signedInAt(event.id, userId);
  return maySend(event, userId, { now, writtenAt, signedInAt });
}

function refuse(permission: Permission): void {
  switch (permission.kind) {
    case 'open':
    case 'late':
    case 'practice':
      return;
    case 'drill-over':
      throw new Refusal(
        'mailbox.drill-over',
        'This was written in a drill that is over. It was not sent, and will not be. If you mean it, write it anew.',
      );
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
