import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import type { DirectoryRecord } from '../records/people.ts';

/** The objects behind these addresses, any of theirs. Refuses: `users.unknown`, with a sentence per address. */
export async function findUsersByAddress(
  ports: Ports,
  actor: Actor,
  addresses: readonly string[],
): Promise<readonly DirectoryRecord[]> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const found = new Map<string, DirectoryRecord>();
    const unknown: Record<string, string> = {};
    for (const address of addresses) {
      const object = await r.directory.findByAddress(address.trim().toLowerCase());
      if (object === null || object.removedAt !== null) unknown[address] = 'Not in the directory.';
      else found.set(object.id, object);
    }
    const missing = Object.keys(unknown);
    if (missing.length === 0) return [...found.values()];
    throw new Refusal(
      'users.unknown',
      `Not in the directory: ${missing.join(', ')}. Check the spelling, or refresh mailboxes.`,
      unknown,
    );
  });
}
