import { writtenLanguage } from '@holdfast/domain';
import type { Job } from '../jobs.ts';
import type { Ports } from '../ports.ts';
import { sendWorkNotice } from './work-notice.ts';

/**
 * Job `user.welcome`: tells a user's work address that Email Continuity is enabled. Once per enabling; a process that
 * dies between the spool and the record sends it again (invariant 10) under the same Message-ID.
 */
export async function sendWelcome(ports: Ports, job: Job<'user.welcome'>): Promise<void> {
  const { organisationId, userId, enabledAt } = job.payload;
  const noticeId = `user.welcome:${userId}:${enabledAt}`;
  const target = await ports.database.withinOrganisation(organisationId, async (r) => {
    const user = await r.directory.get(userId);
    const sent = (await r.notices.get(noticeId))?.state === 'sent';
    if (user === null || user.removedAt !== null || !user.protected || sent) return null;
    return { user, organisation: await r.organisation.get() };
  });
  if (target === null) return;
  const { user, organisation } = target;
  await sendWorkNotice(ports, {
    organisation,
    user,
    key: noticeId,
    email: ports.templates(writtenLanguage(user)).enabledNotice({
      organisation: organisation.name,
      name: user.displayName,
      address: user.primaryAddress,
    }),
  });
  await ports.database.withinOrganisation(organisationId, (r) =>
    r.notices.save({
      id: noticeId,
      userId,
      channel: 'work-email',
      kind: 'enabled',
      eventId: null,
      state: 'sent',
      detail: 'put into the mail queue',
      at: ports.clock.now(),
    }),
  );
}
