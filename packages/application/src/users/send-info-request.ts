import { alternateInfoState, DAY, writtenLanguage } from '@holdfast/domain';
import type { Job } from '../jobs.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { OrganisationRecord } from '../records/organisation.ts';
import type { DirectoryRecord } from '../records/people.ts';
import { sendWorkNotice } from './work-notice.ts';

/** A link works this many days, or until a newer one replaces it. */
export const INFO_REQUEST_VALID_DAYS = 14;

interface Target {
  readonly user: DirectoryRecord;
  readonly organisation: OrganisationRecord;
  readonly token: string;
}

/**
 * Job `user.request-info`: sends the link to the alternate-info form to the work address. The token is derived from the
 * organisation's key and the request, so that the job holds none; only its hash is stored. Once per request; see
 * `sendWelcome` for what happens when a process dies in the middle.
 */
export async function sendInfoRequest(ports: Ports, job: Job<'user.request-info'>): Promise<void> {
  const { organisationId, userId, requestId } = job.payload;
  const noticeId = `user.request-info:${requestId}`;
  const target = await ports.database.withinOrganisation(organisationId, async (r) => {
    if ((await r.notices.get(noticeId))?.state === 'sent') return null;
    return storeRequest(ports, r, { userId, requestId });
  });
  if (target === null) return;
  const { user, organisation, token } = target;
  await sendWorkNotice(ports, {
    organisation,
    user,
    key: noticeId,
    email: ports.templates(writtenLanguage(user)).alternateInfoRequest({
      organisation: organisation.name,
      name: user.displayName,
      address: user.primaryAddress,
      url: `${ports.settings.portalUrl}/info/${token}`,
      validDays: INFO_REQUEST_VALID_DAYS,
      reason: job.payload.reason ?? 'first',
    }),
  });
  await ports.database.withinOrganisation(organisationId, async (r) => {
    const at = ports.clock.now();
    await r.notices.save({
      id: noticeId,
      userId,
      channel: 'work-email',
      kind: 'info-request',
      eventId: null,
      state: 'sent',
      detail: 'put into the mail queue',
      at,
    });
    await markAsked(r, userId, at);
  });
}

/** Null when there is nobody to ask any more, or a newer request has taken over. */
async function storeRequest(
  ports: Ports,
  r: OrganisationRepositories,
  { userId, requestId }: { readonly userId: string; readonly requestId: string },
): Promise<Target | null> {
  const user = await r.directory.get(userId);
  if (user === null || user.removedAt !== null || !user.protected) return null;
  const organisation = await r.organisation.get();
  const token = `${requestId}.${ports.secrets.deriveToken(organisation, 'info-request', [requestId])}`;
  const known = await r.infoRequests.get(requestId);
  if (known !== null && known.replacedAt !== null) return null;
  if (known === null) {
    const sentAt = ports.clock.now();
    await r.infoRequests.replace({
      id: requestId,
      organisationId: organisation.id,
      userId,
      tokenHash: ports.secrets.hashToken(token),
      sentAt,
      expiresAt: sentAt + INFO_REQUEST_VALID_DAYS * DAY,
      replacedAt: null,
    });
  }
  return { user, organisation, token };
}

async function markAsked(r: OrganisationRepositories, userId: string, at: number): Promise<void> {
  const channels = await r.channels.ofUser(userId);
  const user = await r.directory.get(userId);
  await r.directory.saveContactState(userId, {
    lastAskedAt: at,
    alternateInfo: alternateInfoState({
      channels: channels.map(({ channel }) => channel.state),
      askedAt: at,
      openedAt: user?.openedAt ?? null,
    }),
  });
}
