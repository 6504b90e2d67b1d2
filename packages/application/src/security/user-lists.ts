import { MAX_USER_ENTRIES } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { Refusal } from '../refusal.ts';
import type { ListEntryRecord } from '../records/organisation.ts';
import {
  addEntries,
  checkRoom,
  readListLines,
  type AddListEntriesInput,
} from './add-list-entries.ts';

export interface UserListsReading {
  readonly userId: string;
  readonly entries: readonly ListEntryRecord[];
  /** When the junk settings of the mailbox were read; null: not yet. */
  readonly readAt: number | null;
  /** In Outlook the user also trusts the contacts, which we do not know. */
  readonly contactsTrusted: boolean;
  /** In Outlook all mail but that of safe senders is junk to this user. We do not carry that over. */
  readonly listsOnly: boolean;
}

/** Allow and block list of one user: they apply to mail for this user only. Refuses: `users.unknown`. */
export async function readUserLists(
  ports: Ports,
  actor: Actor,
  input: { readonly userId: string },
): Promise<UserListsReading> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    await requireUser(r, input.userId);
    return userListsWithin(r, input.userId);
  });
}

/**
 * Adds to a user's lists, all or none. Refuses as `addListEntries` does, and `users.unknown`, `lists.user-range`: a user
 * knows senders, and the address of a server would decide for mail of everyone who sends by it.
 */
export async function addUserEntries(
  ports: Ports,
  actor: Actor,
  input: AddListEntriesInput & { readonly userId: string },
): Promise<UserListsReading> {
  const { userId } = input;
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    await requireUser(r, userId);
    const ownDomains = (await r.domains.list()).map((domain) => domain.name);
    const entries = readListLines(ports, actor, input, ownDomains).map((entry) => ({
      ...entry,
      forUserId: userId,
    }));
    const range = entries.find(({ type }) => type === 'range');
    if (range !== undefined) {
      throw new Refusal(
        'lists.user-range',
        `"${range.value}" is an address of a server. Lists of a user hold senders: addresses and domains.`,
      );
    }
    const there = (await r.lists.ofUser(userId)).length;
    checkRoom(there + entries.length, MAX_USER_ENTRIES, 'Lists of a user');
    await addEntries(ports, r, actor, input, entries);
    return userListsWithin(r, userId);
  });
}

/** Takes entries off a user's lists; ids that are gone, or not of this user, are passed over. */
export async function removeUserEntries(
  ports: Ports,
  actor: Actor,
  input: { readonly userId: string; readonly ids: readonly string[] },
): Promise<UserListsReading> {
  const { userId } = input;
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const own = new Set((await r.lists.ofUser(userId)).map(({ id }) => id));
    const removed = await r.lists.remove(input.ids.filter((id) => own.has(id)));
    if (removed.length > 0) {
      await r.audit.append(
        auditEntry(ports, actor, 'lists.removed', `${removed.length} entries`, {
          user: userId,
          entries: removed.map(({ kind, value }) => `${kind} ${value}`),
        }),
      );
      await r.notify({ channel: 'snapshot' });
    }
    return userListsWithin(r, userId);
  });
}

async function userListsWithin(
  r: Pick<OrganisationRepositories, 'lists' | 'listCopies'>,
  userId: string,
): Promise<UserListsReading> {
  const junk = await r.listCopies.junkReading(userId);
  return {
    userId,
    entries: await r.lists.ofUser(userId),
    readAt: junk?.readAt ?? null,
    contactsTrusted: junk?.contactsTrusted ?? false,
    listsOnly: junk?.listsOnly ?? false,
  };
}

async function requireUser(
  r: Pick<OrganisationRepositories, 'directory'>,
  userId: string,
): Promise<void> {
  if ((await r.directory.get(userId)) === null)
    throw new Refusal('users.unknown', 'This user is not in the directory any more.');
}
