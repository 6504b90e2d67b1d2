import type { EmergencyEvent } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { installationMissing } from '../installation/installation-missing.ts';
import type { DirectoryRecord } from '../records/people.ts';
import { checkSeats } from './check-seats.ts';
import { chooseUsers, findAll, ineligibleRefusal, type IneligibleObject } from './choose-users.ts';
import { keepsMailboxInEvent } from './keeps-mailbox-in-event.ts';
import { protectUsers } from './protect-users.ts';

export interface SavedProtection {
  readonly protected: number;
  readonly unprotected: number;
  /** Those that cannot be protected; the others were saved. */
  readonly refused: readonly IneligibleObject[];
}

/**
 * *Save changes* of the users page. Ids that are as wanted already count as nothing. Refuses: `installation.not-done`,
 * `users.unknown`, `users.ineligible` (when nothing else was asked for), `users.in-event`, `plan.not-included`,
 * `plan.not-enough-seats`.
 */
export async function saveProtection(
  ports: Ports,
  actor: Actor,
  input: { readonly protect: readonly string[]; readonly unprotect: readonly string[] },
): Promise<SavedProtection> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const { installedAt, plan } = await r.organisation.lock();
    if (installedAt === null) throw installationMissing();
    const chosen = await chooseUsers(r, { kind: 'users', userIds: input.protect });
    const asked = new Set(input.protect);
    const leaving = (await findAll(r, input.unprotect)).filter(
      (user) => user.protected && !asked.has(user.id),
    );
    if (chosen.ineligible.length > 0 && chosen.eligible.length === 0 && leaving.length === 0) {
      throw ineligibleRefusal(chosen.ineligible);
    }
    refuseInEvent(leaving, await r.events.current());
    const joining = chosen.eligible.filter((user) => !user.protected);
    const protectedNow = (await r.directory.counts([])).protected;
    if (joining.length > 0) checkSeats(plan, protectedNow - leaving.length + joining.length);

    if (joining.length > 0) await protectUsers(ports, r, actor, joining);
    if (leaving.length > 0) {
      const ids = leaving.map((user) => user.id);
      await r.directory.setProtection(ids, false, ports.clock.now());
      for (const id of ids) await r.accounts.revokePortalSessions(id);
    }
    if (joining.length + leaving.length > 0) {
      await r.audit.append(
        auditEntry(ports, actor, 'users.protection-saved', subject(joining, leaving), {
          protected: joining.map((user) => user.primaryAddress),
          unprotected: leaving.map((user) => user.primaryAddress),
          refused: chosen.ineligible.map(({ object }) => object.primaryAddress),
        }),
      );
      await r.notify({ channel: 'snapshot' });
    }
    return {
      protected: joining.length,
      unprotected: leaving.length,
      refused: chosen.ineligible,
    };
  });
}

function refuseInEvent(leaving: readonly DirectoryRecord[], event: EmergencyEvent | null): void {
  const within = leaving.filter((user) => keepsMailboxInEvent(event, user.id));
  if (within.length === 0) return;
  throw new Refusal(
    'users.in-event',
    `${within.length} of these users are in the emergency event and keep their emergency mailbox until it is over. Save this again after it.`,
    Object.fromEntries(within.map((user) => [user.primaryAddress, 'In the emergency event.'])),
  );
}

function subject(joining: readonly DirectoryRecord[], leaving: readonly DirectoryRecord[]): string {
  return `${joining.length} protected, ${leaving.length} no longer`;
}
