import type { Database, DirectoryFact } from '@holdfast/application';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type OpenTestDatabase } from '../testing/open-test-database.ts';
import { AT, makeOrganisation, tenantObject } from '../testing/records.ts';

let opened: OpenTestDatabase;
let database: Database;
let contoso: string;

const megan = tenantObject('megan@contoso.example');
const alex = tenantObject('alex@contoso.example');
const sales = tenantObject('sales@contoso.example', { kind: 'group' });

const told = (object: typeof megan): DirectoryFact => ({ fact: 'object', object });
const gone = ({ externalId }: typeof megan): DirectoryFact => ({ fact: 'gone', externalId });
const inSales = ({ externalId }: typeof megan): DirectoryFact => ({
  fact: 'member',
  groupId: sales.externalId,
  memberId: externalId,
});
const outOfSales = ({ externalId }: typeof megan): DirectoryFact => ({
  fact: 'member-gone',
  groupId: sales.externalId,
  memberId: externalId,
});

interface Round {
  readonly users?: readonly DirectoryFact[];
  readonly groups?: readonly DirectoryFact[];
  readonly wholeGroups?: boolean;
}

/** What a run finds, which is then settled and applied. */
async function round({ users = [], groups = [], wholeGroups = false }: Round): Promise<boolean> {
  const runId = randomUUID();
  return database.withinOrganisation(contoso, async ({ intake }) => {
    await intake.stage(runId, 'users', users);
    await intake.stage(runId, 'groups', groups);
    const hasReturned = await intake.hasReturned(runId);
    await intake.settle(
      runId,
      [
        { collection: 'users', full: false, deltaLink: 'users' },
        { collection: 'groups', full: wholeGroups, deltaLink: 'groups' },
      ],
      AT,
    );
    await intake.derive();
    await intake.apply(AT, { removals: false, disablings: false, addressLosses: false });
    return hasReturned;
  });
}

beforeEach(async () => {
  opened = await openTestDatabase();
  database = opened.database;
  contoso = await makeOrganisation(database, 'contoso');
  const groups = [told(sales), inSales(megan), inSales(alex)];
  await round({ users: [told(megan), told(alex)], groups, wholeGroups: true });
});

afterEach(() => opened.close());

describe('memberships that nobody tells of are looked for where the tenant', () => {
  it('tells of a newcomer, who may have been deleted when we first looked', async () => {
    expect(await round({ users: [told(tenantObject('new@contoso.example'))] })).toBe(true);
  });

  it('tells of somebody again who was gone', async () => {
    await round({ users: [gone(megan)], groups: [outOfSales(megan)] });
    expect(await round({ users: [told(megan)] })).toBe(true);
  });

  it('had somebody deleted after users were read and before groups were, and back by the next round', async () => {
    expect(await round({ groups: [outOfSales(megan)] })).toBe(false);
    expect(await round({ users: [told(megan)] })).toBe(true);
  });

  it('lost somebody by a whole round of groups who is told of at the next', async () => {
    const groups = [told(sales), inSales(alex)];
    expect(await round({ groups, wholeGroups: true })).toBe(false);
    expect(await round({ users: [told(megan)] })).toBe(true);
  });
});

describe('they are not where the tenant', () => {
  it('tells of somebody who stays in all groups, or takes somebody out of one and tells no more', async () => {
    const renamed = { ...megan, displayName: 'Megan Smith' };
    expect(await round({ users: [told(renamed)], groups: [outOfSales(alex)] })).toBe(false);
    expect(await round({ users: [told(megan)] })).toBe(false);
    // A deletion before the round above would have been told of in it.
    expect(await round({ users: [told(alex)] })).toBe(false);
  });

  it('says the same of all groups', async () => {
    const groups = [told(sales), inSales(megan), inSales(alex)];
    expect(await round({ groups, wholeGroups: true })).toBe(false);
    expect(await round({ users: [told(megan)] })).toBe(false);
  });
});
