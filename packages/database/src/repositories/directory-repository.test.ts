import type { Database, DirectoryQuery, DirectoryReading } from '@holdfast/application';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type OpenTestDatabase } from '../testing/open-test-database.ts';
import { AT, makeOrganisation, reading, tenantObject } from '../testing/records.ts';

let opened: OpenTestDatabase;
let database: Database;
let contoso: string;

beforeEach(async () => {
  opened = await openTestDatabase();
  database = opened.database;
  contoso = await makeOrganisation(database, 'contoso');
});

afterEach(() => opened.close());

const apply = (of: DirectoryReading, keepRemoved = false) =>
  database.withinOrganisation(contoso, ({ directory }) => directory.apply(of, AT, { keepRemoved }));
const find = (address: string) =>
  database.withinOrganisation(contoso, ({ directory }) => directory.findByAddress(address));
const page = (change: Partial<DirectoryQuery>) =>
  database.withinOrganisation(contoso, ({ directory }) =>
    directory.page({
      search: '',
      kinds: null,
      protected: null,
      alternateInfo: null,
      sort: 'name',
      descending: false,
      offset: 0,
      limit: 50,
      ...change,
    }),
  );

const megan = tenantObject('megan@contoso.example', {
  displayName: 'Megan Bowen',
  addresses: ['Megan@contoso.example', 'mb@contoso.example'],
});
const alex = tenantObject('alex@contoso.example', { displayName: 'Alex Wilber' });

describe('a reading', () => {
  it('does what comparing it said, and nothing when it is read again', async () => {
    await apply(reading([megan, alex]));
    const later = reading([
      { ...megan, displayName: 'Megan Smith' },
      tenantObject('room@contoso.example', { kind: 'room' }),
    ]);

    const compared = await database.withinOrganisation(contoso, ({ directory }) =>
      directory.compare(later),
    );
    const applied = await apply(later);

    expect(compared).toEqual({ added: 1, changed: 1, removed: 1, known: 2 });
    // The added room is no user, so nobody is to be protected automatically.
    expect(applied).toEqual({ added: 1, changed: 1, removed: 1, addedIds: [] });
    expect(await apply(later)).toEqual({ added: 0, changed: 0, removed: 0, addedIds: [] });
  });

  it('finds an object by each of its addresses, and moves an address to its new owner', async () => {
    await apply(reading([megan, alex]));
    const first = await find('MB@contoso.example');
    expect(first?.displayName).toBe('Megan Bowen');

    await apply(
      reading([
        { ...megan, addresses: ['megan@contoso.example'] },
        { ...alex, addresses: ['mb@contoso.example'] },
      ]),
    );

    expect((await find('mb@contoso.example'))?.displayName).toBe('Alex Wilber');
  });

  it('keeps id, protection and alternate info of one who leaves and comes back', async () => {
    const { addedIds } = await apply(reading([megan]));
    const id = addedIds[0] ?? '';
    await database.withinOrganisation(contoso, async ({ directory }) => {
      await directory.setProtection([id], true, AT);
      await directory.saveContactState(id, { alternateInfo: 'verified' });
    });

    await apply(reading([]));
    expect(await find('megan@contoso.example')).toBeNull();
    expect((await page({})).total).toBe(0);
    expect(await apply(reading([megan]))).toMatchObject({ added: 0, changed: 1, addedIds: [] });

    expect(await find('megan@contoso.example')).toMatchObject({
      id,
      protected: true,
      protectedSince: AT,
      alternateInfo: 'verified',
      removedAt: null,
    });
  });

  it('removes nobody while removals are kept back', async () => {
    await apply(reading([megan, alex]));

    expect(await apply(reading([megan]), true)).toMatchObject({ removed: 0 });
    expect(await find('alex@contoso.example')).not.toBeNull();
  });

  it('knows the members of a group by any address of the group', async () => {
    const team = tenantObject('sales@contoso.example', {
      kind: 'group',
      addresses: ['team@contoso.example'],
    });
    await apply(
      reading(
        [megan, alex, team],
        [
          {
            groupExternalId: team.externalId,
            memberAddresses: [
              'MB@contoso.example',
              'alex@contoso.example',
              'stranger@elsewhere.example',
            ],
          },
        ],
      ),
    );

    const members = await database.withinOrganisation(contoso, ({ directory }) =>
      directory.membersOf(['team@contoso.example', 'nobody@contoso.example']),
    );
    const users = await database.withinOrganisation(contoso, ({ directory }) =>
      directory.getMany(members.get('team@contoso.example') ?? []),
    );

    expect(users.map((user) => user.displayName)).toEqual(['Alex Wilber', 'Megan Bowen']);
    expect(members.get('nobody@contoso.example')).toEqual([]);
  });
});

describe('a page', () => {
  it('searches names and every address, taking wildcards literally', async () => {
    await apply(
      reading([megan, alex, tenantObject('100%@contoso.example', { displayName: '100%' })]),
    );

    const names = async (search: string) =>
      (await page({ search })).rows.map((row) => row.displayName);
    expect(await names('mb@')).toEqual(['Megan Bowen']);
    expect(await names('wilb')).toEqual(['Alex Wilber']);
    expect(await names('%')).toEqual(['100%']);
    expect(await names('_')).toEqual([]);
  });

  it('sorts, filters and counts beyond its own end', async () => {
    const { addedIds } = await apply(reading([megan, alex]));
    await database.withinOrganisation(contoso, ({ directory }) =>
      directory.saveContactState(addedIds[0] ?? '', { alternateInfo: 'verified', lastAskedAt: AT }),
    );

    expect((await page({ sort: 'address', descending: true })).rows[0]?.displayName).toBe(
      'Megan Bowen',
    );
    expect((await page({ sort: 'alternateInfo' })).rows.map((row) => row.alternateInfo)).toEqual([
      'missing',
      'verified',
    ]);
    expect(await page({ offset: 10 })).toEqual({ rows: [], total: 2 });
    expect((await page({ alternateInfo: ['verified'], kinds: ['user'] })).total).toBe(1);
    expect((await page({ protected: true })).total).toBe(0);
  });
});
