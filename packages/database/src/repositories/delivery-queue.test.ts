import type { Database, DeliveryResult, LeasedDelivery } from '@holdfast/application';
import type { EmergencyEvent } from '@holdfast/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../connect.ts';
import { openTestDatabase, type OpenTestDatabase } from '../testing/open-test-database.ts';
import { AT, ingest, ingested, makeOrganisation, fill, tenantObject } from '../testing/records.ts';
import { uuidAt } from '../uuid.ts';

const MINUTE = 60_000;

let opened: OpenTestDatabase;
let database: Database;
let contoso: string;

beforeEach(async () => {
  opened = await openTestDatabase();
  database = opened.database;
  contoso = await makeOrganisation(database, 'contoso');
});

afterEach(() => opened.close());

const lease = (
  owner = 'relay-1',
  { now = AT, limit = 100, skip = [] as readonly string[] } = {},
): Promise<readonly LeasedDelivery[]> =>
  database.acrossOrganisations(async ({ deliveries }) => {
    const options = { now, until: now + MINUTE, owner, skipOrganisations: skip };
    const primary = await deliveries.lease({ ...options, route: 'primary', limit });
    const remote = await deliveries.lease({ ...options, route: 'remote', limit });
    return [...primary, ...remote];
  });

const complete = (
  leased: readonly LeasedDelivery[],
  next: DeliveryResult['next'],
  owner = 'relay-1',
): Promise<void> =>
  database.acrossOrganisations(({ deliveries }) =>
    deliveries.complete(
      leased.map(({ delivery }) => ({
        deliveryId: delivery.id,
        acceptedAt: delivery.acceptedAt,
        next,
        host: 'mx.contoso.example',
        tls: 'TLSv1.3 verified',
        at: AT + 1000,
      })),
      owner,
    ),
  );

const recipients = (leased: readonly LeasedDelivery[]): readonly string[] =>
  leased.map(({ delivery }) => delivery.recipient);

const mail = (...to: readonly string[]) => ingested({ organisationId: contoso, recipients: to });

describe('leasing', () => {
  it('gives what is due, oldest first, with the message and the hosts of the tenant, best first', async () => {
    await ingest(database, [
      ingested({ organisationId: contoso, recipients: ['b@contoso.example'], acceptedAt: AT - 1 }),
      ingested({ organisationId: contoso, recipients: ['c@contoso.example'], acceptedAt: AT + 1 }),
      ingested({ organisationId: contoso, recipients: ['a@contoso.example'], acceptedAt: AT - 2 }),
    ]);

    const leased = await lease();

    expect(recipients(leased)).toEqual(['a@contoso.example', 'b@contoso.example']);
    expect(leased[0]).toMatchObject({
      delivery: { state: 'leased', attempts: 0, acceptedAt: AT - 2 },
      message: { reference: { instance: 'mx-1', offset: 4_294_967_296 } },
      hosts: ['mx.contoso.example', 'backup.contoso.example'],
    });
  });

  it('never gives one delivery to two relays that lease at once', async () => {
    const to = Array.from({ length: 60 }, (_, position) => `u${position}@contoso.example`);
    await ingest(database, [mail(...to)]);

    const rounds = await Promise.all(
      ['relay-1', 'relay-2', 'relay-3', 'relay-4'].map((owner) => lease(owner, { limit: 20 })),
    );
    const rest = await lease('relay-5');

    const given = [...rounds.flat(), ...rest].map(({ delivery }) => delivery.id);
    expect(given).toHaveLength(60);
    expect(new Set(given).size).toBe(60);
  });

  it('passes over the tenant of an open breaker, but not its mail to the outside', async () => {
    await ingest(database, [
      mail('megan@contoso.example'),
      ingested({
        organisationId: contoso,
        recipients: ['lee@fabrikam.example'],
        route: 'remote',
        origin: 'submission',
      }),
    ]);

    const leased = await lease('relay-1', { skip: [contoso] });

    expect(recipients(leased)).toEqual(['lee@fabrikam.example']);
    expect(leased[0]?.hosts).toEqual([]);
  });

  it('leaves quarantined mail alone', async () => {
    const message = mail('megan@contoso.example');
    await ingest(database, [
      {
        ...message,
        deliveries: message.deliveries.map((delivery) => ({
          ...delivery,
          state: 'quarantined' as const,
          dueAt: null,
        })),
      },
    ]);

    expect(await lease()).toEqual([]);
    expect(await database.acrossOrganisations(({ deliveries }) => deliveries.nextDue())).toBeNull();
  });
});

describe('the days to lease from', () => {
  const days = (): Promise<readonly string[]> =>
    database.acrossOrganisations(({ deliveries }) => deliveries.days());

  it('are those with something that waits, oldest first, and a lease can be kept to some of them', async () => {
    const day = 24 * 60 * MINUTE;
    await ingest(database, [
      mail('today@contoso.example'),
      ingested({
        organisationId: contoso,
        recipients: ['before@contoso.example'],
        acceptedAt: AT - 3 * day,
      }),
    ]);
    expect(await days()).toEqual(['2026-05-29', '2026-06-01']);

    const leased = await database.acrossOrganisations(({ deliveries }) =>
      deliveries.lease({
        route: 'primary',
        now: AT,
        until: AT + MINUTE,
        limit: 10,
        owner: 'relay-1',
        skipOrganisations: [],
        days: ['2026-05-29'],
      }),
    );
    expect(recipients(leased)).toEqual(['before@contoso.example']);
    await complete(leased, { state: 'delivered', reply: '250 ok' });
    expect(await days()).toEqual(['2026-06-01']);
  });
});

describe('an owner', () => {
  it('never gets its own leases twice, however long it holds them; others do when they have run out', async () => {
    await ingest(database, [mail('megan@contoso.example')]);
    await lease('relay-1');
    expect(await lease('relay-1', { now: AT + 100 * MINUTE })).toEqual([]);
    expect(await lease('relay-2', { now: AT + MINUTE - 1 })).toEqual([]);
    expect(recipients(await lease('relay-2', { now: AT + 2 * MINUTE }))).toEqual([
      'megan@contoso.example',
    ]);
  });
});

describe('an event whose relay is on hold', () => {
  const start = (change: Partial<EmergencyEvent> = {}): Promise<void> =>
    database.withinOrganisation(contoso, ({ events }) => {
      const event = {
        phase: 'active',
        id: uuidAt(AT),
        scope: { kind: 'everyone' },
        reason: 'planned',
        startedAt: AT,
        outageSince: AT,
        startedBy: 'admin',
        generation: 1,
        relay: 'hold',
        endsAt: null,
        noticesAt: AT,
        ...change,
      } as EmergencyEvent;
      return events.append(event, [], 'admin', AT);
    });

  it('holds every recipient of the tenant while it is for everyone, and nothing stored says so', async () => {
    const other = await makeOrganisation(database, 'fabrikam');
    await ingest(database, [
      mail('megan@contoso.example'),
      ingested({ organisationId: other, recipients: ['lee@fabrikam.example'] }),
    ]);
    const id = uuidAt(AT);
    await start({ id });

    expect(recipients(await lease())).toEqual(['lee@fabrikam.example']);

    await start({ id, relay: 'keep-trying' } as Partial<EmergencyEvent>);
    expect(recipients(await lease())).toEqual(['megan@contoso.example']);
  });

  it('holds the users of its scope by any of their addresses, and nobody else', async () => {
    const userIds = await fill(database, contoso, {
      objects: [
        tenantObject('megan@contoso.example', { addresses: ['megan.bowen@contoso.example'] }),
      ],
    });
    await ingest(database, [
      mail('megan@contoso.example', 'Megan.Bowen@contoso.example', 'alex@contoso.example'),
    ]);
    await start({ scope: { kind: 'users', userIds: [...userIds] } });

    expect(recipients(await lease())).toEqual(['alex@contoso.example']);
  });
});

describe('completing', () => {
  it('writes state, reply, host, count and an attempt', async () => {
    await ingest(database, [mail('megan@contoso.example')]);
    const first = await lease();
    await complete(first, { state: 'deferred', dueAt: AT + 5000, reply: '451 4.3.2 later' });

    expect(await lease()).toEqual([]);
    const second = await lease('relay-1', { now: AT + 5000 });
    expect(second[0]?.delivery).toMatchObject({ attempts: 1, reply: '451 4.3.2 later' });
    await complete(second, { state: 'delivered', reply: '250 2.0.0 taken' });

    const counts = await database.acrossOrganisations(({ ledger }) => ledger.counts(contoso));
    expect(counts.inbound).toMatchObject({ delivered: 1, queued: 0, leased: 0, deferred: 0 });
    const sql = connect(opened.url, 1);
    const attempts =
      await sql`select attempt, state, host, tls from delivery_attempts order by attempt`;
    await sql.end();
    expect([...attempts]).toEqual([
      { attempt: 1, state: 'deferred', host: 'mx.contoso.example', tls: 'TLSv1.3 verified' },
      { attempt: 2, state: 'delivered', host: 'mx.contoso.example', tls: 'TLSv1.3 verified' },
    ]);
  });

  it('holds a refusal for review, gives it again when due, and hastens it when the primary is back', async () => {
    await ingest(database, [mail('megan@contoso.example')]);
    const reply = '550 5.1.1 unknown';
    await complete(await lease(), {
      state: 'held',
      hold: 'review',
      dueAt: AT + MINUTE,
      refusals: 1,
      reply,
    });

    expect(await lease()).toEqual([]);
    expect(await database.acrossOrganisations(({ deliveries }) => deliveries.nextDue())).toBe(
      AT + MINUTE,
    );
    expect(
      await database.withinOrganisation(contoso, ({ mailFlow }) => mailFlow.hasten(AT + 1)),
    ).toBe(1);
    expect((await lease('relay-1', { now: AT + 1 }))[0]?.delivery).toMatchObject({ refusals: 1 });
  });

  it('leaves a delivery alone whose lease ran out and that another relay holds by now', async () => {
    await ingest(database, [mail('megan@contoso.example')]);
    const stale = await lease('relay-1');
    const later = AT + 2 * MINUTE;
    expect(await database.acrossOrganisations(({ deliveries }) => deliveries.reclaim(later))).toBe(
      1,
    );
    const taken = await lease('relay-2', { now: later });

    await complete(stale, { state: 'bounced', reply: 'too late' }, 'relay-1');
    await complete(taken, { state: 'delivered', reply: '250 ok' }, 'relay-2');

    const counts = await database.acrossOrganisations(({ ledger }) => ledger.counts(contoso));
    expect(counts.inbound).toMatchObject({ delivered: 1, bounced: 0 });
  });

  it('gives leases back unused without counting an attempt', async () => {
    await ingest(database, [mail('megan@contoso.example')]);
    const leased = await lease();
    await database.acrossOrganisations(({ deliveries }) =>
      deliveries.release(
        leased.map(({ delivery }) => ({
          deliveryId: delivery.id,
          acceptedAt: delivery.acceptedAt,
          dueAt: AT,
        })),
      ),
    );

    expect((await lease('relay-2'))[0]?.delivery.attempts).toBe(0);
  });
});
