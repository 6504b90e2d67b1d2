import { auditEntry, systemActor } from '../audit-entry.ts';
import { sendToAdministrators } from '../domains/tell-administrators.ts';
import type { Job } from '../jobs.ts';
import type { Ports } from '../ports.ts';
import { changeWords } from './change-words.ts';

/** Job `account.tell-dispute`: every administrator by e-mail. Repeated while nobody could be reached. */
export async function tellDispute(
  ports: Ports,
  { payload: { organisationId, changeId } }: Job<'account.tell-dispute'>,
): Promise<void> {
  const found = await ports.database.withinOrganisation(organisationId, async (r) => {
    const change = await r.accountChanges.get(changeId);
    const user = change === null ? null : await r.directory.get(change.userId);
    return change === null || user === null
      ? null
      : { change, user, organisation: await r.organisation.get() };
  });
  if (found === null || found.change.disputedAt === null) return;
  const { change, organisation, user } = found;
  const email = ports.templates('en').changeDisputed({
    organisation: organisation.name,
    address: user.primaryAddress,
    what: changeWords(change.change, 'en'),
    at: new Date(change.at).toISOString(),
    url: `${ports.settings.adminUrl.replace(/\/$/, '')}/users?q=${encodeURIComponent(user.primaryAddress)}`,
  });
  const reference = `account.tell-dispute:${changeId}`;
  const { told, notice, worthAnother } = await sendToAdministrators(
    ports,
    organisationId,
    reference,
    email,
  );
  await ports.database.withinOrganisation(organisationId, ({ audit }) =>
    audit.append(
      auditEntry(ports, systemActor(organisationId), 'account.dispute-told', user.primaryAddress, {
        told,
      }),
    ),
  );
  if (told.length === 0 && worthAnother) throw new Error(notice);
}
