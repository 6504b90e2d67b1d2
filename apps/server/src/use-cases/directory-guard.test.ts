import type { TenantObject } from '@holdfast/application';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tenantObject } from './testing/fake-tenant.ts';
import { leaveSession } from './testing/portal-user.ts';
import { refusalFrom } from './testing/refusal.ts';
import { idOf, installEveryone, refresh } from './testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

let world: World;
let contoso: OrganisationHandle;
beforeEach(async () => {
  world = await createWorld();
  contoso = await world.organisation('Contoso');
  become((known) => [...known, ...Array.from({ length: 20 }, (_none, at) => person(at))]);
  await installEveryone(world, contoso);
});
afterEach(() => world.close());

const person = (at: number): TenantObject =>
  tenantObject(`u${at}`, { addresses: [`u${at}@contoso.example`, `alias${at}@contoso.example`] });
function become(change: (known: readonly TenantObject[]) => readonly TenantObject[]): void {
  world.tenant.reading = { ...world.tenant.reading, objects: change(world.tenant.reading.objects) };
}
const people = (count: number, change: (user: TenantObject) => Partial<TenantObject>): void =>
  become((known) =>
    known.map((object) => {
      const number = Number(/^ext-u(\d+)$/.exec(object.externalId)?.[1] ?? count);
      return number < count ? { ...object, ...change(object) } : object;
    }),
  );
const state = () => contoso.console.directory.state();
const find = (address: string) =>
  world.ports.database.withinOrganisation(contoso.id, ({ directory }) =>
    directory.findByAddress(address),
  );
const disabled = async () =>
  world.ports.database.withinOrganisation(
    contoso.id,
    async ({ directory }) =>
      (await directory.all()).filter(({ accountEnabled }) => !accountEnabled).length,
  );
async function confirm(): Promise<void> {
  const { latest } = await state();
  world.advance(60_000);
  await contoso.console.directory.confirmRemovals({ runId: latest?.id ?? '' });
  await world.runJobs();
}

describe('many accounts that are switched off at once', () => {
  beforeEach(async () => {
    people(10, () => ({ accountEnabled: false }));
    await refresh(world, contoso.console);
  });

  test('are not switched off here before somebody confirms', async () => {
    expect((await state()).latest).toMatchObject({ state: 'needs-confirmation' });
    expect((await state()).latest?.detail).toContain('10 of 25 accounts are switched off');
    expect(await disabled()).toBe(0);
    await confirm();
    expect((await state()).latest).toMatchObject({ state: 'done', changed: 10 });
    expect(await disabled()).toBe(10);
  });

  test('are asked about again by every later run until then, and never forgotten', async () => {
    await refresh(world, contoso.console);
    expect((await state()).latest).toMatchObject({ state: 'needs-confirmation' });
    people(10, () => ({ accountEnabled: true }));
    await refresh(world, contoso.console);
    expect((await state()).latest).toMatchObject({ state: 'done', changed: 0 });
  });

  test('pass when the organisation has set the guard wider', async () => {
    await contoso.console.directory.saveGuard({ percent: 50 });
    await refresh(world, contoso.console);
    expect(await state()).toMatchObject({ guardPercent: 50, latest: { state: 'done' } });
    expect(await disabled()).toBe(10);
    const entries = await world.ports.database.withinOrganisation(contoso.id, ({ audit }) =>
      audit.recent(20),
    );
    expect(entries.find(({ action }) => action === 'directory.guard-saved')?.details).toEqual({
      before: 10,
      after: 50,
    });
  });
});

test('one account that is switched off loses its sessions at once, during an event too', async () => {
  const userId = await idOf(contoso, 'u3');
  await leaveSession(world, contoso.id, userId, { token: 'token' });
  const session = () =>
    world.ports.database.acrossOrganisations((system) =>
      system.portalSession(world.ports.secrets.hashToken('token'), world.ports.clock.now()),
    );
  expect(await session()).not.toBeNull();
  await contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'test' });
  become((known) =>
    known.map((object) =>
      object.externalId === 'ext-u3' ? { ...object, accountEnabled: false } : object,
    ),
  );
  await refresh(world, contoso.console);
  expect((await find('u3@contoso.example'))?.accountEnabled).toBe(false);
  expect(await session()).toBeNull();
});

describe('many addresses that are gone from objects', () => {
  const withoutAliases = (count: number) =>
    people(count, ({ primaryAddress }) => ({ addresses: [primaryAddress ?? ''] }));

  test('are still accepted before somebody confirms', async () => {
    withoutAliases(12);
    await refresh(world, contoso.console);
    const { latest } = await state();
    expect(latest).toMatchObject({ state: 'needs-confirmation' });
    expect(latest?.detail).toContain('12 of');
    expect(await find('alias4@contoso.example')).not.toBeNull();
    await confirm();
    expect(await find('alias4@contoso.example')).toBeNull();
    expect(await find('alias14@contoso.example')).not.toBeNull();
  });

  test('a few go at once, but for a day on which Office 365 is in doubt or out', async () => {
    withoutAliases(2);
    await contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'test' });
    await refresh(world, contoso.console);
    expect((await state()).latest).toMatchObject({ state: 'done' });
    expect(await find('alias1@contoso.example')).not.toBeNull();
    await contoso.console.event.undo();
    await refresh(world, contoso.console);
    expect(await find('alias1@contoso.example')).toBeNull();
  });
});

test('an answer without anybody removes nobody, however few there are', async () => {
  const tiny = await world.organisation('Tiny');
  world.tenant.profile = { displayName: 'Tiny', initialDomain: 'fabrikam.onmicrosoft.com' };
  world.tenant.reading = {
    ...world.tenant.reading,
    domains: [],
    objects: [tenantObject('one'), tenantObject('two')],
  };
  await tiny.console.connection.connect({
    tenantId: 'fabrikam.onmicrosoft.com',
    clientId: 'client',
    proof: { kind: 'secret', secret: 'x' },
  });
  await refresh(world, tiny.console);
  become(() => []);
  await refresh(world, tiny.console);
  expect((await tiny.console.directory.state()).latest?.state).toBe('needs-confirmation');
});

describe('a list that Exchange does not give', () => {
  const domain = 'contoso.example';
  const list = async () => (await state()).lists.find((one) => one.domain === domain);
  beforeEach(async () => {
    const fresh = await world.organisation('Fabrikam');
    contoso = fresh;
    const { domains } = world.tenant.reading;
    world.tenant.reading = {
      ...world.tenant.reading,
      complete: false,
      domains: domains.map((one) => ({
        ...one,
        name: one.name.replace('contoso', 'fabrikam'),
        mailType: null,
      })),
      objects: Array.from({ length: 10 }, (_none, at) =>
        tenantObject(`f${at}`, { primaryAddress: `f${at}@fabrikam.example` }),
      ),
    };
    world.tenant.profile = { displayName: 'Fabrikam', initialDomain: 'fabrikam.onmicrosoft.com' };
    await contoso.console.connection.connect({
      tenantId: 'fabrikam.onmicrosoft.com',
      clientId: 'client',
      proof: { kind: 'secret', secret: 'x' },
    });
    await refresh(world, contoso.console);
  });
  const attest = () => contoso.console.directory.attest({ domain: 'fabrikam.example' });
  const known = async () => (await state()).lists[0];

  test('is complete on an administrator’s word, until the directory changes its shape', async () => {
    expect(await known()).toMatchObject({ complete: false, reason: 'not-listed' });
    expect(await attest()).toMatchObject({ complete: true });
    expect(await known()).toMatchObject({ reason: 'attested', attestedBy: contoso.actor.email });
    become((objects) => [...objects, tenantObject('g', { primaryAddress: 'g@fabrikam.example' })]);
    await refresh(world, contoso.console);
    expect(await known()).toMatchObject({ complete: true });
    become((objects) => [
      ...objects,
      tenantObject('r', { kind: 'room', primaryAddress: 'room@fabrikam.example' }),
    ]);
    await refresh(world, contoso.console);
    expect(await known()).toMatchObject({ complete: false, reason: 'attestation-expired' });
    const entries = await world.ports.database.withinOrganisation(contoso.id, ({ audit }) =>
      audit.recent(50),
    );
    expect(entries.map(({ action }) => action)).toContain('directory.list-attested');
  });

  test('is not complete any more when the word is taken back, or a day old', async () => {
    await attest();
    world.advance(25 * 3_600_000);
    expect(await known()).toMatchObject({ complete: true, stale: true });
    expect((await refusalFrom(attest())).code).toBe('directory.cannot-attest');
    await contoso.console.directory.withdrawAttestation({ domain: 'fabrikam.example' });
    expect(await known()).toMatchObject({ complete: false, attestedBy: null });
  });

  test('is never complete where another system has recipients, too', async () => {
    await attest();
    world.tenant.reading = {
      ...world.tenant.reading,
      domains: world.tenant.reading.domains.map((one) => ({ ...one, mailType: 'internal-relay' })),
    };
    await refresh(world, contoso.console);
    expect(await known()).toMatchObject({ complete: false, reason: 'relay-domain' });
    expect((await refusalFrom(attest())).code).toBe('directory.cannot-attest');
    expect(await list()).toBeUndefined();
  });
});
