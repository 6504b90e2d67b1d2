import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { CopiedItemQuery } from '../ports/repositories/list-copy-repository.ts';
import type { CopiedItemRecord, ListCopyRecord } from '../records/lists.ts';

export interface ListCopyReading {
  /** Null before anything was read. */
  readonly record: ListCopyRecord | null;
  /** Protected users whose junk settings were read, and were not. */
  readonly mailboxes: { readonly read: number; readonly unread: number };
  /** Entries that users have of their own, and how many users those are. */
  readonly ofUsers: { readonly entries: number; readonly users: number };
}

/** How the copy from Office 365 came out, and how far it is. */
export async function readListCopy(ports: Ports, actor: Actor): Promise<ListCopyReading> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => ({
    record: await r.listCopies.get(),
    mailboxes: await r.listCopies.countMailboxes(),
    ofUsers: await r.lists.countOfUsers(),
  }));
}

/** What became of each entry of Office 365, a page of it. */
export async function readCopiedItems(
  ports: Ports,
  actor: Actor,
  query: CopiedItemQuery,
): Promise<{ readonly rows: readonly CopiedItemRecord[]; readonly total: number }> {
  return ports.database.withinOrganisation(actor.organisationId, (r) => r.listCopies.items(query));
}

const EXPORT_PAGE = 1000;

/** The whole record, a page at a time. */
export async function* exportCopiedItems(
  ports: Ports,
  actor: Actor,
): AsyncGenerator<readonly CopiedItemRecord[]> {
  for (let offset = 0; ; offset += EXPORT_PAGE) {
    const query = { outcome: null, ofUsers: true, offset, limit: EXPORT_PAGE };
    const { rows } = await readCopiedItems(ports, actor, query);
    if (rows.length > 0) yield rows;
    if (rows.length < EXPORT_PAGE) return;
  }
}
