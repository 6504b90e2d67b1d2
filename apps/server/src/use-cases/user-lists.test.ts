import { refreshSnapshot, type SnapshotStore } from '@holdfast/application';
import type { MxSnapshot } from '@holdfast/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refusalFrom } from './testing/refusal.ts';
import { idOf, installEveryone } from './testing/set-up.ts';
import { createWorld, START, type OrganisationHandle, type World } from './testing/world.ts';

let world: World;
let contoso: OrganisationHandle;
let ada: string;
beforeEach(async () => {
  world = await createWorld();
  contoso = await world.organisation('Contoso');
  await installEveryone(world, contoso);
  ada = await idOf(contoso, 'ada');
});
afterEach(() => world.close());

async function snapshot(): Promise<MxSnapshot> {
  let written: MxSnapshot | null = null;
  const store: SnapshotStore = {
    write: async (next) => {
      written = next;
    },
    read: async () => written,
    watch: () => () => undefined,
  };
  await refreshSnapshot(world.ports, store);
  if (written === null) throw new Error('no snapshot was written');
  return written;
}

const add = (kind: 'allow' | 'block', values: string[], userId = ada) =>
  contoso.console.security.addForUser({ userId, kind, values });

describe('lists of a user', () => {
  test('are kept apart from the organisation’s and from other users’', async () => {
    const before = (await contoso.console.security.lists()).entries.length;
    await add('block', ['shop@partner.example', '=news.example']);
    const lists = await add('allow', ['friend@outside.example'], await idOf(contoso, 'ben'));
    expect(lists.entries.map(({ kind, value }) => `${kind} ${value}`)).toEqual([
      'allow friend@outside.example',
    ]);
    const { entries, readAt } = await contoso.console.security.ofUser({ userId: ada });
    expect(entries.map(({ value }) => value)).toEqual(['=news.example', 'shop@partner.example']);
    expect(readAt).toBeNull();
    expect((await contoso.console.security.lists()).entries).toHaveLength(before);
  });

  test('reach mx under every address of the user, and nobody else’s', async () => {
    await add('block', ['shop@partner.example']);
    const { scopedLists } = await snapshot();
    expect(scopedLists).toEqual([
      {
        domain: null,
        addresses: ['ada@contoso.example'],
        entries: [{ kind: 'block', type: 'address', value: 'shop@partner.example' }],
      },
    ]);
  });

  test('take no addresses of servers, no own domains, and nothing for who is not there', async () => {
    expect((await refusalFrom(add('block', ['192.0.2.1']))).code).toBe('lists.user-range');
    expect((await refusalFrom(add('allow', ['contoso.example']))).code).toBe('lists.own-domain');
    const nobody = '01900000-0000-7000-8000-000000000000';
    expect((await refusalFrom(add('allow', ['x.example'], nobody))).code).toBe('users.unknown');
    expect((await refusalFrom(contoso.console.security.ofUser({ userId: nobody }))).code).toBe(
      'users.unknown',
    );
  });

  test('are removed by their user alone, and changes are in the audit log', async () => {
    const { entries } = await add('block', ['shop@partner.example']);
    const ids = entries.map(({ id }) => id);
    const ben = await idOf(contoso, 'ben');
    await contoso.console.security.removeForUser({ userId: ben, ids });
    expect((await contoso.console.security.ofUser({ userId: ada })).entries).toHaveLength(1);
    const left = await contoso.console.security.removeForUser({ userId: ada, ids });
    expect(left.entries).toEqual([]);
    const audit = await world.ports.database.withinOrganisation(contoso.id, (r) =>
      r.audit.recent(2),
    );
    expect(audit.map(({ action, details }) => [action, details['user']])).toEqual([
      ['lists.removed', ada],
      ['lists.added', ada],
    ]);
  });
});

describe('an entry that runs out', () => {
  test('tells mx its hour, and is left out of the next snapshot after it', async () => {
    const expiresAt = new Date(START + 3_600_000).toISOString();
    const { entries } = await contoso.console.security.add({
      kind: 'block',
      values: ['soon.example'],
      expiresAt,
    });
    expect(entries.find(({ value }) => value === 'soon.example')?.expiresAt).toBe(expiresAt);
    const listed = async () => (await snapshot()).lists[contoso.id]?.entries ?? [];
    expect(await listed()).toContainEqual({
      kind: 'block',
      type: 'domain',
      value: 'soon.example',
      expiresAt: START + 3_600_000,
    });
    world.advance(3_600_000);
    expect((await listed()).map(({ value }) => value)).not.toContain('soon.example');
  });
});

test('a domain in letters other than ASCII is shown as people read it', async () => {
  const { entries } = await contoso.console.security.add({
    kind: 'block',
    values: ['bücher.example', 'ann@xn--bcher-kva.example'],
  });
  const shown = entries.map(({ value, readable }) => [value, readable]);
  expect(shown).toContainEqual(['xn--bcher-kva.example', 'bücher.example']);
  expect(shown).toContainEqual(['ann@xn--bcher-kva.example', 'ann@bücher.example']);
});
