import { and, asc, count, eq, inArray, isNull, sql } from '../drizzle.ts';
import type { DirectoryQuery, DirectoryRecord, DirectoryRepository } from '@holdfast/application';
import { ALTERNATE_INFO_STATES } from '@holdfast/domain';
import type { SQL } from 'drizzle-orm';
import { directoryAddresses, directoryObjects } from '../schema/people.ts';
import { anyText, isAmong, iso, type Transaction } from '../transaction.ts';
import { createDirectoryFigures } from './directory-figures.ts';
import { partOf } from './queued-row.ts';

/** Rows of one page, whatever is asked for. */
const MAX_PAGE = 200;
/** What JSON puts around and between texts. */
const JSON_SIGNS = /["[\],]/;

export function createDirectoryRepository(
  transaction: Transaction,
  organisationId: string,
): DirectoryRepository {
  const own = eq(directoryObjects.organisationId, organisationId);
  return {
    ...createDirectoryFigures(transaction, organisationId),
    get: async (id) => {
      const [row] = await transaction
        .select()
        .from(directoryObjects)
        .where(and(own, eq(directoryObjects.id, id)));
      return row === undefined ? null : toDirectoryRecord(row);
    },
    getMany: async (ids) => {
      const rows = await transaction
        .select()
        .from(directoryObjects)
        .where(and(own, isAmong(directoryObjects.id, ids)))
        .orderBy(...byName);
      return rows.map(toDirectoryRecord);
    },
    findByAddress: async (address) => {
      const [row] = await transaction
        .select({ object: directoryObjects })
        .from(directoryAddresses)
        .innerJoin(directoryObjects, and(own, eq(directoryObjects.id, directoryAddresses.objectId)))
        .where(
          and(
            eq(directoryAddresses.organisationId, organisationId),
            eq(directoryAddresses.address, address.toLowerCase()),
          ),
        );
      return row === undefined ? null : toDirectoryRecord(row.object);
    },
    page: async (query) => {
      const wanted = and(own, ...conditions(query));
      const rows = await transaction
        .select()
        .from(directoryObjects)
        .where(wanted)
        .orderBy(order(query), asc(directoryObjects.id))
        .offset(query.offset)
        .limit(Math.min(query.limit, MAX_PAGE));
      const [counted] = await transaction
        .select({ total: count() })
        .from(directoryObjects)
        .where(wanted);
      return { rows: rows.map(toDirectoryRecord), total: counted?.total ?? 0 };
    },
    all: async () => {
      const rows = await transaction
        .select()
        .from(directoryObjects)
        .where(and(own, isNull(directoryObjects.removedAt)))
        .orderBy(...byName);
      return rows.map(toDirectoryRecord);
    },
    protectedUsers: async () => {
      const rows = await transaction
        .select()
        .from(directoryObjects)
        .where(and(own, isNull(directoryObjects.removedAt), eq(directoryObjects.protected, true)))
        .orderBy(...byName);
      return rows.map(toDirectoryRecord);
    },
    protectedOutside: async (domains) => {
      const rows = await transaction
        .select()
        .from(directoryObjects)
        .where(
          and(
            own,
            isNull(directoryObjects.removedAt),
            eq(directoryObjects.protected, true),
            sql`not (kind = 'user' and has_mailbox and split_part(primary_address, '@', 2) = ${anyText(domains)})`,
          ),
        )
        .orderBy(...byName);
      return rows.map(toDirectoryRecord);
    },
    setProtection: async (ids, value, at) => {
      const since = sql`case when protected then protected_since else ${iso(at)}::timestamptz end`;
      await transaction
        .update(directoryObjects)
        .set({ protected: value, protectedSince: value ? since : null, newcomer: false })
        .where(and(own, isAmong(directoryObjects.id, ids)));
    },
    saveContactState: async (id, state) => {
      if (Object.keys(state).length === 0) return;
      await transaction
        .update(directoryObjects)
        .set(state)
        .where(and(own, eq(directoryObjects.id, id)));
    },
    saveLanguage: async (id, language) => {
      await transaction
        .update(directoryObjects)
        .set({ language })
        .where(and(own, eq(directoryObjects.id, id)));
    },
    membersOf: async (groupAddresses) => {
      const rows = await transaction.execute<{ address: string; member: string }>(sql`
        with recursive inside (address, id) as (
          select team.address, team.object_id from directory_addresses team
          where team.organisation_id = ${organisationId}
            and team.address = ${anyText(groupAddresses.map((address) => address.toLowerCase()))}
          union
          select inside.address, membership.member_id
          from inside join directory_memberships membership
            on membership.organisation_id = ${organisationId} and membership.group_id = inside.id)
        select inside.address, object.id as member
        from inside join directory_objects object
          on object.organisation_id = ${organisationId} and object.id = inside.id
        where object.removed_at is null and object.kind not in ('group', 'dynamic-group')
        order by inside.address, object.id`);
      const members = new Map<string, string[]>();
      for (const { address, member } of rows) {
        const known = members.get(address);
        if (known === undefined) members.set(address, [member]);
        else known.push(member);
      }
      return new Map(
        groupAddresses.map((address) => [address, members.get(address.toLowerCase()) ?? []]),
      );
    },
  };
}

const byName = [sql`lower(${directoryObjects.displayName})`, asc(directoryObjects.id)] as const;

function conditions(query: DirectoryQuery): SQL[] {
  const found: SQL[] = [isNull(directoryObjects.removedAt)];
  const search = query.search.trim().toLowerCase();
  if (search !== '') {
    const pattern = partOf(search);
    // Their text as a whole: taken apart for each of 50,000 rows, a page would take five times as long. It is JSON, so
    // that what holds it together has to be looked for inside.
    const inText = sql`${directoryObjects.addresses}::text like ${partOf(JSON.stringify(search).slice(1, -1))}`;
    const inOne = sql`exists (
      select from jsonb_array_elements_text(${directoryObjects.addresses}) address
      where address like ${pattern})`;
    const inAddresses = JSON_SIGNS.test(search) ? sql`${inText} and ${inOne}` : inText;
    found.push(sql`(lower(${directoryObjects.displayName}) like ${pattern} or (${inAddresses}))`);
  }
  if (query.kinds !== null) found.push(inArray(directoryObjects.kind, [...query.kinds]));
  if (query.protected !== null) found.push(eq(directoryObjects.protected, query.protected));
  if (query.alternateInfo !== null) {
    found.push(inArray(directoryObjects.alternateInfo, [...query.alternateInfo]));
  }
  return found;
}

function order(query: DirectoryQuery): SQL {
  const column = sortKey(query.sort);
  return query.descending ? sql`${column} desc nulls last` : sql`${column} asc nulls last`;
}

function sortKey(sort: DirectoryQuery['sort']): SQL {
  switch (sort) {
    case 'name':
      return sql`lower(${directoryObjects.displayName})`;
    case 'address':
      return sql`lower(${directoryObjects.primaryAddress})`;
    case 'kind':
      return sql`${directoryObjects.kind}`;
    case 'alternateInfo': {
      const worstFirst = ALTERNATE_INFO_STATES.join(',');
      return sql`array_position(string_to_array(${worstFirst}, ','), ${directoryObjects.alternateInfo})`;
    }
    case 'lastAskedAt':
      return sql`${directoryObjects.lastAskedAt}`;
    case 'lastSignInAt':
      return sql`${directoryObjects.lastSignInAt}`;
  }
}

function toDirectoryRecord(row: typeof directoryObjects.$inferSelect): DirectoryRecord {
  const { organisationId: _own, newcomer: _newcomer, reminders: _reminders, ...record } = row;
  return record;
}
