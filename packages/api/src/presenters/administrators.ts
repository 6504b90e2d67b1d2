import type { Actor, AdministratorsReading } from '@holdfast/application';
import type { AdministratorsView } from '@holdfast/contracts';
import { toIso, toIsoOrNull } from './instant.ts';

export function presentAdministrators(
  { administrators, invitations }: AdministratorsReading,
  actor: Extract<Actor, { kind: 'administrator' }>,
  now: number,
): AdministratorsView {
  return {
    administrators: administrators.map(({ id, email, name, role, joinedAt }) => ({
      id,
      email,
      name,
      role,
      joinedAt: toIsoOrNull(joinedAt),
      own: id === actor.administratorId,
    })),
    invitations: invitations.map(({ id, email, name, role, invitedBy, invitedAt, expiresAt }) => ({
      id,
      email,
      name,
      role,
      invitedBy,
      invitedAt: toIso(invitedAt),
      expiresAt: toIso(expiresAt),
      expired: expiresAt <= now,
    })),
  };
}
