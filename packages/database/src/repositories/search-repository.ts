import { sql } from '../drizzle.ts';
import type { IndexedText, SearchRepository } from '@holdfast/application';
import { dayOf } from '@holdfast/domain';
import { asJson, type Transaction } from '../transaction.ts';
import { toVector } from './search-vector.ts';

export function createSearchRepository(transaction: Transaction): SearchRepository {
  return {
    behind: async () =>
      transaction.execute<{ instance: string; segment: string; from: number; to: number }>(sql`
        with gone as (
          delete from search_positions known where not exists (
            select from spool_positions read
            where read.instance = known.instance and read.segment = known.segment))
        select read.instance, read.segment, coalesce(known."offset", 0)::float8 as "from",
          read."offset"::float8 as "to"
        from spool_positions read
          left join search_positions known
            on known.instance = read.instance and known.segment = read.segment
        where read."offset" > coalesce(known."offset", 0) and read.removed_at is null
        order by read.instance, read.segment`),
    index: async (texts, next) => {
      // What a crash takes back is read from the spool again, as with ingest (decision 0019).
      await transaction.execute(sql`set local synchronous_commit to off`);
      if (texts.length > 0) await insertTexts(transaction, texts);
      await transaction.execute(sql`
        insert into search_positions (instance, segment, "offset")
        values (${next.instance}, ${next.segment}, ${next.offset})
        on conflict (instance, segment) do update
          set "offset" = greatest(search_positions."offset", excluded."offset")`);
    },
  };
}

async function insertTexts(transaction: Transaction, texts: readonly IndexedText[]): Promise<void> {
  const rows = texts.map((text) => ({
    day: dayOf(text.acceptedAt),
    id: text.messageId,
    organisation: text.organisationId,
    words: toVector(text),
  }));
  await transaction.execute(sql`
    with batch as materialized (
      select * from jsonb_to_recordset(${asJson(rows)})
        as row(day date, id uuid, organisation uuid, words text)),
    views as (
      select batch.day, batch.id, batch.organisation,
        string_agg(distinct '''@' || replace(item.user_id::text, '-', '') || '''', ' ') as readers
      from batch
        join mailbox_items item on item.accepted_day = batch.day
          and item.organisation_id = batch.organisation and item.message_id = batch.id
      group by batch.day, batch.id, batch.organisation)
    insert into message_texts (accepted_day, organisation_id, message_id, words)
    select batch.day, batch.organisation, batch.id,
      (batch.words || ' ' || coalesce(views.readers, ''))::tsvector
    from batch left join views using (day, id, organisation)
    -- What is in quarantine has no readers yet, and gets them when it is released.
    where views.readers is not null or exists (
      select from deliveries delivery where delivery.accepted_day = batch.day
        and delivery.organisation_id = batch.organisation and delivery.message_id = batch.id
        and delivery.state = 'quarantined')
    on conflict do nothing`);
}
