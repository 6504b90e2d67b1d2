import { asc, eq, sql } from '../drizzle.ts';
import type {
  CollectionRead,
  DirectoryFact,
  DirectoryIntake,
  GroupToAsk,
} from '@holdfast/application';
import { directoryCollections } from '../schema/directory.ts';
import { asJson, iso, type Transaction } from '../transaction.ts';
import { applyWanted } from './directory-applying.ts';
import { findReturned, noteLostMembers } from './directory-returned.ts';
import { compareWanted, deriveWanted } from './directory-wanted.ts';

export function createDirectoryIntake(
  transaction: Transaction,
  organisationId: string,
): DirectoryIntake {
  return {
    collections: async () =>
      transaction
        .select({
          collection: directoryCollections.collection,
          deltaLink: directoryCollections.deltaLink,
          readAt: directoryCollections.readAt,
          fullAt: directoryCollections.fullAt,
        })
        .from(directoryCollections)
        .where(eq(directoryCollections.organisationId, organisationId))
        .orderBy(asc(directoryCollections.collection)),
    clear: async () => {
      await transaction.execute(
        sql`delete from directory_staging where organisation_id = ${organisationId}`,
      );
    },
    forget: async () => {
      const own = sql`where organisation_id = ${organisationId}`;
      await transaction.execute(sql`delete from directory_collections ${own}`);
      await transaction.execute(sql`delete from directory_sources ${own}`);
      await transaction.execute(sql`delete from directory_source_members ${own}`);
    },
    stage: async (runId, collection, facts) => {
      if (facts.length === 0) return;
      // A page that a crash takes back is read again with its whole run.
      await transaction.execute(sql`set local synchronous_commit to off`);
      await transaction.execute(sql`
        insert into directory_staging (organisation_id, run_id, collection, fact, external_id, member_id, content)
        select ${organisationId}::uuid, ${runId}::uuid, ${collection}, fact, "externalId", "memberId", content
        from jsonb_to_recordset(${asJson(stagedRows(facts))})
          as row(fact text, "externalId" text, "memberId" text, content jsonb)`);
    },
    restart: async (runId, collection) => {
      await transaction.execute(sql`
        delete from directory_staging where organisation_id = ${organisationId}
          and run_id = ${runId} and collection = ${collection}`);
    },
    usersToAsk: (runId, askedBefore, limit) =>
      findUsersToAsk(transaction, organisationId, { runId, askedBefore, limit }),
    groupsToAsk: (runId, graphTellsMembers) =>
      findGroupsToAsk(transaction, organisationId, runId, graphTellsMembers),
    hasReturned: (runId) =>
      plainPlans(transaction, () => findReturned(transaction, organisationId, runId)),
    settle: async (runId, reads, at) => {
      await plainPlans(transaction, async () => {
        for (const read of reads) {
          if (read.collection === 'groups')
            await noteLostMembers(transaction, organisationId, runId, read.full);
          await settleCollection(transaction, organisationId, runId, read);
        }
      });
      await noteReads(transaction, organisationId, reads, at);
      await transaction.execute(
        sql`delete from directory_staging where organisation_id = ${organisationId}`,
      );
    },
    derive: () =>
      plainPlans(transaction, async () => {
        await deriveWanted(transaction, organisationId);
        return compareWanted(transaction, organisationId);
      }),
    apply: (at, heldBack) =>
      plainPlans(transaction, () => applyWanted(transaction, organisationId, at, heldBack)),
  };
}

/**
 * Tables that were filled a moment ago have no statistics: the planner expects one row and loops fifty thousand times
 * fifty thousand. Without loops it hashes; compiling such a plan would take longer than running it. What is missing is
 * always asked for with `not exists` or an outer join: a `not in` that outgrows `work_mem` loops all the same.
 */
async function plainPlans<T>(transaction: Transaction, work: () => Promise<T>): Promise<T> {
  await transaction.execute(
    sql`select set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true)`,
  );
  const result = await work();
  await transaction.execute(
    sql`select set_config('enable_nestloop', 'on', true), set_config('jit', 'on', true)`,
  );
  return result;
}

interface StagedRow {
  readonly fact: 'object' | 'gone' | 'member' | 'member-gone';
  readonly externalId: string;
  readonly memberId?: string;
  readonly content?: unknown;
}

/** One row for each thing: what a page says of it last. */
function stagedRows(facts: readonly DirectoryFact[]): readonly StagedRow[] {
  const rows = new Map<string, StagedRow>();
  for (const fact of facts) {
    const row = stagedRow(fact);
    rows.set(`${row.externalId} ${row.memberId ?? ''}`, row);
  }
  return [...rows.values()];
}

function stagedRow(fact: DirectoryFact): StagedRow {
  switch (fact.fact) {
    case 'object': {
      const { externalId, ...content } = fact.object;
      return { fact: 'object', externalId, content: { ...content, inGraph: fact.inGraph } };
    }
    case 'gone':
      return fact;
    case 'member':
    case 'member-gone':
      return { fact: fact.fact, externalId: fact.groupId, memberId: fact.memberId };
    case 'restriction':
    case 'purpose': {
      const { fact: _kind, externalId, ...content } = fact;
      return { fact: 'object', externalId, content };
    }
  }
}

async function settleCollection(
  transaction: Transaction,
  organisationId: string,
  runId: string,
  { collection, full }: CollectionRead,
): Promise<void> {
  const staged = sql`from directory_staging where organisation_id = ${organisationId}
    and run_id = ${runId} and collection = ${collection}`;
  const own = sql`organisation_id = ${organisationId} and collection = ${collection}`;
  await transaction.execute(sql`
    with said as materialized (
      select distinct on (external_id) external_id, fact, content ${staged} and member_id is null
      order by external_id, position desc),
    gone as (
      delete from directory_sources where ${own} and external_id in (
        select old.external_id from directory_sources old
          left join said on said.external_id = old.external_id
        where old.organisation_id = ${organisationId} and old.collection = ${collection}
          and case when ${full}::boolean then said.fact is distinct from 'object'
            else said.fact = 'gone' end))
    insert into directory_sources as known (organisation_id, collection, external_id, content)
    select ${organisationId}::uuid, ${collection}, external_id, content from said where fact = 'object'
    on conflict (organisation_id, collection, external_id) do update set content = excluded.content
      where known.content is distinct from excluded.content`);
  await transaction.execute(sql`
    with said as materialized (
      select distinct on (external_id, member_id) external_id, member_id, fact ${staged} and member_id is not null
      order by external_id, member_id, position desc),
    gone as (
      delete from directory_source_members where ${own} and (group_id, member_id) in (
        select old.group_id, old.member_id from directory_source_members old
          left join said on said.external_id = old.group_id and said.member_id = old.member_id
        where old.organisation_id = ${organisationId} and old.collection = ${collection}
          and case when ${full}::boolean then said.fact is distinct from 'member'
            else said.fact = 'member-gone' end))
    insert into directory_source_members (organisation_id, collection, group_id, member_id)
    select ${organisationId}::uuid, ${collection}, external_id, member_id from said where fact = 'member'
    on conflict do nothing`);
  // A group that comes back tells its members anew.
  await transaction.execute(sql`
    delete from directory_source_members where ${own} and group_id in (
      select external_id from (
        select distinct on (external_id) external_id, fact ${staged} and member_id is null
        order by external_id, position desc) last
      where fact = 'gone')`);
}

async function noteReads(
  transaction: Transaction,
  organisationId: string,
  reads: readonly CollectionRead[],
  at: number,
): Promise<void> {
  await transaction.execute(sql`
    insert into directory_collections as known (organisation_id, collection, delta_link, read_at, full_at)
    select ${organisationId}::uuid, collection, "deltaLink", ${iso(at)}::timestamptz, ${iso(at)}::timestamptz
    from jsonb_to_recordset(${asJson(reads)}) as row(collection text, "deltaLink" text)
    on conflict (organisation_id, collection) do update set delta_link = excluded.delta_link,
      read_at = excluded.read_at`);
  const whole = reads.filter(({ full }) => full).map(({ collection }) => ({ collection }));
  await transaction.execute(sql`
    update directory_collections set full_at = ${iso(at)}::timestamptz
    where organisation_id = ${organisationId} and collection in (
      select collection from jsonb_to_recordset(${asJson(whole)}) as row(collection text))`);
}

/** The latest word on the users, as it will be once the run is settled, beside what was asked about them. */
async function findUsersToAsk(
  transaction: Transaction,
  organisationId: string,
  asked: { readonly runId: string; readonly askedBefore: number; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await plainPlans(transaction, () =>
    transaction.execute<{ id: string }>(sql`
      with staged as materialized (
        select distinct on (external_id) external_id, fact, content from directory_staging
        where organisation_id = ${organisationId} and run_id = ${asked.runId} and collection = 'users'
        order by external_id, position desc),
      known as materialized (
        select external_id, content from directory_sources
        where organisation_id = ${organisationId} and collection = 'users'),
      purpose as materialized (
        select external_id, (content ->> 'at')::bigint as at from directory_sources
        where organisation_id = ${organisationId} and collection = 'purposes')
      select external_id as id from (
        select coalesce(staged.external_id, known.external_id) as external_id, purpose.at as asked_at,
          staged.external_id is not null and staged.content is distinct from known.content as is_changed,
          coalesce(staged.content, known.content) as content
        from staged full join known using (external_id)
          left join purpose on purpose.external_id = coalesce(staged.external_id, known.external_id)
        where staged.fact is distinct from 'gone') user_now
      where content ->> 'primaryAddress' is not null and content ->> 'kind' <> 'guest'
        and (asked_at is null or is_changed or asked_at < ${asked.askedBefore}::bigint)
      order by asked_at is not null, not is_changed, asked_at, external_id
      limit ${asked.limit}`),
  );
  return rows.map(({ id }) => id);
}

async function findGroupsToAsk(
  transaction: Transaction,
  organisationId: string,
  runId: string,
  graphTellsMembers: boolean,
): Promise<readonly GroupToAsk[]> {
  const rows = await transaction.execute<{ id: string; address: string; dynamic: boolean }>(sql`
    select external_id as id, content ->> 'primaryAddress' as address,
      content ->> 'kind' = 'dynamic-group' as dynamic
    from (
      select distinct on (external_id) external_id, content from directory_staging
      where organisation_id = ${organisationId} and run_id = ${runId} and collection = 'recipients'
      order by external_id, position desc) listed
    where content ->> 'kind' = 'dynamic-group'
      or (content ->> 'kind' = 'group' and not ${graphTellsMembers}::boolean)
    order by external_id`);
  return rows.map(({ id, address, dynamic }) => ({ externalId: id, address, dynamic }));
}
