import type { Database, QueuedDelivery, TraceQuery } from '@holdfast/application';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type OpenTestDatabase } from '../testing/open-test-database.ts';
import { AT, ingest, ingested, makeOrganisation } from '../testing/records.ts';

const DAY = 24 * 3_600_000;
const ALL: TraceQuery = {
  sender: '',
  recipient: '',
  subject: '',
  rfcMessageId: '',
  recordId: null,
  since: null,
  until: null,
  limit: 50,
  after: null,
};

let opened: OpenTestDatabase;
let database: Database;
let contoso: string;
let fabrikam: string;

const trace = (change: Partial<TraceQuery> = {}, organisation = contoso) =>
  database.withinOrganisation(organisation, ({ traces }) => traces.page({ ...ALL, ...change }));
const recipientsOf = (rows: readonly QueuedDelivery[]): readonly string[] =>
  rows.map(({ delivery }) => delivery.recipient.split('@')[0] ?? '');

beforeAll(async () => {
  opened = await openTestDatabase();
  database = opened.database;
  contoso = await makeOrganisation(database, 'contoso');
  fabrikam = await makeOrganisation(database, 'fabrikam');
  await ingest(database, [
    ingested({
      organisationId: contoso,
      recipients: ['a1@contoso.example', 'a2@contoso.example', 'a3@contoso.example'],
      subject: 'Übergabe am Donnerstag, 50 % fertig',
      messageId: '<a@shop.example>',
      acceptedAt: AT,
    }),
    ingested({
      organisationId: contoso,
      recipients: ['b1@contoso.example'],
      subject: `${'long '.repeat(3000)}end`,
      acceptedAt: AT,
    }),
    ingested({
      organisationId: contoso,
      recipients: ['c1@contoso.example', 'a1@contoso.example'],
      subject: 'Invoice',
      acceptedAt: AT - DAY,
    }),
    ingested({ organisationId: fabrikam, recipients: ['lee@fabrikam.example'] }),
  ]);
});
afterAll(() => opened.close());

describe('a trace', () => {
  it.each<readonly [string, Partial<TraceQuery>, readonly string[]]>([
    ['a part of the subject, whatever its case', { subject: 'ÜBERGABE am' }, ['a1', 'a2', 'a3']],
    ['letters that mean something in a pattern', { subject: '50 %' }, ['a1', 'a2', 'a3']],
    ['the Message-ID without brackets', { rfcMessageId: 'a@shop.example' }, ['a1', 'a2', 'a3']],
    ['the Message-ID with brackets', { rfcMessageId: '<a@shop.example>' }, ['a1', 'a2', 'a3']],
    ['the whole recipient', { recipient: 'C1@contoso.example' }, ['c1']],
    ['a part of the recipient', { recipient: 'b1@' }, ['b1']],
    ['recipient and subject', { recipient: 'a1@contoso.example', subject: 'invoice' }, ['a1']],
    ['the whole sender and a time', { sender: 'Orders@shop.example', until: AT - 1 }, ['a1', 'c1']],
    ['a part of the sender', { sender: '@shop', since: AT, subject: 'long' }, ['b1']],
    ['another sender', { sender: 'someone@else.example' }, []],
  ])('finds by %s', async (_by, query, expected) => {
    const { rows } = await trace(query);
    expect(recipientsOf(rows).toSorted()).toEqual(expected);
  });

  it('finds by the id of the message and of a delivery', async () => {
    const [row] = (await trace({ recipient: 'a2@contoso.example' })).rows;
    const delivery = row?.delivery;
    expect((await trace({ recordId: delivery?.messageId ?? '' })).rows).toHaveLength(3);
    expect((await trace({ recordId: delivery?.id ?? '' })).rows).toHaveLength(1);
  });

  it('is paged, newest first, and misses nothing of one instant', async () => {
    const whole = (await trace()).rows.map(({ delivery }) => delivery.id);
    expect(whole).toHaveLength(6);
    const walked: string[] = [];
    let after: TraceQuery['after'] = null;
    for (;;) {
      const { rows, more } = await trace({ limit: 1, after });
      walked.push(...rows.map(({ delivery }) => delivery.id));
      const last: QueuedDelivery['delivery'] | undefined = rows.at(-1)?.delivery;
      if (!more || last === undefined) break;
      after = { acceptedAt: last.acceptedAt, messageId: last.messageId, id: last.id };
    }
    expect(walked).toEqual(whole);
  });

  it('of another organisation shows nothing (invariant 8)', async () => {
    expect(recipientsOf((await trace({}, fabrikam)).rows)).toEqual(['lee']);
    expect((await trace({ rfcMessageId: 'a@shop.example' }, fabrikam)).rows).toEqual([]);
  });
});
