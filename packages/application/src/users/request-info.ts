import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import { installationMissing } from '../installation/installation-missing.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { findAll } from './choose-users.ts';
import { hasNoAlternateInfo } from './protect-users.ts';
import { sendInfoRequests } from './send-info-requests.ts';

export type InfoRequestChoice =
  | { readonly kind: 'missing' }
  | { readonly kind: 'users'; readonly userIds: readonly string[] };

/**
 * Asks users for alternate info: everyone still missing, or those chosen. Each gets a new link; the earlier one stops
 * working. Refuses: `installation.not-done`, `users.unknown`, `users.ineligible` when none of the chosen is protected.
 */
export async function requestInfo(
  ports: Ports,
  actor: Actor,
  choice: InfoRequestChoice,
): Promise<{ readonly asked: number }> {
  const { organisationId } = actor;
  return ports.database.withinOrganisation(organisationId, async (r) => {
    const { installedAt } = await r.organisation.get();
    if (installedAt === null) throw installationMissing();
    const candidates =
      choice.kind === 'missing'
        ? (await r.directory.protectedUsers()).filter(hasNoAlternateInfo)
        : await findAll(r, choice.userIds);
    const users = candidates.filter((user) => user.protected);
    if (choice.kind === 'users' && users.length === 0) {
      throw new Refusal(
        'users.ineligible',
        'None of the chosen users is protected. Protect them first; that sends the request as well.',
      );
    }
    if (users.length === 0) return { asked: 0 };
    await sendInfoRequests(ports, r, organisationId, users);
    // Asked anew by a person: reminders begin anew.
    await r.directory.saveReminders(
      users.map(({ id }) => id),
      'none',
    );
    await r.audit.append(
      auditEntry(ports, actor, 'users.info-requested', `${users.length} users`, {
        addresses: users.map((user) => user.primaryAddress),
      }),
    );
    return { asked: users.length };
  });
}
