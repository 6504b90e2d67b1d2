import { runDirectorySync, type TenantObject } from '@holdfast/application';
import { initialHealth } from '@holdfast/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tenantObject } from './testing/fake-tenant.ts';
import { refusalFrom } from './testing/refusal.ts';
import { connectAndSync, CREDENTIALS, idOf, installEveryone, refresh } from './testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

let world: World;
let contoso: OrganisationHandle;
beforeEach(async () => {
  world = await createWorld();
  contoso = await world.organisation('Contoso');
});
afterEach(() => world.close());

const objects = (change: (known: readonly TenantObject[]) => readonly TenantObject[]): void => {
  world.tenant.reading = { ...world.tenant.reading, objects: change(world.tenant.reading.objects) };
};
const becomes = (local: string, change: Partial<TenantObject>): void =>
  objects((known) =>
    known.map((object) =>
      object.externalId === `ext-${local}` ? { ...object, ...change } : object,
    ),
  );
const latest = async () => (await contoso.console.directory.state()).latest;
const isProtected = async (local: string): Promise<boolean | undefined> => {
  const { rows } = await contoso.console.users.list({ search: `${local}@` });
  return rows[0]?.protected;
};
const audit = () =>
  world.ports.database.withinOrganisation(contoso.id, ({ audit: log }) => log.recent(50));

describe('confirming removals', () => {
  const total = async (): Promise<number> => (await contoso.console.users.list({})).total;
  beforeEach(async () => {
    await installEveryone(world, contoso);
    objects((known) => known.slice(0, 5));
    await refresh(world, contoso.console);
    world.advance(60_000);
  });

  test('a sync that would remove too many asks; confirmed, a new run removes them', async () => {
    const asked = await latest();
    expect(asked).toMatchObject({ state: 'needs-confirmation', removed: 0 });
    expect(await total()).toBe(13);
    await contoso.console.directory.confirmRemovals({ runId: asked?.id ?? '' });
    await world.runJobs();
    expect(await latest()).toMatchObject({ state: 'done', removed: 8 });
    expect(await total()).toBe(5);
    expect((await audit()).map((entry) => [entry.action, entry.actor])).toContainEqual([
      'directory.removals-allowed',
      contoso.actor.email,
    ]);
  });

  test('counts once: the next run asks again, and an answered one cannot be confirmed', async () => {
    const asked = (await latest())?.id ?? '';
    await refresh(world, contoso.console);
    expect((await latest())?.state).toBe('needs-confirmation');
    const refusal = await refusalFrom(contoso.console.directory.confirmRemovals({ runId: asked }));
    expect(refusal.code).toBe('directory.nothing-to-confirm');
  });

  test('removes nobody all the same while an event is open', async () => {
    const asked = (await latest())?.id ?? '';
    await contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'test' });
    await contoso.console.directory.confirmRemovals({ runId: asked });
    await world.runJobs();
    expect(await latest()).toMatchObject({ state: 'done', removed: 0 });
    expect(await total()).toBe(13);
  });
});

describe('a protected user who cannot be protected any more', () => {
  test.each<[string, Partial<TenantObject>]>([
    ['was converted to a shared mailbox', { kind: 'shared-mailbox' }],
    ['was moved to the initial domain', { primaryAddress: 'ben@contoso.onmicrosoft.com' }],
    ['lost the mailbox', { hasMailbox: false }],
  ])('%s: is not protected after the sync, and the audit log says so', async (_name, change) => {
    await installEveryone(world, contoso);
    becomes('ben', change);
    await refresh(world, contoso.console);
    expect(await isProtected('ben')).toBe(false);
    expect(await isProtected('ada')).toBe(true);
    expect((await latest())?.detail).toContain(
      'No longer protected, because they cannot be any more: 1 user',
    );
    expect((await audit()).map(({ action }) => action)).toContain(
      'users.unprotected-automatically',
    );
  });

  test('keeps the emergency mailbox while in the scope of an open event, and loses it after', async () => {
    await installEveryone(world, contoso);
    await contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'test' });
    becomes('ben', { kind: 'shared-mailbox' });
    await refresh(world, contoso.console);
    expect(await isProtected('ben')).toBe(true);
    expect((await latest())?.detail).toContain('until the event is over');
    await contoso.console.event.undo();
    await refresh(world, contoso.console);
    expect(await isProtected('ben')).toBe(false);
  });

  test('outside the scope of the open event is un-protected at once', async () => {
    await installEveryone(world, contoso);
    const userIds = [await idOf(contoso, 'ada')];
    await contoso.console.event.start({ scope: { kind: 'users', userIds }, reason: 'test' });
    becomes('ben', { kind: 'shared-mailbox' });
    await refresh(world, contoso.console);
    expect(await isProtected('ben')).toBe(false);
  });

  test('keeps it while Office 365 is in doubt: the reading may be wrong', async () => {
    await installEveryone(world, contoso);
    await world.ports.database.withinOrganisation(contoso.id, ({ health }) =>
      health.save({ ...initialHealth(world.ports.clock.now()), state: 'down' }, true),
    );
    becomes('ben', { hasMailbox: false });
    await refresh(world, contoso.console);
    expect(await isProtected('ben')).toBe(true);
    expect((await latest())?.detail).toContain('until Office 365 is healthy');
  });

  test('when that is most of them at once, nobody is un-protected before it is confirmed', async () => {
    objects((known) => [...known, ...Array.from({ length: 8 }, (_, at) => tenantObject(`u${at}`))]);
    await installEveryone(world, contoso);
    objects((known) =>
      known.map((object) => (object.kind === 'user' ? { ...object, hasMailbox: false } : object)),
    );
    await refresh(world, contoso.console);
    const asked = await latest();
    expect(asked?.state).toBe('needs-confirmation');
    expect((await contoso.console.users.coverage()).protected).toBe(10);
    world.advance(60_000);
    await contoso.console.directory.confirmRemovals({ runId: asked?.id ?? '' });
    await world.runJobs();
    expect((await contoso.console.users.coverage()).protected).toBe(0);
  });
});

test('a domain of another organisation: the run fails in words, and is not tried again', async () => {
  await connectAndSync(world, contoso);
  const fabrikam = await world.organisation('Fabrikam');
  const initialDomain = 'fabrikam.onmicrosoft.com';
  world.tenant.profile = { displayName: 'Fabrikam', initialDomain };
  await fabrikam.console.connection.connect({ ...CREDENTIALS, tenantId: initialDomain });
  await fabrikam.console.directory.refresh();
  await expect(world.runJobs()).resolves.toContain('directory.sync');
  const { latest: run } = await fabrikam.console.directory.state();
  expect(run).toMatchObject({ state: 'failed', added: 0 });
  expect(run?.detail).toContain('contoso.example');
  expect(run?.finishedAt).not.toBeNull();
  // The job coming once more finds a finished run.
  await runDirectorySync(world.ports, {
    id: 'again',
    payload: { organisationId: fabrikam.id, runId: run?.id ?? '' },
  });
  expect((await fabrikam.console.directory.state()).latest).toEqual(run);
});
