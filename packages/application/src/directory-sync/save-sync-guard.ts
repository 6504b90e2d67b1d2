import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';

/** From which share on a sync stops and asks. Unit: percent, 1 to 100. */
export async function saveSyncGuard(
  ports: Ports,
  actor: Actor,
  input: { readonly percent: number },
): Promise<void> {
  await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const { syncGuardPercent: before, name } = await r.organisation.lock();
    await r.organisation.save({ syncGuardPercent: input.percent });
    await r.audit.append(
      auditEntry(ports, actor, 'directory.guard-saved', name, { before, after: input.percent }),
    );
  });
}
