import { DAY, deviceWords, mustChooseOwn, type SignInMethod } from '@holdfast/domain';
import { refreshContactState } from '../alternate-info/change-channel.ts';
import { standingOf } from '../drills/open-drill.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { DirectoryRecord } from '../records/people.ts';
import type { Visitor } from './login.ts';

export const USER_SESSION_TIME = 7 * DAY;

export interface UserSession {
  readonly token: string;
  readonly expiresAt: number;
  readonly mustChoosePassword: boolean;
}

/** Opens a session for a user who has proved who they are, and records it. */
export async function openUserSession(
  ports: Ports,
  repositories: OrganisationRepositories,
  input: {
    readonly user: DirectoryRecord;
    readonly organisationId: string;
    readonly token: string;
    readonly method: SignInMethod;
    readonly visitor: Visitor;
  },
): Promise<UserSession> {
  const { user, organisationId, token, method, visitor } = input;
  const now = ports.clock.now();
  const expiresAt = now + USER_SESSION_TIME;
  const mustChoosePassword = mustChooseOwn(method);
  await repositories.accounts.createPortalSession({
    id: ports.identifiers.uuid(),
    organisationId,
    subjectId: user.id,
    createdAt: now,
    expiresAt,
    mustChoosePassword,
    method,
    device: deviceWords(visitor.userAgent),
    network: visitor.ip,
    lastSeenAt: now,
    tokenHash: ports.secrets.hashToken(token),
  });
  const { access, event, drill } = await standingOf(ports, repositories, user.id);
  await repositories.directory.saveContactState(user.id, {
    openedAt: user.openedAt ?? now,
    lastSignInAt: now,
    lastSignInDrill: access === 'drill',
  });
  await refreshContactState(repositories, user.id);
  if (event !== null && event.phase !== 'closed')
    await repositories.events.recordSignIn(event.id, user.id, now);
  if (drill !== null && access === 'drill')
    await repositories.drills.recordSignIn(drill.id, user.id, method, now);
  await repositories.audit.append({
    at: now,
    actor: `user:${user.primaryAddress}`,
    action: 'portal.signed-in',
    subject: user.id,
    details: { method, ...(access === 'drill' && { drill: drill?.id }) },
    ip: visitor.ip,
  });
  return { token, expiresAt, mustChoosePassword };
}
