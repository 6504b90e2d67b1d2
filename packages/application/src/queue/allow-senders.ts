import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { LockedDelivery } from '../ports/queue.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { Refusal } from '../refusal.ts';
import { readListLines, recordAddedEntries } from '../security/add-list-entries.ts';

/**
 * *Release and allow the sender*: who wrote it, by the From field, goes on the allow list. Refuses what the list
 * refuses, and then nothing is released either: an entry for an own domain would let every forged colleague in.
 */
export async function allowSenders(
  ports: Pick<Ports, 'clock' | 'identifiers'>,
  r: OrganisationRepositories,
  actor: Actor,
  released: readonly LockedDelivery[],
): Promise<readonly string[]> {
  const senders = released.map(({ author, envelopeFrom }) => author ?? envelopeFrom);
  const values = [...new Set(senders.map((sender) => sender.toLowerCase()))];
  const note = 'Released from quarantine';
  const ownDomains = (await r.domains.list()).map((domain) => domain.name);
  const entries = readSenders(() =>
    readListLines(ports, actor, { kind: 'allow', values, note, expiresAt: null }, ownDomains),
  );
  const added = await r.lists.add(entries);
  if (added > 0) await recordAddedEntries(ports, r, actor, { kind: 'allow', note }, entries);
  return entries.map(({ value }) => value);
}

function readSenders<Entries>(read: () => Entries): Entries {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.code, `Nothing was released. ${error.message}`);
  }
}
