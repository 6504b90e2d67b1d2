import { DAY, parseAddress, type AdministratorRole } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { actorName } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import { sendToAddress } from '../domains/tell-administrators.ts';
import type { Job } from '../jobs.ts';
import type { KeyHolder } from '../ports/secrets.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { tellOfChange } from './tell-administrators-changed.ts';

/** An invitation works this long. */
export const INVITATION_VALID_DAYS = 7;
/** Administrators and invitations of one organisation together. */
export const MOST_ADMINISTRATORS = 50;

export interface InviteInput {
  readonly email: string;
  readonly name: string;
  readonly role: AdministratorRole;
}

/**
 * Asks somebody to administer. The link goes to them alone, so that nobody else chooses their password; every other
 * administrator is told. Asking again replaces the link. Refuses: `input.invalid`, `administrators.address-taken`,
 * `administrators.too-many`.
 */
export async function inviteAdministrator(
  ports: Ports,
  actor: Actor,
  input: InviteInput,
): Promise<void> {
  const { organisationId } = actor;
  const email = parseAddress(input.email);
  if (email === null) {
    const message = 'That does not look like an email address.';
    throw new Refusal('input.invalid', message, { email: message });
  }
  const taken = await ports.database.acrossOrganisations((system) =>
    system.administratorByEmail(email),
  );
  if (taken !== null)
    throw new Refusal(
      'administrators.address-taken',
      'Somebody signs in to this server with that address already. Change their role, or use another address.',
      { email: 'In use already.' },
    );
  await ports.database.withinOrganisation(organisationId, async (r) => {
    const organisation = await r.organisation.lock();
    const invitations = await r.administrators.invitations();
    const others = invitations.filter((invitation) => invitation.email !== email);
    const known = await r.accounts.administrators();
    if (known.length + others.length >= MOST_ADMINISTRATORS)
      throw new Refusal(
        'administrators.too-many',
        `There are ${MOST_ADMINISTRATORS} administrators and invitations already. Remove one first.`,
      );
    for (const older of invitations)
      if (older.email === email) await r.administrators.removeInvitation(older.id);
    const id = ports.identifiers.uuid();
    const invitedAt = ports.clock.now();
    await r.administrators.saveInvitation({
      id,
      email,
      name: input.name.trim(),
      role: input.role,
      tokenHash: ports.secrets.hashToken(invitationToken(ports, organisation, id)),
      invitedBy: actorName(actor),
      invitedAt,
      expiresAt: invitedAt + INVITATION_VALID_DAYS * DAY,
    });
    await r.jobs.send({
      name: 'administrator.invite',
      payload: { organisationId, invitationId: id },
      id: `administrator.invite:${id}`,
      startAfter: null,
    });
    await tellOfChange(ports, r, actor, { kind: 'invited', email, role: input.role });
    await r.audit.append(
      auditEntry(ports, actor, 'administrator.invited', email, { role: input.role }),
    );
  });
}

/** Takes an invitation back: its link works no more. Refuses: `administrators.unknown`. */
export async function withdrawInvitation(
  ports: Ports,
  actor: Actor,
  input: { readonly id: string },
): Promise<void> {
  await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const invitations = await r.administrators.invitations();
    const invitation = invitations.find(({ id }) => id === input.id);
    if (invitation === undefined)
      throw new Refusal('administrators.unknown', 'That invitation is not open any more.');
    await r.administrators.removeInvitation(invitation.id);
    await r.audit.append(
      auditEntry(ports, actor, 'administrator.invitation-withdrawn', invitation.email),
    );
  });
}

/** Derived, so that neither the job nor the row holds it. */
function invitationToken(
  ports: Pick<Ports, 'secrets'>,
  organisation: KeyHolder,
  id: string,
): string {
  return `${id}.${ports.secrets.deriveToken(organisation, 'administrator-invitation', [id])}`;
}

/** Job `administrator.invite`: the link, while the invitation is open. */
export async function sendInvitation(
  ports: Ports,
  job: Job<'administrator.invite'>,
): Promise<void> {
  const { organisationId, invitationId } = job.payload;
  const found = await ports.database.withinOrganisation(organisationId, async (r) => ({
    organisation: await r.organisation.get(),
    invitation: (await r.administrators.invitations()).find(({ id }) => id === invitationId),
  }));
  const { invitation, organisation } = found;
  if (invitation === undefined || invitation.expiresAt <= ports.clock.now()) return;
  const email = ports.templates('en').administratorInvitation({
    organisation: organisation.name,
    name: invitation.name,
    by: invitation.invitedBy,
    role: invitation.role,
    // Behind the `#`, so that no proxy logs it.
    url: `${ports.settings.adminUrl.replace(/\/$/, '')}/join#${invitationToken(ports, organisation, invitationId)}`,
    validDays: INVITATION_VALID_DAYS,
  });
  const outcome = await sendToAddress(ports, organisation, invitation.email, email, job.id);
  if (outcome.ok) return;
  ports.log.warn('invitation not handed over', { organisationId, detail: outcome.detail });
  if (!outcome.permanent) throw new Error(`Invitation not handed over: ${outcome.detail}`);
}
