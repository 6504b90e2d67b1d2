import {
  isProven,
  mayBeMessaged,
  MINUTE,
  WAY_IN_VALID_FOR,
  writtenLanguage,
} from '@holdfast/domain';
import { sendToChannel } from '../alternate-info/send-to-channel.ts';
import type { Job } from '../jobs.ts';
import { isAdmitted } from '../mailbox/user-access.ts';
import type { Ports } from '../ports.ts';
import type { NoticeOutcome } from '../ports/notifications.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { OrganisationRecord } from '../records/organisation.ts';
import type { ChannelRecord, DirectoryRecord } from '../records/people.ts';
import { wayInCodeMac, wayInSecrets } from './way-in-secrets.ts';

interface Prepared {
  readonly organisation: OrganisationRecord;
  readonly user: DirectoryRecord;
  readonly channels: readonly ChannelRecord[];
  readonly code: string;
  readonly link: string;
}

/**
 * Job `portal.way-in`: a link and a code to every verified channel of whoever the login belongs to; nothing when it
 * belongs to nobody. A message that arrives after its time would only confuse, so it is not sent any more.
 */
export async function sendWayIn(ports: Ports, job: Job<'portal.way-in'>): Promise<void> {
  const { login, askedAt } = job.payload;
  if (ports.clock.now() >= askedAt + WAY_IN_VALID_FOR) return;
  const found = await ports.database.acrossOrganisations((system) =>
    system.protectedUserByAddress(login),
  );
  if (found === null) return;
  const { organisationId, userId } = found;
  const prepared = await ports.database.withinOrganisation(organisationId, (repositories) =>
    prepare(ports, repositories, userId, job),
  );
  if (prepared === null) return;
  // All of them at each try: the code is over long before one that is down would be given up.
  const failed: string[] = [];
  for (const channel of prepared.channels) {
    const outcome = await tell(ports, job, prepared, channel);
    if (outcome !== null && !outcome.ok && !outcome.permanent) failed.push(outcome.detail);
  }
  if (failed.length > 0) throw new Error(`Way in not handed over: ${failed.join('; ')}`);
}

async function prepare(
  ports: Ports,
  repositories: OrganisationRepositories,
  userId: string,
  job: Job<'portal.way-in'>,
): Promise<Prepared | null> {
  const { requestId, ticketHash, askedAt } = job.payload;
  const user = await repositories.directory.get(userId);
  if (user === null || !isAdmitted(user)) return null;
  const channels = (await repositories.channels.ofUser(userId)).filter(({ channel }) =>
    isProven(channel),
  );
  if (channels.length === 0) return null;
  const organisation = await repositories.organisation.get();
  const { code, link } = wayInSecrets(ports, organisation, userId, requestId);
  const known = await repositories.signIn.lockCodes(userId, ports.clock.now());
  if (!known.some(({ id }) => id === requestId)) {
    await repositories.signIn.saveCode({
      id: requestId,
      userId,
      kind: 'way-in',
      codeMac: wayInCodeMac(ports, userId, code),
      linkHash: ports.secrets.hashToken(link),
      ticketHash,
      madeAt: ports.clock.now(),
      expiresAt: askedAt + WAY_IN_VALID_FOR,
      usedAt: null,
      failures: 0,
      madeBy: null,
      identityCheck: null,
    });
  }
  return { organisation, user, channels, code, link };
}

/** Null: there is nothing to tell this channel, or it was told before. */
async function tell(
  ports: Ports,
  job: Job<'portal.way-in'>,
  prepared: Prepared,
  { kind, channel, shared }: ChannelRecord,
): Promise<NoticeOutcome | null> {
  if (!mayBeMessaged(channel)) return null;
  const { organisation, user, code, link } = prepared;
  const id = `${job.id}:${kind}`;
  const earlier = await ports.database.withinOrganisation(organisation.id, ({ notices }) =>
    notices.get(id),
  );
  if (earlier?.state === 'sent') return null;
  const language = writtenLanguage(user);
  const words = ports.templates(language).wayIn({
    organisation: organisation.name,
    // Whoever shares the number must see whose it is; elsewhere the login stays out, so that the message alone lets nobody in.
    login: shared ? user.primaryAddress : null,
    code,
    url: `${ports.settings.portalUrl}/way-in#${link}`,
    validMinutes: WAY_IN_VALID_FOR / MINUTE,
  });
  const to = { organisation, userId: user.id, kind, value: channel.value, language };
  const message = { ...words, spoken: { kind: 'way-in', code } } as const;
  const outcome = await sendToChannel(ports, to, message, id);
  await ports.database.withinOrganisation(organisation.id, ({ notices }) =>
    notices.save({
      id,
      userId: user.id,
      channel: kind,
      kind: 'portal.way-in',
      eventId: null,
      state: outcome.ok ? 'sent' : 'failed',
      detail: outcome.ok ? outcome.reference : outcome.detail,
      at: ports.clock.now(),
    }),
  );
  return outcome;
}
