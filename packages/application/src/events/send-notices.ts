import {
  type EmergencyEvent,
  type EventScope,
  HOUR,
  mayBeMessaged,
  writtenLanguage,
} from '@holdfast/domain';
import type { Job } from '../jobs.ts';
import type { EventCredential } from '../ports/repositories/event-repository.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { EmailText } from '../ports/notice-templates.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRecord } from '../records/organisation.ts';
import type { ChannelRecord, ContactPreference, DirectoryRecord } from '../records/people.ts';
import { coveredUsers } from './covered-users.ts';
import { tellOverChannels } from './tell-over-channels.ts';

/** A temporary password is valid this long after its notice left. */
export const TEMPORARY_PASSWORD_VALID_FOR = 12 * HOUR;

type FanOut = 'event.start-notices' | 'event.undo-notices' | 'event.end-notices';
type NoticeKind = 'start' | 'undo' | 'end';

/** One job per covered user, so that one bad number delays nobody else. Start notices of an undone event are dropped. */
export async function fanOutNotices(
  ports: Ports,
  kind: NoticeKind,
  job: Job<FanOut>,
): Promise<void> {
  const { organisationId, eventId, generation } = job.payload;
  await ports.database.withinOrganisation(organisationId, async (repositories) => {
    const event = await repositories.events.get(eventId);
    if (event === null || event.generation !== generation) return;
    if (kind === 'start' && event.phase !== 'active') return;
    const scope = kind === 'undo' ? await undoneScope(repositories, event) : event.scope;
    for (const user of await coveredUsers(repositories, scope)) {
      await repositories.jobs.send({
        name: 'event.notice',
        payload: { organisationId, eventId, generation, userId: user.id, kind },
        id: `event.notice:${eventId}:${generation}:${user.id}:${kind}`,
        startAfter: null,
      });
    }
  });
}

/** Whom the start that was undone was meant for: after the undo of a relapse the event has its earlier scope again. */
async function undoneScope(
  { events }: OrganisationRepositories,
  event: EmergencyEvent,
): Promise<EventScope> {
  const starts = (await events.log(event.id)).flatMap(({ fact }) =>
    fact.type === 'started' || fact.type === 'relapsed' ? [fact.event] : [],
  );
  const undone = starts.find((start) => start.generation === event.generation);
  return undone?.scope ?? event.scope;
}

interface Prepared {
  readonly user: DirectoryRecord;
  readonly event: EmergencyEvent;
  readonly organisation: OrganisationRecord;
  /** Preferred channel first. */
  readonly channels: readonly ChannelRecord[];
}

/**
 * Tells one user, over every channel they gave, the preferred one first. Verified channels carry login and temporary
 * password; others carry the news without credentials. Nothing of it touches Office 365 (invariant 6).
 */
export async function sendEventNotice(ports: Ports, job: Job<'event.notice'>): Promise<void> {
  const prepared = await prepare(ports, job);
  if (prepared === null) return;
  const { eventId, kind } = job.payload;
  await tellOverChannels(ports, {
    ...prepared,
    id: job.id,
    eventId,
    words: (proven) => ({
      ...wordsFor(ports, job, prepared, proven),
      spoken: { kind: SPOKEN[kind] },
      kind: kind === 'start' && !proven ? 'event.start-unverified' : `event.${kind}`,
    }),
  });
}

async function prepare(ports: Ports, job: Job<'event.notice'>): Promise<Prepared | null> {
  const { organisationId, eventId, generation, userId, kind } = job.payload;
  return ports.database.withinOrganisation(organisationId, async (repositories) => {
    const event = await repositories.events.get(eventId);
    const user = await repositories.directory.get(userId);
    if (event === null || user === null || event.generation !== generation) return null;
    if (kind === 'start' && event.phase !== 'active') return null;
    // A user disabled or removed in the meantime gets no notice.
    if (!user.protected || !user.accountEnabled || user.removedAt !== null) return null;
    const organisation = await repositories.organisation.get();
    const preference = await repositories.channels.preference(userId);
    const channels = await repositories.channels.ofUser(userId);
    const usable = channels.filter(({ channel }) => mayBeMessaged(channel));
    if (kind === 'start') await issueCredential(ports, repositories.events, organisation, job);
    return { event, user, organisation, channels: byPreference(usable, preference) };
  });
}

export function byPreference(
  channels: readonly ChannelRecord[],
  preference: ContactPreference | null,
): readonly ChannelRecord[] {
  const rank = (record: ChannelRecord): number =>
    record.kind === (preference?.preferred ?? 'sms') ? 0 : 1;
  return channels.toSorted((left, right) => rank(left) - rank(right));
}

/** Kept as HMAC only; the password itself is derived again wherever it is needed. */
async function issueCredential(
  ports: Ports,
  events: { saveCredential(credential: EventCredential): Promise<void> },
  organisation: Prepared['organisation'],
  job: Job<'event.notice'>,
): Promise<void> {
  const { eventId, generation, userId } = job.payload;
  await events.saveCredential({
    eventId,
    userId,
    generation,
    passwordMac: temporaryPasswordMac(
      ports,
      userId,
      temporaryPassword(ports, organisation, job.payload),
    ),
    expiresAt: ports.clock.now() + TEMPORARY_PASSWORD_VALID_FOR,
    usedAt: null,
  });
}

function temporaryPassword(
  ports: Ports,
  organisation: Prepared['organisation'],
  of: { readonly eventId: string; readonly userId: string; readonly generation: number },
): string {
  return ports.secrets.deriveTemporaryPassword(organisation, [
    of.eventId,
    of.userId,
    String(of.generation),
  ]);
}

/** Comparison form: people type it with or without dashes and in any case. */
export function temporaryPasswordMac(
  ports: Pick<Ports, 'secrets'>,
  userId: string,
  password: string,
): string {
  return ports.secrets.mac(
    'temporary-password',
    [userId],
    password.toUpperCase().replace(/[^A-Z0-9]/g, ''),
  );
}

/** A call says that there is an event and where to sign in; the code is spoken when it is asked for there. */
const SPOKEN = {
  start: 'event-started',
  undo: 'event-started-in-error',
  end: 'event-ended',
} as const;

function wordsFor(
  ports: Ports,
  job: Job<'event.notice'>,
  { event, user, organisation }: Prepared,
  verified: boolean,
): { readonly sms: string; readonly email: EmailText } {
  const common = { organisation: organisation.name, login: user.primaryAddress };
  const url = ports.settings.portalUrl;
  const templates = ports.templates(writtenLanguage(user));
  switch (job.payload.kind) {
    case 'start':
      return verified
        ? templates.eventStarted({
            ...common,
            url,
            helpdesk: organisation.helpdesk,
            temporaryPassword: temporaryPassword(ports, organisation, job.payload),
            validHours: TEMPORARY_PASSWORD_VALID_FOR / HOUR,
          })
        : templates.eventStartedUnverified({
            ...common,
            url,
            helpdesk: organisation.helpdesk,
          });
    case 'undo':
      return templates.eventStartedInError(common);
    case 'end': {
      const until = event.phase === 'recovering' ? event.readOnlyUntil : ports.clock.now();
      return templates.eventEnded({
        ...common,
        url,
        readOnlyUntil: new Date(until).toISOString().slice(0, 10),
      });
    }
  }
}
