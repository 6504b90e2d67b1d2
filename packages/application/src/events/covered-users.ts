import { isProven, isReachable, type EmergencyEvent, type EventScope } from '@holdfast/domain';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { ChannelRecord, DirectoryRecord } from '../records/people.ts';

/** Protected users in the scope, in the order of their names. */
export async function coveredUsers(
  repositories: OrganisationRepositories,
  scope: EventScope,
): Promise<readonly DirectoryRecord[]> {
  const users = (await repositories.directory.protectedUsers()).filter(
    (user) => user.accountEnabled,
  );
  if (scope.kind === 'everyone') return users;
  const wanted = new Set(scope.userIds);
  return users.filter((user) => wanted.has(user.id));
}

/** Whom the notices can reach with a login, and whom they cannot. */
export function splitByReach(users: readonly DirectoryRecord[]): {
  readonly reachable: readonly DirectoryRecord[];
  readonly unreachable: readonly DirectoryRecord[];
} {
  return {
    reachable: users.filter((user) => isReachable(user.alternateInfo)),
    unreachable: users.filter((user) => !isReachable(user.alternateInfo)),
  };
}

export function verifiedByKind(
  channels: readonly ChannelRecord[],
): Readonly<Record<ChannelRecord['kind'], number>> {
  const count = (kind: ChannelRecord['kind']): number =>
    channels.filter((record) => record.kind === kind && isProven(record.channel)).length;
  return { sms: count('sms'), email: count('email') };
}

/** Since when mail counts as "during the event", for what is put back and counted. */
export function eventBegan(event: EmergencyEvent): number {
  return event.startedAt;
}
