import { HOUR, type Instant } from '@holdfast/domain';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { AdministratorRecord } from '../records/people.ts';
import { randomToken } from './random-token.ts';

/** An administrator's session lasts a long day, also on a bad one. Unit: milliseconds. */
export const ADMINISTRATOR_SESSION = 12 * HOUR;

export interface OpenedSession {
  /** For the cookie; never stored. */
  readonly token: string;
  readonly expiresAt: Instant;
}

/** Opens a session for an administrator who has proved who they are, and records it. */
export async function openAdministratorSession(
  ports: Ports,
  administrator: AdministratorRecord,
  ip: string | null,
): Promise<OpenedSession> {
  const { id: administratorId, organisationId, email, role } = administrator;
  const actor = {
    kind: 'administrator',
    organisationId,
    administratorId,
    email,
    role,
    ip,
  } as const;
  const token = randomToken(ports.identifiers);
  const createdAt = ports.clock.now();
  const expiresAt = createdAt + ADMINISTRATOR_SESSION;
  await ports.database.withinOrganisation(organisationId, async ({ audit }) => {
    await audit.append(auditEntry(ports, actor, 'administrator.signed-in', email));
  });
  await ports.database.acrossOrganisations(async (system) => {
    await system.createAdministratorSession({
      id: ports.identifiers.uuid(),
      organisationId,
      subjectId: administratorId,
      createdAt,
      expiresAt,
      mustChoosePassword: false,
      tokenHash: ports.secrets.hashToken(token),
    });
  });
  return { token, expiresAt };
}
