import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import { listsWithin, type ListsReading } from './read-lists.ts';

/** Takes entries off the lists; ids that are gone already are no error. */
export async function removeListEntries(
  ports: Ports,
  actor: Actor,
  input: { readonly ids: readonly string[] },
): Promise<ListsReading> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const removed = await r.lists.remove(input.ids);
    if (removed.length > 0) {
      await r.audit.append(
        auditEntry(ports, actor, 'lists.removed', `${removed.length} entries`, {
          entries: removed.map(({ kind, value }) => `${kind} ${value}`),
        }),
      );
      await r.notify({ channel: 'snapshot' });
    }
    return listsWithin(r);
  });
}
