import { decideRole, type AdministratorRole } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { tellOfChange } from './tell-administrators-changed.ts';

/** Another role; it counts from the next click on. Refuses: `administrators.unknown`, `role.last-owner`. */
export async function changeRole(
  ports: Ports,
  actor: Actor,
  input: { readonly id: string; readonly role: AdministratorRole },
): Promise<void> {
  await decide(ports, actor, input.id, input.role);
}

/** Takes somebody's access away at once, with every session. Refuses: `administrators.unknown`, `role.last-owner`. */
export async function removeAdministrator(
  ports: Ports,
  actor: Actor,
  input: { readonly id: string },
): Promise<void> {
  await decide(ports, actor, input.id, null);
}

async function decide(
  ports: Ports,
  actor: Actor,
  id: string,
  role: AdministratorRole | null,
): Promise<void> {
  await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    // In turn: two owners who take each other's role at once would leave none.
    await r.organisation.lock();
    const holders = await r.accounts.administrators();
    const refusal = decideRole(holders, id, role);
    const held = holders.find((holder) => holder.id === id);
    if (refusal === 'unknown' || held === undefined)
      throw new Refusal('administrators.unknown', 'That administrator is not there any more.');
    if (refusal === 'last-owner')
      throw new Refusal(
        'role.last-owner',
        'That is the last owner. Make somebody else an owner first: without one nobody could change roles any more.',
      );
    if (role === held.role) return;
    if (role === null) await r.administrators.remove(id);
    else await r.administrators.saveRole(id, role);
    const kind = role === null ? 'removed' : 'role';
    await tellOfChange(ports, r, actor, { kind, email: held.email, role: role ?? held.role });
    await r.audit.append(
      auditEntry(
        ports,
        actor,
        role === null ? 'administrator.removed' : 'administrator.role-changed',
        held.email,
        { before: held.role, after: role },
      ),
    );
  });
}
