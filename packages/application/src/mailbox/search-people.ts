import { openPersonalData } from '../mailbox-access/personal-data.ts';
import type { PersonalContact } from '../ports/office365/mailbox-reading.ts';
import type { Ports } from '../ports.ts';
import { MAILBOX_SHOWS } from './list-mailbox.ts';
import { withUser, type UserActor } from './user-access.ts';

interface Person {
  readonly name: string;
  readonly address: string;
}

/**
 * Address completion, and the contacts of whoever signs in without an event, by part of name or address: everything in
 * the directory that can receive mail, then the user's own contacts, where they may be read, then whoever the user has
 * written with.
 */
export async function searchPeople(
  ports: Ports,
  actor: UserActor,
  input: { readonly query: string; readonly limit: number },
): Promise<readonly Person[]> {
  const query = input.query.trim();
  const since = ports.clock.now() - MAILBOX_SHOWS;
  const { people, kept, written } = await withUser(ports, actor, async (repositories) => {
    const { rows } = await repositories.directory.page({
      search: query,
      kinds: null,
      protected: null,
      alternateInfo: null,
      sort: 'name',
      descending: false,
      offset: 0,
      limit: input.limit,
    });
    return {
      people: rows.map((row): Person => ({ name: row.displayName, address: row.primaryAddress })),
      kept: await repositories.copies.calendar(actor.userId),
      written:
        query === ''
          ? []
          : await repositories.mailbox.correspondents(actor.userId, query, since, input.limit),
    };
  });
  const contacts =
    kept === null ? [] : (openPersonalData(ports.secrets, actor, kept.sealed).contacts ?? []);
  const found = new Map<string, Person>();
  for (const person of [...people, ...matching(contacts, query), ...written]) {
    const key = person.address.toLowerCase();
    if (!found.has(key)) found.set(key, person);
  }
  return [...found.values()].slice(0, input.limit);
}

function matching(contacts: readonly PersonalContact[], query: string): readonly Person[] {
  const wanted = query.toLowerCase();
  return contacts
    .flatMap(({ name, addresses }) => addresses.map((address) => ({ name, address })))
    .filter(({ name, address }) => `${name} ${address}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}
