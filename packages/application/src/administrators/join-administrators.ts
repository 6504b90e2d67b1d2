import { clientNetwork } from '@holdfast/domain';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { AdministratorRecord } from '../records/people.ts';
import { Refusal } from '../refusal.ts';
import { countAttempts, SET_UP_ATTEMPTS_PER_IP } from '../sessions/attempt-limits.ts';
import {
  openAdministratorSession,
  type OpenedSession,
} from '../sessions/open-administrator-session.ts';

/**
 * Accepts an invitation with a password of one's own and signs in. The link works once. Refuses:
 * `session.invitation-invalid`, `session.too-many-attempts`, `administrators.address-taken`.
 */
export async function joinAdministrators(
  ports: Ports,
  input: { readonly token: string; readonly password: string; readonly ip: string },
): Promise<OpenedSession> {
  const network = clientNetwork(input.ip);
  await countAttempts(ports, [{ key: `join:ip:${network}`, most: SET_UP_ATTEMPTS_PER_IP }]);
  const tokenHash = ports.secrets.hashToken(input.token);
  const found = await ports.database.acrossOrganisations((system) =>
    system.invitationByToken(tokenHash),
  );
  if (found === null) throw invalid();
  await refuseTaken(ports, found);
  const passwordHash = await ports.secrets.hashPassword(input.password);
  const joined = await ports.database.withinOrganisation(found.organisationId, async (r) => {
    await r.organisation.lock();
    // Looked at again under the lock: two presses of the button make one administrator.
    const invitation = (await r.administrators.invitations()).find(({ id }) => id === found.id);
    const now = ports.clock.now();
    if (invitation === undefined || invitation.expiresAt <= now) throw invalid();
    await r.administrators.removeInvitation(invitation.id);
    const { email, name, role } = invitation;
    const administrator: AdministratorRecord = {
      id: ports.identifiers.uuid(),
      organisationId: found.organisationId,
      email,
      name,
      role,
      passwordHash,
      joinedAt: now,
    };
    await r.accounts.addAdministrator(administrator);
    const actor = {
      kind: 'administrator',
      organisationId: found.organisationId,
      administratorId: administrator.id,
      email,
      role,
      ip: input.ip,
    } as const;
    await r.audit.append(
      auditEntry(ports, actor, 'administrator.joined', email, {
        role,
        invitedBy: invitation.invitedBy,
      }),
    );
    return administrator;
  });
  return openAdministratorSession(ports, joined, input.ip);
}

/** Of two invitations of one server the first that is accepted counts: an address signs in to one organisation. */
async function refuseTaken(
  ports: Ports,
  found: { readonly id: string; readonly organisationId: string },
): Promise<void> {
  const invitations = await ports.database.withinOrganisation(found.organisationId, (r) =>
    r.administrators.invitations(),
  );
  const invitation = invitations.find(({ id }) => id === found.id);
  if (invitation === undefined) throw invalid();
  const taken = await ports.database.acrossOrganisations((system) =>
    system.administratorByEmail(invitation.email),
  );
  if (taken !== null)
    throw new Refusal(
      'administrators.address-taken',
      'You sign in to this server with that address already. Ask for an invitation to another address of yours.',
    );
}

/** One sentence for every way a link can be wrong. */
function invalid(): Refusal {
  return new Refusal(
    'session.invitation-invalid',
    'This invitation was used already, has run out, or was taken back. Whoever sent it can send another, under Settings.',
  );
}
