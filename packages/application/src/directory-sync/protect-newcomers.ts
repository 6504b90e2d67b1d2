import { decideEligibility } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { OrganisationRecord } from '../records/organisation.ts';
import { protectUsers } from '../users/protect-users.ts';
import { protectableNames } from './apply-directory.ts';

/** Users protected in one go; their records are in memory meanwhile. */
const AT_ONCE = 500;

export interface ProtectedNewcomers {
  readonly protected: number;
  /** New users for whom the plan has no seat. They get one as soon as there is one. */
  readonly withoutSeat: number;
}

/**
 * The "new users" setting. A newcomer is a user about whom nobody has decided: new since the installation, or without a
 * mailbox or locked out until now. Whoever an administrator has left out stays out.
 */
export async function protectNewcomers(
  ports: Ports,
  r: OrganisationRepositories,
  actor: Actor,
  organisation: OrganisationRecord,
): Promise<ProtectedNewcomers> {
  if (organisation.installedAt === null) return { protected: 0, withoutSeat: 0 };
  const domains = await r.domains.list();
  const names = protectableNames(domains);
  if (!organisation.protectNewUsers) {
    await r.directory.settleNewcomers(names);
    return { protected: 0, withoutSeat: 0 };
  }
  const ids = await r.directory.newcomers(names);
  const { plan } = organisation;
  const taken = ids.length === 0 ? 0 : (await r.directory.counts([])).protected;
  const free = plan.continuity ? Math.max(0, plan.seats - taken) : 0;
  const seated = ids.slice(0, free);
  let done = 0;
  for (let start = 0; start < seated.length; start += AT_ONCE) {
    const some = await r.directory.getMany(seated.slice(start, start + AT_ONCE));
    const users = some.filter((user) => decideEligibility(user, domains).eligible);
    if (users.length === 0) continue;
    await protectUsers(ports, r, actor, users);
    done += users.length;
    await r.audit.append(
      auditEntry(ports, actor, 'users.protected-automatically', `${users.length} users`, {
        addresses: users.map((user) => user.primaryAddress),
      }),
    );
  }
  return { protected: done, withoutSeat: ids.length - seated.length };
}
