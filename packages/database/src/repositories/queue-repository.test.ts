import {
  WHOLE_QUEUE,
  type Database,
  type QueuedDelivery,
  type QueueQuery,
} from '@holdfast/application';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type OpenTestDatabase } from '../testing/open-test-database.ts';
import { AT, ingest, ingested, makeOrganisation } from '../testing/records.ts';
import { uuidAt } from '../uuid.ts';

const MINUTE = 60_000;
const PAGE: QueueQuery = {
  ...WHOLE_QUEUE,
  sort: 'accepted',
  descending: false,
  limit: 50,
  after: null,
  before: null,
};

let opened: OpenTestDatabase;
let database: Database;
let contoso: string;
let fabrikam: string;

const recipientsOf = (rows: readonly QueuedDelivery[]): readonly string[] =>
  rows.map(({ delivery }) => delivery.recipient);

const list = (change: Partial<QueueQuery> = {}, organisation = contoso) =>
  database.withinOrganisation(organisation, ({ queue }) => queue.page({ ...PAGE, ...change }));

/** Six of contoso's: queued, deferred for two reasons, in review, held by a person, quarantined. */
beforeAll(async () => {
  opened = await openTestDatabase();
  database = opened.database;
  contoso = await makeOrganisation(database, 'contoso');
  fabrikam = await makeOrganisation(database, 'fabrikam');
  const names = ['queued', 'busy', 'broken', 'review', 'held', 'quarantined'];
  await ingest(
    database,
    names.map((name, index) => {
      const message = ingested({
        organisationId: contoso,
        recipients: [`${name}@contoso.example`],
        acceptedAt: AT + index * MINUTE,
        subject: `About ${name}`,
      });
      return {
        ...message,
        message: { ...message.message, envelopeFrom: `${name}@Shop${index}.example` },
        deliveries: message.deliveries.map((delivery) =>
          name === 'quarantined'
            ? { ...delivery, state: 'quarantined' as const, dueAt: null, reply: 'quarantined: x' }
            : delivery,
        ),
      };
    }),
  );
  await ingest(database, [
    ingested({ organisationId: fabrikam, recipients: ['lee@fabrikam.example'] }),
    ingested({
      organisationId: contoso,
      recipients: ['mona@outside.example'],
      route: 'remote',
      origin: 'submission',
      acceptedAt: AT + 10 * MINUTE,
    }),
  ]);
  await answer('busy', '451 4.7.500 Server busy from [203.0.113.7] (S77714)');
  await answer('broken', '550 5.7.64 TenantAttribution; Relay Access Denied');
  await review('review', '550 5.4.1 Recipient address rejected: Access denied');
  await database.withinOrganisation(contoso, async ({ queue }) => {
    const [row] = (await queue.page({ ...PAGE, recipient: 'held@' })).rows;
    if (row === undefined) throw new Error('nothing to hold');
    const key = { id: row.delivery.id, acceptedAt: row.delivery.acceptedAt };
    await queue.lock([key]);
    const next = { state: 'held', hold: 'operator', dueAt: null, refusals: 0, reply: 'held by x' };
    const action = { id: uuidAt(AT), at: AT, actor: 'x', command: 'hold', state: 'held' };
    await queue.apply([{ key, next, action: { ...action, reason: null } }] as never);
  });
});

afterAll(() => opened.close());

async function leaseOne(name: string) {
  return database.acrossOrganisations(async ({ deliveries }) => {
    const leased = await deliveries.lease({
      route: 'primary',
      now: AT + 60 * MINUTE,
      until: AT + 61 * MINUTE,
      limit: 100,
      owner: name,
      skipOrganisations: [fabrikam],
    });
    const wanted = leased.find(({ delivery }) => delivery.recipient.startsWith(`${name}@`));
    if (wanted === undefined) throw new Error(`${name} was not leased`);
    const others = leased.filter((one) => one !== wanted).map(({ delivery }) => delivery);
    await deliveries.release(
      others.map(({ id, acceptedAt }) => ({ deliveryId: id, acceptedAt, dueAt: AT })),
      name,
    );
    return wanted.delivery;
  });
}

async function answer(name: string, reply: string): Promise<void> {
  const { id: deliveryId, acceptedAt } = await leaseOne(name);
  const next = { state: 'deferred', dueAt: AT + 90 * MINUTE, reply } as const;
  await database.acrossOrganisations(({ deliveries }) =>
    deliveries.complete([
      { deliveryId, acceptedAt, next, host: 'mx.contoso.example', tls: null, at: AT },
    ]),
  );
}

async function review(name: string, reply: string): Promise<void> {
  const { id: deliveryId, acceptedAt } = await leaseOne(name);
  const dueAt = AT + 120 * MINUTE;
  const next = { state: 'held', hold: 'review', dueAt, refusals: 1, reply } as const;
  await database.acrossOrganisations(({ deliveries }) =>
    deliveries.complete([
      { deliveryId, acceptedAt, next, host: 'mx.contoso.example', tls: null, at: AT },
    ]),
  );
}

describe('the queue', () => {
  it('shows what is open, oldest first, with sender and subject', async () => {
    const { rows, more } = await list({ direction: 'inbound' });
    expect(more).toBe(false);
    expect(recipientsOf(rows).map((address) => address.split('@')[0])).toEqual([
      'queued',
      'busy',
      'broken',
      'review',
      'held',
      'quarantined',
    ]);
    expect(rows[0]).toMatchObject({
      sender: 'queued@Shop0.example',
      subject: 'About queued',
      from: { address: 'orders@shop.example' },
      direction: 'inbound',
      replyClass: null,
    });
  });

  it.each<readonly [string, Partial<QueueQuery>, readonly string[]]>([
    ['state', { states: ['review', 'quarantined'] }, ['review', 'quarantined']],
    ['a hold of a person', { states: ['held'] }, ['held']],
    ['no state at all', { states: [] }, []],
    ['why it waits', { reasons: ['connector-broken'] }, ['broken']],
    [
      'not being tried yet',
      { reasons: ['not-tried'], direction: 'inbound' },
      ['queued', 'held', 'quarantined'],
    ],
    ['several reasons', { reasons: ['throttled', 'unknown-recipient'] }, ['busy', 'review']],
    ['part of the recipient', { recipient: 'REV' }, ['review']],
    ['part of the sender', { sender: 'broken@shop' }, ['broken']],
    ['either', { search: 'shop3' }, ['review']],
    ['the domain of the sender', { domain: 'shop1.example' }, ['busy']],
    ['not a part of a domain', { domain: 'hop1.example' }, []],
    ['the domain of the recipient', { domain: '@outside.example' }, ['mona']],
    ['direction', { direction: 'outbound' }, ['mona']],
    ['age', { acceptedBefore: AT + MINUTE }, ['queued']],
    ['letters that mean something in a pattern', { search: '%' }, []],
  ])('is filtered by %s', async (_by, filter, expected) => {
    const { rows } = await list(filter);
    expect(recipientsOf(rows).map((address) => address.split('@')[0])).toEqual(expected);
    const counted = await database.withinOrganisation(contoso, ({ queue }) =>
      queue.count({ ...WHOLE_QUEUE, ...filter }),
    );
    expect(counted).toBe(expected.length);
  });

  it.each(['accepted', 'due', 'attempts', 'recipient'] as const)(
    'is paged forwards and back by %s, both ways, and no row is missed',
    async (sort) => {
      for (const descending of [false, true]) {
        const whole = recipientsOf((await list({ sort, descending })).rows);
        expect(whole).toHaveLength(7);
        const walked: string[] = [];
        let after: QueueQuery['after'] = null;
        for (;;) {
          const { rows, more } = await list({ sort, descending, limit: 2, after });
          walked.push(...recipientsOf(rows));
          const last: QueuedDelivery | undefined = rows.at(-1);
          if (!more || last === undefined) break;
          after = { value: valueOf(last, sort), id: last.delivery.id };
        }
        expect(walked).toEqual(whole);
        if (after === null) throw new Error('one page only');
        const back = await list({ sort, descending, limit: 2, before: after });
        const at = whole.indexOf(walked[walked.length - 2] ?? '');
        expect(at).toBeGreaterThan(0);
        expect(recipientsOf(back.rows)).toEqual(whole.slice(3, 5));
        expect(back.more).toBe(true);
      }
    },
  );

  it('is counted by state, reason and direction', async () => {
    const counts = await database.withinOrganisation(contoso, ({ queue }) => queue.counts());
    const words = counts.map(({ state, reason, direction, count }) =>
      [state, reason, direction, count].join(' '),
    );
    expect(words.toSorted()).toEqual([
      'deferred connector-broken inbound 1',
      'deferred throttled inbound 1',
      'held not-tried inbound 1',
      'quarantined not-tried inbound 1',
      'queued not-tried inbound 1',
      'queued not-tried outbound 1',
      'review unknown-recipient inbound 1',
    ]);
    expect(counts.find(({ state }) => state === 'review')?.oldest).toBe(AT + 3 * MINUTE);
  });

  it('of another organisation is neither seen nor locked nor found (invariant 8)', async () => {
    const { rows } = await list({}, fabrikam);
    expect(recipientsOf(rows)).toEqual(['lee@fabrikam.example']);
    const keys = (await list()).rows.map(({ delivery: { id, acceptedAt } }) => ({
      id,
      acceptedAt,
    }));
    await database.withinOrganisation(fabrikam, async ({ queue }) => {
      expect(await queue.lock(keys)).toEqual([]);
      expect(await queue.find(keys.map(({ id }) => id))).toEqual([]);
      expect(await queue.history(keys[0]?.id ?? '')).toBeNull();
    });
  });

  it('gives what the relay has leased as such, without locking it', async () => {
    const [row] = (await list({ recipient: 'queued@' })).rows;
    if (row === undefined) throw new Error('nothing is queued');
    const { id, acceptedAt } = row.delivery;
    const leased = await leaseOne('queued');
    await database.withinOrganisation(contoso, async ({ queue }) => {
      const found = await queue.lock([{ id, acceptedAt }]);
      expect(found.map(({ delivery }) => delivery.state)).toEqual(['leased']);
      // Would wait for this transaction for ever, were the row locked.
      await database.acrossOrganisations(({ deliveries }) =>
        deliveries.release([{ deliveryId: leased.id, acceptedAt, dueAt: AT }], 'queued'),
      );
    });
    await database.withinOrganisation(contoso, async ({ queue }) => {
      const found = await queue.lock([{ id, acceptedAt }]);
      expect(found.map(({ delivery }) => delivery.state)).toEqual(['queued']);
    });
  });

  it('finds a history by the message and by one of its deliveries', async () => {
    const [row] = (await list({ recipient: 'held@' })).rows;
    const delivery = row?.delivery;
    for (const id of [delivery?.id ?? '', delivery?.messageId ?? '']) {
      const history = await database.withinOrganisation(contoso, ({ queue }) => queue.history(id));
      expect(history?.message.summary.subject).toBe('About held');
      expect(history?.deliveries[0]?.actions).toMatchObject([{ command: 'hold', actor: 'x' }]);
    }
    const [busy] = (await list({ recipient: 'busy@' })).rows;
    const history = await database.withinOrganisation(contoso, ({ queue }) =>
      queue.history(busy?.delivery.messageId ?? ''),
    );
    expect(history?.deliveries[0]?.attempts).toMatchObject([
      { attempt: 1, state: 'deferred', host: 'mx.contoso.example' },
    ]);
  });
});

function valueOf({ delivery }: QueuedDelivery, sort: QueueQuery['sort']): number | string | null {
  switch (sort) {
    case 'accepted':
      return delivery.acceptedAt;
    case 'due':
      return delivery.dueAt;
    case 'attempts':
      return delivery.attempts;
    case 'recipient':
      return delivery.recipient;
  }
}
