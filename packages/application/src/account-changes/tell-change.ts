import { maskAddress, writtenLanguage } from '@holdfast/domain';
import { sendToAdministrators } from '../domains/tell-administrators.ts';
import { sendToChannel } from '../alternate-info/send-to-channel.ts';
import type { Job } from '../jobs.ts';
import type { NoticeOutcome } from '../ports/notifications.ts';
import type { Ports } from '../ports.ts';
import type { AccountChangeRecord, ToldChannel } from '../records/account-changes.ts';
import type { OrganisationRecord } from '../records/organisation.ts';
import type { DirectoryRecord, NoticeRecord } from '../records/people.ts';
import { sendWorkNotice } from '../users/work-notice.ts';
import { changeWords } from './change-words.ts';
import { changeToken } from './note-change.ts';

interface Prepared {
  readonly record: AccountChangeRecord;
  readonly user: DirectoryRecord;
  readonly organisation: OrganisationRecord;
}

/**
 * Job `account.tell-change`: the work mailbox and every channel from before, each once. One that cannot be reached keeps
 * no other from being told; what may work later is tried again.
 */
export async function tellChange(ports: Ports, job: Job<'account.tell-change'>): Promise<void> {
  const { organisationId, changeId } = job.payload;
  const prepared = await ports.database.withinOrganisation(organisationId, async (r) => {
    const record = await r.accountChanges.get(changeId);
    const user = record === null ? null : await r.directory.get(record.userId);
    // A user disabled or removed in the meantime gets no notice.
    if (record === null || user === null || user.removedAt !== null || !user.accountEnabled)
      return null;
    return { record, user, organisation: await r.organisation.get() };
  });
  if (prepared === null) return;
  const failed: string[] = [];
  for (const target of ['work-email' as const, ...prepared.record.told]) {
    const outcome = await tell(ports, prepared, target);
    if (outcome !== null && !outcome.ok && !outcome.permanent) failed.push(outcome.detail);
  }
  await tellOtherAdministrators(ports, prepared);
  if (failed.length > 0) throw new Error(`Change not told everywhere: ${failed.join('; ')}`);
}

/**
 * A code from the helpdesk for somebody who has no channel of their own: the work mailbox is what the code opens, so the
 * administrators are told as well. One person alone must not get in to a mailbox unnoticed.
 */
async function tellOtherAdministrators(
  ports: Ports,
  { organisation, record, user }: Prepared,
): Promise<void> {
  const { change, told } = record;
  if (change.kind !== 'helpdesk-code-made' || told.length > 0) return;
  const email = ports.templates('en').helpdeskCodeMade({
    organisation: organisation.name,
    address: user.primaryAddress,
    by: change.by,
    at: new Date(record.at).toISOString(),
    url: `${ports.settings.adminUrl.replace(/\/$/, '')}/users?q=${encodeURIComponent(user.primaryAddress)}`,
  });
  await sendToAdministrators(ports, organisation.id, `helpdesk-code:${record.id}`, email);
}

/** Null: told before. */
async function tell(
  ports: Ports,
  prepared: Prepared,
  target: 'work-email' | ToldChannel,
): Promise<NoticeOutcome | null> {
  const { organisation, record, user } = prepared;
  const channel: NoticeRecord['channel'] = target === 'work-email' ? target : target.kind;
  const place = target === 'work-email' ? 0 : record.told.indexOf(target) + 1;
  const id = `account.tell-change:${record.id}:${place}`;
  const earlier = await ports.database.withinOrganisation(organisation.id, ({ notices }) =>
    notices.get(id),
  );
  if (earlier?.state === 'sent') return null;
  const outcome = await send(ports, prepared, target, id);
  await ports.database.withinOrganisation(organisation.id, ({ notices }) =>
    notices.save({
      id,
      userId: user.id,
      channel,
      kind: 'account-change',
      eventId: null,
      state: outcome.ok ? 'sent' : 'failed',
      detail: outcome.ok ? outcome.reference : outcome.detail,
      at: ports.clock.now(),
    }),
  );
  return outcome;
}

async function send(
  ports: Ports,
  { organisation, record, user }: Prepared,
  target: 'work-email' | ToldChannel,
  reference: string,
): Promise<NoticeOutcome> {
  const language = writtenLanguage(user);
  const words = ports.templates(language).accountChanged({
    organisation: organisation.name,
    login: target === 'work-email' ? user.primaryAddress : maskAddress(user.primaryAddress),
    what: changeWords(record.change, language),
    at: new Date(record.at).toISOString(),
    url: `${ports.settings.portalUrl}/not-me/${changeToken(ports, organisation, record.id)}`,
  });
  if (target === 'work-email') {
    await sendWorkNotice(ports, {
      organisation,
      user,
      key: reference,
      email: words.email,
    });
    return { ok: true, reference: 'put into the mail queue' };
  }
  const to = { ...target, organisation, userId: user.id, language };
  return sendToChannel(ports, to, { ...words, spoken: { kind: 'account-changed' } }, reference);
}
