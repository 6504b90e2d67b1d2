import type { Ports } from '../ports.ts';
import { withMailbox, type UserActor } from './user-access.ts';

/** Address completion from the directory: everything that can receive mail, by part of name or address. */
export async function searchPeople(
  ports: Ports,
  actor: UserActor,
  input: { readonly query: string; readonly limit: number },
): Promise<readonly { readonly name: string; readonly address: string }[]> {
  return withMailbox(ports, actor, 'read', async ({ directory }) => {
    const { rows } = await directory.page({
      search: input.query.trim(),
      kinds: null,
      protected: null,
      alternateInfo: null,
      sort: 'name',
      descending: false,
      offset: 0,
      limit: input.limit,
    });
    return rows.map((row) => ({ name: row.displayName, address: row.primaryAddress }));
  });
}
