import {
  decideEligibility,
  guardSync,
  isProtectableDomain,
  type SyncWeather,
} from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { DirectoryRecord } from '../records/people.ts';
import { keepsMailboxInEvent } from '../users/keeps-mailbox-in-event.ts';

/** What became of protected users that cannot be protected any more (invariant 7). */
export interface LeavingUsers {
  readonly decision: 'apply' | 'ask' | 'keep';
  readonly unprotected: number;
  /** Still protected: after the event, when Office 365 is healthy again, or when an administrator confirms. */
  readonly kept: number;
}

/**
 * Converted to a shared mailbox, moved to the initial domain, without a mailbox: the emergency mailbox goes, the mail
 * arrives all the same. Guarded like removals, since a reading gone wrong (no licences, say) must not take everybody's
 * emergency mailbox away; whoever is in an open event keeps it until the sync after the event.
 */
export async function unprotectIneligible(
  ports: Ports,
  r: OrganisationRepositories,
  actor: Actor,
  rule: {
    readonly weather: SyncWeather;
    readonly percent: number;
    readonly confirmed: boolean;
  },
): Promise<LeavingUsers> {
  const domains = await r.domains.list();
  const names = domains.filter(isProtectableDomain).map(({ name }) => name);
  const ineligible = (await r.directory.protectedOutside(names)).filter(
    (user) => !decideEligibility(user, domains).eligible,
  );
  const event = await r.events.current();
  const leaving = ineligible.filter((user) => !keepsMailboxInEvent(event, user.id));
  const guard = guardSync({
    known: (await r.directory.counts([])).protected,
    affected: leaving.length,
    weather: { ...rule.weather, eventOpen: false },
    percent: rule.percent,
    confirmed: rule.confirmed,
  });
  if (guard.decision !== 'apply') {
    return { decision: guard.decision, unprotected: 0, kept: ineligible.length };
  }
  if (leaving.length > 0) await unprotect(ports, r, actor, leaving);
  const kept = ineligible.length - leaving.length;
  return { decision: 'apply', unprotected: leaving.length, kept };
}

async function unprotect(
  ports: Ports,
  r: OrganisationRepositories,
  actor: Actor,
  leaving: readonly DirectoryRecord[],
): Promise<void> {
  const ids = leaving.map((user) => user.id);
  await r.directory.setProtection(ids, false, ports.clock.now());
  await r.accounts.revokePortalSessionsOf(ids);
  await r.audit.append(
    auditEntry(ports, actor, 'users.unprotected-automatically', `${leaving.length} users`, {
      addresses: leaving.map((user) => user.primaryAddress),
    }),
  );
}

export async function readWeather(r: OrganisationRepositories): Promise<SyncWeather> {
  const health = await r.health.get();
  return {
    // Before the first evidence there is nothing to doubt.
    primaryHealthy: health === null || health.state === 'healthy',
    eventOpen: (await r.events.current()) !== null,
  };
}

export function leavingWords({ decision, unprotected, kept }: LeavingUsers): readonly string[] {
  const words: string[] = [];
  if (unprotected > 0) {
    words.push(
      `No longer protected, because they cannot be any more: ${countUsers(unprotected)} (no mailbox of their own, or another domain). Their mail still arrives.`,
    );
  }
  if (kept === 0) return words;
  switch (decision) {
    case 'ask':
      words.push(
        `${countUsers(kept)} cannot be protected any more, more than a tidy-up. All of them keep their protection until you confirm.`,
      );
      break;
    case 'keep':
      words.push(
        `${countUsers(kept)} cannot be protected any more and keep their protection until Office 365 is healthy.`,
      );
      break;
    case 'apply':
      words.push(
        `${countUsers(kept)} cannot be protected any more and keep their emergency mailbox until the event is over.`,
      );
      break;
  }
  return words;
}

function countUsers(count: number): string {
  return count === 1 ? '1 user' : `${count} users`;
}
