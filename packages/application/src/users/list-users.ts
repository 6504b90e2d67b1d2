import { decideEligibility, domainOf, type Eligibility } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { DomainRecord } from '../records/organisation.ts';
import type { ChannelRecord, DirectoryQuery, DirectoryRecord } from '../records/people.ts';

export interface UserReading {
  readonly user: DirectoryRecord;
  readonly eligibility: Eligibility;
  /** Protected, and MX of the address's domain points here. */
  readonly effective: boolean;
  /** Values in clear: presenters mask them. */
  readonly channels: readonly ChannelRecord[];
}

export interface UserPageReading {
  readonly rows: readonly UserReading[];
  readonly total: number;
  readonly offset: number;
  readonly syncedAt: number | null;
}

/** One page of the directory with what may be done with each object, sorted and filtered by the database. */
export async function listUsers(
  ports: Ports,
  actor: Actor,
  query: DirectoryQuery,
): Promise<UserPageReading> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const { directorySyncedAt } = await r.organisation.get();
    const { rows, total } = await r.directory.page(query);
    const readings = await readUsers(r, rows);
    return { rows: readings, total, offset: query.offset, syncedAt: directorySyncedAt };
  });
}

/** Eligibility, effect and channels of these objects. */
export async function readUsers(
  r: Pick<OrganisationRepositories, 'domains' | 'channels'>,
  users: readonly DirectoryRecord[],
): Promise<readonly UserReading[]> {
  const domains = await r.domains.list();
  const channels = await r.channels.ofUsers(users.map((user) => user.id));
  const byUser = Map.groupBy(channels, (channel) => channel.userId);
  return users.map((user) => ({
    user,
    eligibility: decideEligibility(user, domains),
    effective: user.protected && pointsHere(user, domains),
    channels: (byUser.get(user.id) ?? []).filter(({ channel }) => channel.state !== 'removed'),
  }));
}

function pointsHere(user: DirectoryRecord, domains: readonly DomainRecord[]): boolean {
  const name = domainOf(user.primaryAddress);
  return domains.some((domain) => domain.name === name && domain.state === 'correct');
}
