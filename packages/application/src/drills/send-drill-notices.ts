import { HOUR, mayBeMessaged, writtenLanguage, type Drill } from '@holdfast/domain';
import { coveredUsers } from '../events/covered-users.ts';
import {
  byPreference,
  TEMPORARY_PASSWORD_VALID_FOR,
  temporaryPasswordMac,
} from '../events/send-notices.ts';
import { tellOverChannels } from '../events/tell-over-channels.ts';
import type { Job } from '../jobs.ts';
import type { EmailText } from '../ports/notice-templates.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRecord } from '../records/organisation.ts';
import type { ChannelRecord, DirectoryRecord } from '../records/people.ts';

type NoticeJob = Job<'drill.notice'>;

/** One job per participant, as for an event. */
export async function fanOutDrillNotices(
  ports: Ports,
  kind: 'start' | 'end',
  job: Job<'drill.start-notices' | 'drill.end-notices'>,
): Promise<void> {
  const { organisationId, drillId } = job.payload;
  await ports.database.withinOrganisation(organisationId, async (repositories) => {
    const drill = await repositories.drills.get(drillId);
    if (drill === null || (kind === 'start') !== (drill.phase === 'running')) return;
    for (const userId of await recipients(repositories, drill, kind))
      await sendNoticeJob(repositories, { organisationId, drillId, userId, kind });
  });
}

async function sendNoticeJob(
  { jobs }: OrganisationRepositories,
  payload: NoticeJob['payload'],
): Promise<void> {
  const { drillId, userId, kind } = payload;
  const id = `drill.notice:${drillId}:${userId}:${kind}`;
  await jobs.send({ name: 'drill.notice', payload, id, startAfter: null });
}

/**
 * Of the end, whoever was told of the start. Whom an event covers gets its notices, and is not told in the same minute that
 * something is over.
 */
async function recipients(
  repositories: OrganisationRepositories,
  drill: Drill,
  kind: 'start' | 'end',
): Promise<readonly string[]> {
  const users = await coveredUsers(repositories, { kind: 'users', userIds: drill.participants });
  if (kind === 'start') return users.map(({ id }) => id);
  const told = new Set(
    (await repositories.notices.ofEvent(drill.id))
      .filter(({ state }) => state === 'sent')
      .map(({ userId }) => userId),
  );
  const event = await repositories.events.current();
  const covered =
    event?.phase === 'active'
      ? new Set((await coveredUsers(repositories, event.scope)).map(({ id }) => id))
      : new Set<string>();
  return users.flatMap(({ id }) => (told.has(id) && !covered.has(id) ? [id] : []));
}

interface Prepared {
  readonly user: DirectoryRecord;
  readonly drill: Drill;
  readonly organisation: OrganisationRecord;
  readonly channels: readonly ChannelRecord[];
}

/**
 * The notice that an event would send, over the same channels and with the same kind of login: that is what is rehearsed.
 * Its first word says that it is a drill.
 */
export async function sendDrillNotice(ports: Ports, job: NoticeJob): Promise<void> {
  const prepared = await prepare(ports, job);
  if (prepared === null) return;
  const { drillId, kind } = job.payload;
  try {
    await tellOverChannels(ports, {
      ...prepared,
      id: job.id,
      eventId: drillId,
      words: (proven) => ({
        ...wordsFor(ports, job, prepared, proven),
        spoken: { kind: SPOKEN[kind] },
        kind: noticeKind(job, proven),
      }),
    });
  } finally {
    if (kind === 'start') await tellOfEndMeanwhile(ports, job.payload);
  }
}

/** It ended while the notice was under way: who was told of the end was decided without this one. */
async function tellOfEndMeanwhile(ports: Ports, payload: NoticeJob['payload']): Promise<void> {
  const { organisationId, drillId, userId } = payload;
  await ports.database.withinOrganisation(organisationId, async (repositories) => {
    const drill = await repositories.drills.get(drillId);
    if (drill?.phase !== 'over') return;
    if ((await recipients(repositories, drill, 'end')).includes(userId))
      await sendNoticeJob(repositories, { ...payload, kind: 'end' });
  });
}

const SPOKEN = { start: 'drill-started', end: 'drill-ended' } as const;

function noticeKind({ payload }: NoticeJob, proven: boolean): string {
  if (payload.kind === 'end') return 'drill.end';
  return proven ? 'drill.start' : 'drill.start-unverified';
}

async function prepare(ports: Ports, job: NoticeJob): Promise<Prepared | null> {
  const { organisationId, drillId, userId, kind } = job.payload;
  return ports.database.withinOrganisation(organisationId, async (repositories) => {
    const drill = await repositories.drills.get(drillId);
    const user = await repositories.directory.get(userId);
    if (drill === null || user === null) return null;
    if (kind === 'start' && drill.phase !== 'running') return null;
    if (!user.protected || !user.accountEnabled || user.removedAt !== null) return null;
    const organisation = await repositories.organisation.get();
    const preference = await repositories.channels.preference(userId);
    const channels = (await repositories.channels.ofUser(userId)).filter(({ channel }) =>
      mayBeMessaged(channel),
    );
    if (kind === 'start')
      await repositories.drills.savePassword({
        drillId,
        userId,
        mac: temporaryPasswordMac(ports, userId, passwordOf(ports, organisation, job)),
        expiresAt: Math.min(drill.endsAt, ports.clock.now() + TEMPORARY_PASSWORD_VALID_FOR),
      });
    return { drill, user, organisation, channels: byPreference(channels, preference) };
  });
}

function passwordOf(
  ports: Ports,
  organisation: Prepared['organisation'],
  { payload }: NoticeJob,
): string {
  const parts = ['drill', payload.drillId, payload.userId];
  return ports.secrets.deriveTemporaryPassword(organisation, parts);
}

function wordsFor(
  ports: Ports,
  job: NoticeJob,
  { drill, user, organisation }: Prepared,
  verified: boolean,
): { readonly sms: string; readonly email: EmailText } {
  const common = { organisation: organisation.name, login: user.primaryAddress };
  const templates = ports.templates(writtenLanguage(user));
  if (job.payload.kind === 'end')
    return templates.drillEnded({
      ...common,
      forEvent: drill.phase === 'over' && drill.because === 'event',
    });
  const url = drillUrl(ports);
  const { helpdesk } = organisation;
  if (!verified) return templates.drillStartedUnverified({ ...common, url, helpdesk });
  return templates.drillStarted({
    ...common,
    url,
    helpdesk,
    temporaryPassword: passwordOf(ports, organisation, job),
    validHours: Math.max(1, Math.round((drill.endsAt - drill.noticesAt) / HOUR)),
  });
}

/** The same door; what stands behind `?` makes its first page say that this is a drill. */
function drillUrl({ settings }: Ports): string {
  return `${settings.portalUrl}/?drill`;
}
