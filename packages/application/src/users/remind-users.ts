import { confirmProvenBefore, remindAskedBefore } from '@holdfast/domain';
import { changeChannel } from '../alternate-info/change-channel.ts';
import { auditEntry, systemActor } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { sendInfoRequests } from './send-info-requests.ts';

/** People in one turn: each gets a mail and a link of their own. The rest is due in the next turn as well. */
const MOST_AT_ONCE = 1000;

export interface ReminderReport {
  readonly reminded: number;
  readonly askedAgain: number;
}

/**
 * Worker timer: reminds those who were asked and have confirmed nothing, until they have, opt out, are disabled, or were
 * reminded as often as the policy says; and asks those whose proof is old whether it still holds. Waits while an event is
 * open: work mailboxes are what does not work then.
 */
export async function remindUsers(ports: Ports, organisationId: string): Promise<ReminderReport> {
  return ports.database.withinOrganisation(organisationId, async (r) => {
    const event = await r.events.current();
    if (event !== null && event.phase !== 'closed') return { reminded: 0, askedAgain: 0 };
    await r.accountChanges.removeExpired(ports.clock.now());
    const askedAgain = await askAgain(ports, r, organisationId);
    const reminded = await remind(ports, r, organisationId);
    return { reminded, askedAgain };
  });
}

async function askAgain(
  ports: Ports,
  r: OrganisationRepositories,
  organisationId: string,
): Promise<number> {
  const at = ports.clock.now();
  const before = confirmProvenBefore(ports.settings.reminders, at);
  const due = before === null ? [] : await r.channels.provenBefore(before, MOST_AT_ONCE);
  for (const { kind, userId } of due)
    await changeChannel(r, userId, kind, { type: 'go-stale', at });
  const ids = [...new Set(due.map(({ userId }) => userId))];
  if (ids.length === 0) return 0;
  await ask(ports, r, { organisationId, ids, reason: 'confirm-again' });
  await r.directory.saveReminders(ids, 'none');
  return ids.length;
}

async function remind(
  ports: Ports,
  r: OrganisationRepositories,
  organisationId: string,
): Promise<number> {
  const { reminders: policy } = ports.settings;
  const askedBefore = remindAskedBefore(policy, ports.clock.now());
  if (askedBefore === null) return 0;
  const { most } = policy;
  const ids = await r.directory.dueForReminder({ askedBefore, most, limit: MOST_AT_ONCE });
  if (ids.length === 0) return 0;
  await ask(ports, r, { organisationId, ids, reason: 'reminder' });
  await r.directory.saveReminders(ids, 'one-more');
  return ids.length;
}

async function ask(
  ports: Ports,
  r: OrganisationRepositories,
  of: {
    readonly organisationId: string;
    readonly ids: readonly string[];
    readonly reason: 'reminder' | 'confirm-again';
  },
): Promise<void> {
  const { ids, organisationId, reason } = of;
  const users = ids.map((id) => ({ id }));
  await sendInfoRequests(ports, r, organisationId, users, reason);
  // Now, and not when the mail leaves: the next turn must not ask again.
  for (const id of ids) await r.directory.saveContactState(id, { lastAskedAt: ports.clock.now() });
  await r.audit.append(
    auditEntry(ports, systemActor(organisationId), `users.info-${reason}`, `${ids.length} users`, {
      userIds: ids,
    }),
  );
}
