import type { Database, DirectoryQuery, HeldBack } from '@holdfast/application';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fillDirectory, type FilledDirectory } from '../testing/fill-directory.ts';
import { openTestDatabase, type OpenTestDatabase } from '../testing/open-test-database.ts';
import { AT, fill, makeOrganisation, tenantObject } from '../testing/records.ts';

let opened: OpenTestDatabase;
let database: Database;
let contoso: string;

beforeEach(async () => {
  opened = await openTestDatabase();
  database = opened.database;
  contoso = await makeOrganisation(database, 'contoso');
});

afterEach(() => opened.close());

const apply = (
  objects: FilledDirectory['objects'],
  more: Partial<FilledDirectory> = {},
  heldBack: Partial<HeldBack> = {},
) =>
  database.withinOrganisation(contoso, (r) => fillDirectory(r, { objects, ...more }, AT, heldBack));
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

describe('applying what the tenant said', () => {
  it('counts what it does, and does nothing when it is said again', async () => {
    await apply([megan, alex]);
    const later = [
      { ...megan, displayName: 'Megan Smith' },
      tenantObject('room@contoso.example', { kind: 'room' }),
    ];

    expect(await apply(later)).toMatchObject({ added: 1, changed: 1, removed: 1 });
    expect(await apply(later)).toMatchObject({ added: 0, changed: 0, removed: 0 });
  });

  it('finds an object by each of its addresses, and moves an address to its new owner', async () => {
    await apply([megan, alex]);
    const first = await find('MB@contoso.example');
    expect(first?.displayName).toBe('Megan Bowen');

    await apply([
      { ...megan, addresses: ['megan@contoso.example'] },
      { ...alex, addresses: ['mb@contoso.example'] },
    ]);

    expect((await find('mb@contoso.example'))?.displayName).toBe('Alex Wilber');
  });

  it('keeps id, protection and alternate info of one who leaves and comes back', async () => {
    const [id = ''] = await fill(database, contoso, { objects: [megan] });
    await database.withinOrganisation(contoso, async ({ directory }) => {
      await directory.setProtection([id], true, AT);
      await directory.saveContactState(id, { alternateInfo: 'verified' });
    });

    expect(await apply([])).toMatchObject({ removed: 1, endedIds: [id] });
    expect(await find('megan@contoso.example')).toBeNull();
    expect((await page({})).total).toBe(0);
    expect(await apply([megan])).toMatchObject({ added: 0, changed: 1, endedIds: [] });

    expect(await find('megan@contoso.example')).toMatchObject({
      id,
      protected: true,
      protectedSince: AT,
      alternateInfo: 'verified',
      removedAt: null,
    });
  });

  it('makes ids that are uuids of version 7 and sort by the time of the sync', async () => {
    const [id = ''] = await fill(database, contoso, { objects: [megan] });

    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(AT);
  });
});

describe('what is held back', () => {
  it('removes nobody, and remembers whom it should for the next time', async () => {
    await apply([megan, alex]);

    expect(await apply([megan], {}, { removals: true })).toMatchObject({ removed: 0 });
    expect(await find('alex@contoso.example')).not.toBeNull();
    const again = await database.withinOrganisation(contoso, async ({ intake }) => [
      await intake.derive(),
      await intake.apply(AT, { removals: false, disablings: false, addressLosses: false }),
    ]);
    expect(again).toMatchObject([{ known: 2, removals: 1 }, { removed: 1 }]);
  });

  it('switches nobody off, and takes no address away but to give it to somebody else', async () => {
    await apply([{ ...megan, addresses: ['mb@contoso.example', 'm@contoso.example'] }, alex]);

    await apply(
      [
        { ...megan, accountEnabled: false, addresses: [] },
        { ...alex, addresses: ['m@contoso.example'] },
      ],
      {},
      { disablings: true, addressLosses: true },
    );

    expect(await find('mb@contoso.example')).toMatchObject({
      displayName: 'Megan Bowen',
      accountEnabled: true,
    });
    expect((await find('m@contoso.example'))?.displayName).toBe('Alex Wilber');
  });

  it('gives way where somebody new has the address of one who is held back', async () => {
    await apply([megan, alex]);
    const heir = tenantObject('new@contoso.example', { addresses: ['alex@contoso.example'] });

    await apply([megan, heir], {}, { removals: true });

    expect((await find('alex@contoso.example'))?.primaryAddress).toBe('new@contoso.example');
  });
});

describe('members', () => {
  const team = tenantObject('sales@contoso.example', {
    kind: 'group',
    addresses: ['team@contoso.example'],
  });

  it('are known by any address of the group, those of groups in it included, in a circle too', async () => {
    const inner = tenantObject('inner@contoso.example', { kind: 'group' });
    await apply([megan, alex, team, inner], {
      memberships: [
        {
          groupExternalId: team.externalId,
          memberAddresses: ['MB@contoso.example', 'inner@contoso.example', 'x@elsewhere.example'],
        },
        {
          groupExternalId: inner.externalId,
          memberAddresses: ['alex@contoso.example', 'sales@contoso.example'],
        },
      ],
    });

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
    await apply([megan, alex, tenantObject('100%@contoso.example', { displayName: '100%' })]);

    const names = async (search: string) =>
      (await page({ search })).rows.map((row) => row.displayName);
    expect(await names('mb@')).toEqual(['Megan Bowen']);
    expect(await names('wilb')).toEqual(['Alex Wilber']);
    expect(await names('%')).toEqual(['100%']);
    expect(await names('_')).toEqual([]);
  });

  it('finds nobody by what only holds the addresses together', async () => {
    const two = tenantObject('two@contoso.example', {
      displayName: 'Two',
      addresses: ['two@contoso.example', 'also-two@contoso.example'],
    });
    await apply([megan, two]);

    for (const search of ['"', '[', ']', ',', '", "', String.fromCodePoint(92)]) {
      expect((await page({ search })).rows, search).toEqual([]);
    }
  });

  it('finds by quotes and brackets who has them', async () => {
    await apply([
      megan,
      tenantObject('lab@contoso.example', { displayName: 'Lab [closed]' }),
      tenantObject('"two words"@contoso.example', { displayName: 'Quoted' }),
    ]);

    const names = async (search: string) =>
      (await page({ search })).rows.map((row) => row.displayName);
    expect(await names('[')).toEqual(['Lab [closed]']);
    expect(await names('"two words"@')).toEqual(['Quoted']);
  });

  it('sorts, filters and counts beyond its own end', async () => {
    const [id = ''] = await fill(database, contoso, { objects: [megan, alex] });
    await database.withinOrganisation(contoso, ({ directory }) =>
      directory.saveContactState(id, { alternateInfo: 'verified', lastAskedAt: AT }),
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

describe('figures of the directory', () => {
  it('count eligible and protected users, newcomers, and what a domain has', async () => {
    const [id = ''] = await fill(database, contoso, {
      objects: [
        megan,
        alex,
        tenantObject('off@contoso.example', { accountEnabled: false }),
        tenantObject('room@contoso.example', { kind: 'room' }),
        tenantObject('far@elsewhere.example'),
      ],
    });
    const names = ['contoso.example'];
    await database.withinOrganisation(contoso, async ({ directory }) => {
      await directory.setProtection([id], true, AT);
      expect(await directory.counts(names)).toEqual({
        total: 5,
        protected: 1,
        eligible: 3,
        switchedOff: 1,
      });
      expect(await directory.coverage()).toMatchObject({ missing: 1, verified: 0 });
      // Megan is decided about, who is switched off waits until the account is switched on.
      expect(await directory.newcomers(names)).toHaveLength(1);
      await directory.settleNewcomers(names);
      expect(await directory.newcomers(names)).toEqual([]);
      expect(await directory.shapes([...names, 'empty.example'])).toEqual([
        { domain: 'contoso.example', addresses: 5, kinds: ['room', 'user'] },
        { domain: 'empty.example', addresses: 0, kinds: [] },
      ]);
      expect(await directory.addressesWithin(['elsewhere.example'])).toEqual([
        { address: 'far@elsewhere.example', kind: 'user', protected: false },
      ]);
      expect(await directory.protectedOutside(names)).toEqual([]);
      expect(await directory.protectedOutside(['elsewhere.example'])).toHaveLength(1);
    });
    await apply([megan, tenantObject('off@contoso.example')]);
    await database.withinOrganisation(contoso, async ({ directory }) => {
      expect(await directory.newcomers(names)).toHaveLength(1);
    });
  });
});
