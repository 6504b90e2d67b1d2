import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refusalFrom } from './testing/refusal.ts';
import { connectAndSync, installEveryone } from './testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

let world: World;
let contoso: OrganisationHandle;
beforeEach(async () => {
  world = await createWorld();
  contoso = await world.organisation('Contoso');
});
afterEach(() => world.close());

describe('allow and block lists', () => {
  test('take addresses, domains and ranges, and give them back when removed', async () => {
    await connectAndSync(world, contoso);
    const values = ['Boss@Partner.example', '*.spam.example', '192.0.2.0/24'];
    const { entries } = await contoso.console.security.add({ kind: 'block', values, note: 'why' });
    expect(entries.map(({ type, value }) => `${type} ${value}`).toSorted()).toEqual([
      'address boss@partner.example',
      'domain spam.example',
      'range 192.0.2.0/24',
    ]);
    expect(entries[0]).toMatchObject({ source: 'administrator', addedBy: contoso.actor.email });
    const left = await contoso.console.security.remove({ ids: entries.map(({ id }) => id) });
    expect(left.entries).toEqual([]);
  });

  test('refuse line by line and add nothing', async () => {
    await connectAndSync(world, contoso);
    const values = ['fine.example', 'not an entry', 'contoso.example', '10.0.0.0/8'];
    const refusal = await refusalFrom(contoso.console.security.add({ kind: 'allow', values }));
    expect(refusal.code).toBe('lists.not-an-entry');
    expect(Object.keys(refusal.fields)).toEqual(['values.1', 'values.2', 'values.3']);
    expect((await contoso.console.security.lists()).entries).toEqual([]);
  });

  test('refuse own domains in the allow list, and say why', async () => {
    await connectAndSync(world, contoso);
    const refusal = await refusalFrom(
      contoso.console.security.add({ kind: 'allow', values: ['contoso.example'] }),
    );
    expect(refusal.code).toBe('lists.own-domain');
    expect(refusal.message).toContain('colleague');
  });

  test('say so when everything is there already', async () => {
    await contoso.console.security.add({ kind: 'block', values: ['bad.example'] });
    const again = contoso.console.security.add({ kind: 'block', values: ['BAD.example'] });
    expect((await refusalFrom(again)).code).toBe('lists.already-there');
  });
});

describe('a domain', () => {
  const name = 'contoso.example';
  const mx = (...hosts: string[]): void => {
    const records = hosts.map((exchange, position) => ({ exchange, preference: position * 10 }));
    world.dns.set(name, { ok: true, value: { records, ttl: 300 } });
  };

  test('is checked live; drift is told apart from never right', async () => {
    await installEveryone(world, contoso);
    mx('mx.elsewhere.example');
    expect((await contoso.console.domains.check({ name })).state).toBe('wrong');
    mx('MX1.holdfast.example.', 'mx2.holdfast.example');
    const right = await contoso.console.domains.check({ name });
    expect(right).toMatchObject({ state: 'correct', observedTtl: 300, checkDetail: null });
    const { rows } = await contoso.console.users.list({ protected: true });
    expect(rows.every((row) => row.effective)).toBe(true);
    mx('mx.elsewhere.example');
    expect((await contoso.console.domains.check({ name })).state).toBe('drifted');
    const { needs } = await contoso.console.overview.get();
    expect(needs[0]).toMatchObject({ id: `domain-${name}`, level: 'problem' });
  });

  test('keeps its state when DNS does not answer', async () => {
    await connectAndSync(world, contoso);
    mx('mx1.holdfast.example');
    await contoso.console.domains.check({ name });
    world.dns.set(name, { ok: false, failure: 'unavailable', detail: 'timeout' });
    const view = await contoso.console.domains.check({ name });
    expect(view.state).toBe('correct');
    expect(view.checkDetail).toContain('timeout');
  });

  test('of Microsoft, or of nobody, has nothing to check', async () => {
    await connectAndSync(world, contoso);
    const initial = contoso.console.domains.check({ name: 'contoso.onmicrosoft.com' });
    expect((await refusalFrom(initial)).code).toBe('domains.initial');
    const unknown = contoso.console.domains.check({ name: 'nobody.example' });
    expect((await refusalFrom(unknown)).code).toBe('domains.unknown');
  });

  test('with a filter in front needs the confirmation and readable hops, and changes what is expected', async () => {
    await connectAndSync(world, contoso);
    mx('filter.vendor.example');
    const mode = { name, filterMode: 'filter-in-front', trustedHops: ['198.51.100.0/24'] } as const;
    const unconfirmed = contoso.console.domains.saveFilterMode({ ...mode, trustedHops: [] });
    expect((await refusalFrom(unconfirmed)).code).toBe('domains.confirmation-missing');
    const wrongHops = contoso.console.domains.saveFilterMode({
      ...mode,
      trustedHops: ['198.51.100.0/24', 'filter.vendor.example', '0.0.0.0/0'],
      confirmed: true,
    });
    const refusal = await refusalFrom(wrongHops);
    expect(Object.keys(refusal.fields)).toEqual(['trustedHops.1', 'trustedHops.2']);
    const saved = await contoso.console.domains.saveFilterMode({
      ...mode,
      trustedHops: [...mode.trustedHops],
      confirmed: true,
    });
    expect(saved).toMatchObject({
      state: 'correct',
      filterMode: 'filter-in-front',
      filterConfirmedBy: contoso.actor.email,
      expectedMx: [],
    });
  });

  test('shows the records to enter', async () => {
    await connectAndSync(world, contoso);
    const rows = await contoso.console.domains.list();
    expect(rows.find((row) => row.name === name)).toMatchObject({ counts: null, alerts: 0 });
    // A hundred domains are asked for on every page of the console.
    expect(JSON.stringify(rows).length / rows.length).toBeLessThan(300);
    const view = await contoso.console.domains.get({ name });
    expect(view.records.map(({ preference, value }) => `${preference} ${value}`)).toEqual([
      '10 mx1.holdfast.example',
      '20 mx2.holdfast.example',
    ]);
    const initial = await contoso.console.domains.get({ name: 'contoso.onmicrosoft.com' });
    expect(initial).toMatchObject({ protectable: false, reason: 'initial-domain', records: [] });
  });
});
