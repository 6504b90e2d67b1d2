import { SpoolPositionMovedError, type Database, type SpoolMove } from '@holdfast/application';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fillDirectory } from '../testing/fill-directory.ts';
import { openTestDatabase, type OpenTestDatabase } from '../testing/open-test-database.ts';
import { AT, ingested, makeOrganisation, fill, tenantObject } from '../testing/records.ts';
import { uuidAt } from '../uuid.ts';

const DAY = 86_400_000;

let opened: OpenTestDatabase;
let database: Database;
let contoso: string;
let megan: string;

beforeEach(async () => {
  opened = await openTestDatabase();
  database = opened.database;
  contoso = await makeOrganisation(database, 'contoso');
  const [id] = await fill(database, contoso, { objects: [tenantObject('megan@contoso.example')] });
  megan = id ?? '';
});

afterEach(() => opened.close());

const next = { instance: 'mx-1', segment: 'copy-0001', offset: 5_000_000_000 };
const view = (change: { readonly folder?: 'inbox' | 'sent' } = {}) => ({
  id: uuidAt(AT),
  userId: megan,
  folder: change.folder ?? ('inbox' as const),
  isRead: false,
  isFlagged: false,
  viaGroup: null,
});
const apply = (messages: readonly ReturnType<typeof ingested>[]) =>
  database.acrossOrganisations(({ ingest }) => ingest.apply(messages, []));
const page = () =>
  database.withinOrganisation(contoso, ({ mailbox }) => mailbox.page(megan, 'inbox', 0, 10, null));

describe('applying a batch', () => {
  it('makes rows of what is new only, and says how many', async () => {
    const old = ingested({
      organisationId: contoso,
      recipients: ['megan@contoso.example'],
      items: [view()],
    });
    const fresh = ingested({ organisationId: contoso, recipients: ['megan@contoso.example'] });

    expect(await apply([old])).toBe(1);
    expect(await apply([old, fresh])).toBe(1);
    expect(await apply([old, fresh])).toBe(0);

    const counts = await database.acrossOrganisations(({ ledger }) => ledger.counts(contoso));
    expect(counts.inbound.queued).toBe(2);
    expect(await page()).toHaveLength(1);
  });

  it('moves the cursor in the same transaction, so that a failure after it moves nothing', async () => {
    const message = ingested({ organisationId: contoso, recipients: ['megan@contoso.example'] });
    const failing = database.acrossOrganisations(async ({ ingest }) => {
      await ingest.apply([message], [{ from: 0, to: next }]);
      throw new Error('the process died here');
    });
    await expect(failing).rejects.toThrow('the process died here');

    expect(await database.acrossOrganisations(({ ingest }) => ingest.positions())).toEqual([]);
    expect(await apply([message])).toBe(1);
  });

  it('moves cursors only from where they are, and tells when one is not there', async () => {
    const later = { ...next, offset: next.offset + 1000 };
    const other = { instance: 'relay-1', segment: 'transit-0001', offset: 7 };
    const move = (...moves: readonly SpoolMove[]) =>
      database.acrossOrganisations(({ ingest }) => ingest.apply([], moves));
    const positions = () => database.acrossOrganisations(({ ingest }) => ingest.positions());

    await move({ from: 0, to: next });
    await move({ from: next.offset, to: later }, { from: 0, to: other });
    expect(await positions()).toEqual([later, other]);

    for (const from of [0, next.offset, later.offset + 1])
      await expect(move({ from, to: { ...next, offset: 1 } })).rejects.toThrow(
        SpoolPositionMovedError,
      );
    expect(await positions()).toEqual([later, other]);
  });

  it('lets one of two processes on a segment write, and tells the other', async () => {
    const message = ingested({ organisationId: contoso, recipients: ['megan@contoso.example'] });
    const each = () =>
      database.acrossOrganisations(({ ingest }) =>
        ingest.apply([message], [{ from: 0, to: next }]),
      );
    const results = await Promise.allSettled([each(), each(), each()]);

    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const counts = await database.acrossOrganisations(({ ledger }) => ledger.counts(contoso));
    expect(counts.inbound.queued).toBe(1);
  });

  it('takes records of several days and organisations in one batch', async () => {
    const fabrikam = await makeOrganisation(database, 'fabrikam');
    const batch = [0, 1, 40].map((days) =>
      ingested({
        organisationId: days === 1 ? fabrikam : contoso,
        recipients: ['someone@contoso.example'],
        acceptedAt: AT - days * DAY,
      }),
    );

    expect(await apply(batch)).toBe(3);
  });

  it('lets two processes write the first mail of a day at once', async () => {
    const each = (): Promise<number> =>
      apply([
        ingested({
          organisationId: contoso,
          recipients: ['a@contoso.example'],
          acceptedAt: AT + 3 * DAY,
        }),
      ]);

    expect(await Promise.all([each(), each(), each()])).toEqual([1, 1, 1]);
  });

  it('is not stopped by hostile subjects: NUL and half a surrogate pair', async () => {
    const subject = 'a\u0000b\ud800c';

    await apply([
      ingested({
        organisationId: contoso,
        recipients: ['a@contoso.example'],
        subject,
        items: [view()],
      }),
    ]);

    expect((await page())[0]?.subject).toBe('ab\ufffdc');
  });

  it('keeps one submission per user and key, and finds it again', async () => {
    const submission = { userId: megan, key: 'draft-1' };
    const sent = ingested({
      organisationId: contoso,
      recipients: ['lee@fabrikam.example'],
      route: 'remote',
      origin: 'submission',
      items: [view({ folder: 'sent' })],
      submission,
    });
    await apply([sent]);
    await apply([
      { ...sent, message: { ...sent.message, id: uuidAt(AT) }, items: [], deliveries: [] },
    ]);

    await database.withinOrganisation(contoso, async ({ mailbox }) => {
      expect(await mailbox.findSubmission(megan, 'draft-1')).toMatchObject({
        messageId: sent.message.id,
      });
      const [waiting] = await mailbox.sentToPutBack(AT - 1, uuidAt(AT));
      expect(waiting).toMatchObject({ userId: megan, address: 'megan@contoso.example' });
      await mailbox.markPutBack(waiting?.itemId ?? '', AT + 1);
      expect(await mailbox.sentToPutBack(AT - 1, uuidAt(AT))).toEqual([]);
      expect(await mailbox.sentCounts(AT - 1)).toEqual({ sent: 1, putBack: 1 });
    });
  });

  it('takes no delivery of a message that was written in a drill: the table refuses it', async () => {
    const drilled = ingested({
      organisationId: contoso,
      recipients: ['lee@fabrikam.example'],
      route: 'remote',
      origin: 'drill',
    });
    await expect(apply([drilled])).rejects.toThrow('deliveries_not_of_a_drill');
  });

  it('remembers an alarm once, however often the reader meets it', async () => {
    const alarm = { ...next, kind: 'damaged-record' as const, detail: 'CRC' };
    for (const at of [AT, AT + 1])
      await database.acrossOrganisations(({ ingest }) => ingest.recordAlarm(alarm, at));

    expect(await database.acrossOrganisations(({ ingest }) => ingest.alarms())).toEqual([
      { ...alarm, at: AT },
    ]);
  });
});

describe('who reads an address', () => {
  const group = (name: string) =>
    tenantObject(`${name}@contoso.example`, {
      kind: 'group',
      displayName: name,
      hasMailbox: false,
    });
  const readersOf = async (...addresses: readonly string[]) => {
    const found = await database.acrossOrganisations(({ ingest }) =>
      ingest.readers(addresses.map((address) => ({ organisationId: contoso, address }))),
    );
    return new Map(found.map(({ address, readers }) => [address, readers]));
  };

  it('is its protected owner, and the protected members of groups within groups, once each', async () => {
    const memberships = [
      {
        groupExternalId: 'external-all@contoso.example',
        memberAddresses: ['sales@contoso.example', 'alex@contoso.example'],
      },
      // They contain one another: Exchange allows it.
      {
        groupExternalId: 'external-sales@contoso.example',
        memberAddresses: [
          'all@contoso.example',
          'megan@contoso.example',
          'alex@contoso.example',
          'lee@contoso.example',
        ],
      },
    ];
    await database.withinOrganisation(contoso, async ({ directory, intake }) => {
      await fillDirectory(
        { intake },
        {
          objects: [
            ...['megan', 'alex', 'lee'].map((name) => tenantObject(`${name}@contoso.example`)),
            group('all'),
            group('sales'),
          ],
          memberships,
        },
        AT,
      );
      const alex = await directory.findByAddress('alex@contoso.example');
      await directory.setProtection([megan, alex?.id ?? ''], true, AT);
    });
    const readers = await readersOf(
      'megan@contoso.example',
      'lee@contoso.example',
      'all@contoso.example',
      'nobody@contoso.example',
    );

    expect(readers.get('megan@contoso.example')).toEqual([{ userId: megan, viaGroup: null }]);
    expect(readers.get('all@contoso.example')?.map(({ viaGroup }) => viaGroup)).toEqual([
      'all',
      'all',
    ]);
    expect([...readers.keys()].toSorted()).toEqual([
      'all@contoso.example',
      'megan@contoso.example',
    ]);
  });

  it('is nobody of another organisation', async () => {
    const fabrikam = await makeOrganisation(database, 'fabrikam');
    await database.withinOrganisation(contoso, ({ directory }) =>
      directory.setProtection([megan], true, AT),
    );
    const found = await database.acrossOrganisations(({ ingest }) =>
      ingest.readers([{ organisationId: fabrikam, address: 'megan@contoso.example' }]),
    );

    expect(found).toEqual([]);
  });
});

describe('the mailbox', () => {
  it('pages newest first, marks, moves and counts', async () => {
    const batch = [1, 2, 3].map((minute) =>
      ingested({
        organisationId: contoso,
        recipients: ['megan@contoso.example'],
        acceptedAt: AT + minute,
        subject: `number ${minute}`,
        items: [view()],
      }),
    );
    await apply(batch);

    await database.withinOrganisation(contoso, async ({ mailbox }) => {
      const [newest, second] = await mailbox.page(megan, 'inbox', 0, 2, null);
      expect([newest?.subject, second?.subject]).toEqual(['number 3', 'number 2']);
      const rest = await mailbox.page(megan, 'inbox', 0, 2, second ?? null);
      expect(rest.map((item) => item.subject)).toEqual(['number 1']);
      await mailbox.setRead(megan, [newest?.id ?? ''], true, AT);
      await mailbox.move(megan, [second?.id ?? ''], 'deleted', AT);
      expect(await mailbox.folders(megan, 0, Date.UTC(2100, 0), 100)).toEqual([
        { folder: 'deleted', total: 1, unread: 1 },
        { folder: 'inbox', total: 2, unread: 1 },
      ]);
      expect((await mailbox.get(megan, newest?.id ?? ''))?.message.id).toBe(newest?.messageId);
      expect(await mailbox.get(uuidAt(AT), newest?.id ?? '')).toBeNull();
    });
  });
});

describe('the mail flow', () => {
  it('is traced by Message-ID, with or without brackets, and by recipient', async () => {
    await apply([
      ingested({
        organisationId: contoso,
        recipients: ['megan@contoso.example', 'alex@contoso.example'],
        messageId: '<a@shop.example>',
      }),
      ingested({ organisationId: contoso, recipients: ['alex@contoso.example'] }),
    ]);

    await database.withinOrganisation(contoso, async ({ mailFlow }) => {
      const byId = await mailFlow.trace({
        messageId: 'a@shop.example',
        recipient: null,
        limit: 10,
      });
      expect(byId.map((row) => row.recipient)).toEqual([
        'alex@contoso.example',
        'megan@contoso.example',
      ]);
      const byRecipient = await mailFlow.trace({
        messageId: null,
        recipient: 'Alex@contoso.example',
        limit: 10,
      });
      expect(byRecipient).toHaveLength(2);
      expect(await mailFlow.waitingFor(null)).toBe(3);
      expect(await mailFlow.waitingFor([megan])).toBe(1);
      expect(await mailFlow.openReferences()).toHaveLength(1);
      expect(await mailFlow.hourly(AT - DAY)).toEqual([{ hour: AT, accepted: 2, delivered: 0 }]);
    });
  });
});
