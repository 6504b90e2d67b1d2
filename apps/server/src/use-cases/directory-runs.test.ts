import {
  resumeDirectorySync,
  runDirectorySync,
  SYNC_RUN_SILENCE,
  TenantError,
  type PageReceiver,
} from '@holdfast/application';
import { createSnapshotStore } from '@holdfast/mail';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readConfiguration } from '../configuration/read-configuration.ts';
import { startIngest } from '../roles/ingest.ts';
import { tenantObject } from './testing/fake-tenant.ts';
import { connectAndSync, CREDENTIALS, idOf, installEveryone, refresh } from './testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

let world: World;
let contoso: OrganisationHandle;
beforeEach(async () => {
  world = await createWorld();
  contoso = await world.organisation('Contoso');
});
afterEach(() => world.close());

const state = () => contoso.console.directory.state();
const within = <T>(work: Parameters<typeof world.ports.database.withinOrganisation<T>>[1]) =>
  world.ports.database.withinOrganisation(contoso.id, work);
const addCarla = (): void => {
  const { objects } = world.tenant.reading;
  world.tenant.reading = {
    ...world.tenant.reading,
    objects: [
      ...objects.filter(({ externalId }) => externalId !== 'ext-ben'),
      tenantObject('carla'),
    ],
  };
};

describe('a run that fails', () => {
  test('after it has read users changes nothing, and the next one does all of it', async () => {
    await connectAndSync(world, contoso);
    addCarla();
    const real = { ...world.tenant.directory };
    vi.spyOn(world.tenant.directory, 'listing').mockImplementation(
      async (credentials, name, receive) => {
        await real.listing(credentials, name, receive);
        throw new TenantError({ code: 'unavailable', detail: 'cut', retryAfter: null });
      },
    );
    await refresh(world, contoso.console);
    expect((await state()).latest).toMatchObject({ state: 'failed', added: 0, phase: null });
    expect((await contoso.console.users.list({ search: 'carla' })).total).toBe(0);
    vi.restoreAllMocks();
    await refresh(world, contoso.console);
    expect((await state()).latest).toMatchObject({ state: 'done', added: 1, removed: 1 });
  });

  test('marks of changes are those of the last run that counted', async () => {
    await connectAndSync(world, contoso);
    const marks = () => within(async ({ intake }) => intake.collections());
    const before = await marks();
    const from = vi.spyOn(world.tenant.directory, 'round');
    world.tenant.failure = new TenantError({ code: 'unavailable', detail: '', retryAfter: null });
    await refresh(world, contoso.console);
    expect(await marks()).toEqual(before);
    world.tenant.failure = null;
    await refresh(world, contoso.console);
    const users = before.find(({ collection }) => collection === 'users');
    expect(
      from.mock.calls.filter(([, name]) => name === 'users').map(([, , mark]) => mark),
    ).toEqual([users?.deltaLink, users?.deltaLink]);
  });

  test('begins everything anew when a day has passed, and when it is told to', async () => {
    await connectAndSync(world, contoso);
    const rounds = vi.spyOn(world.tenant.directory, 'round');
    const latestMark = () => rounds.mock.calls.findLast(([, name]) => name === 'users')?.[2];
    await refresh(world, contoso.console);
    expect(latestMark()).not.toBeNull();
    world.advance(60_000);
    await contoso.console.directory.refresh({ full: true });
    await world.runJobs();
    expect(latestMark()).toBeNull();
    await refresh(world, contoso.console);
    expect(latestMark()).not.toBeNull();
    world.advance(24 * 3_600_000);
    await refresh(world, contoso.console);
    expect(latestMark()).toBeNull();
  });
});

test('another tenant is read from the start, and its strangers remove nobody unasked', async () => {
  await connectAndSync(world, contoso);
  world.tenant.profile = { displayName: 'Fabrikam', initialDomain: 'fabrikam.onmicrosoft.com' };
  world.tenant.reading = { ...world.tenant.reading, objects: [tenantObject('stranger')] };
  await contoso.console.connection.connect({
    ...CREDENTIALS,
    tenantId: 'fabrikam.onmicrosoft.com',
  });
  expect(await within(({ intake }) => intake.collections())).toEqual([]);
  await refresh(world, contoso.console);
  expect((await state()).latest).toMatchObject({
    state: 'needs-confirmation',
    added: 1,
    removed: 0,
  });
});

describe('a worker that dies', () => {
  test('leaves a run that is taken up again, and whatever it still does counts for nothing', async () => {
    await connectAndSync(world, contoso);
    addCarla();
    await contoso.console.directory.refresh();
    const runId = (await state()).latest?.id ?? '';
    // It hangs in the middle of a listing: to everybody else it is dead.
    let goOn: () => void = () => undefined;
    const hanging = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let reached: () => void = () => undefined;
    const staged = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const real = { ...world.tenant.directory };
    const dead = runDirectorySync(
      {
        ...world.ports,
        directory: {
          ...world.tenant.directory,
          listing: async (credentials, name, receive: PageReceiver) => {
            await real.listing(credentials, name, receive);
            reached();
            await hanging;
            return real.listing(credentials, name, receive);
          },
        },
      },
      { id: 'dead', payload: { organisationId: contoso.id, runId } },
    );
    await staged;
    expect((await state()).latest).toMatchObject({ state: 'running', phase: 'reading' });
    expect(await resumeDirectorySync(world.ports, contoso.id)).toBe(false);

    world.advance(SYNC_RUN_SILENCE + 1);
    expect(await resumeDirectorySync(world.ports, contoso.id)).toBe(true);
    await world.runJobs();
    const done = (await state()).latest;
    expect(done).toMatchObject({ id: runId, state: 'done', added: 1, removed: 1 });

    goOn();
    await dead;
    expect((await state()).latest).toEqual(done);
    await refresh(world, contoso.console);
    expect((await state()).latest).toMatchObject({ state: 'done', added: 0, changed: 0 });
  });
});

describe('mail to a group', () => {
  test.each([
    ['shows to its members when anybody may write to it', [], 1],
    ['is queued and shown to nobody when not everybody may', ['ext-group'], 0],
  ])('%s', async (_name, restricted, readers) => {
    world.tenant.reading = {
      ...world.tenant.reading,
      members: [{ groupId: 'ext-group', memberId: 'ext-ada' }],
      restricted,
    };
    await installEveryone(world, contoso);
    const found = await world.ports.database.acrossOrganisations(({ ingest }) =>
      ingest.readers([{ organisationId: contoso.id, address: 'group@contoso.example' }]),
    );
    expect(found).toHaveLength(readers);
  });
});

test('a user who is switched on later is a new user from then on', async () => {
  await installEveryone(world, contoso);
  const dora = tenantObject('dora', { accountEnabled: false });
  const before = world.tenant.reading;
  world.tenant.reading = { ...before, objects: [...before.objects, dora] };
  await refresh(world, contoso.console);
  expect((await contoso.console.users.list({ search: 'dora' })).rows[0]?.protected).toBe(false);
  world.tenant.reading = {
    ...before,
    objects: [...before.objects, { ...dora, accountEnabled: true }],
  };
  await refresh(world, contoso.console);
  expect((await contoso.console.users.list({ search: 'dora' })).rows[0]?.protected).toBe(true);
});

test('new users without a seat are an alert, and get one as soon as there is one', async () => {
  const tiny = await world.organisation('Tiny', { name: 'Two', continuity: true, seats: 2 });
  await installEveryone(world, tiny);
  const before = world.tenant.reading;
  world.tenant.reading = { ...before, objects: [...before.objects, tenantObject('carla')] };
  await refresh(world, tiny.console);
  const needs = async () => (await tiny.console.overview.get()).needs.map(({ id }) => id);
  expect(await needs()).toContain('seats-taken');
  await tiny.console.users.saveProtection({ unprotect: [await idOf(tiny, 'ben')] });
  await refresh(world, tiny.console);
  const { rows } = await tiny.console.users.list({ search: 'carla' });
  expect(rows[0]?.protected).toBe(true);
  expect(await needs()).not.toContain('seats-taken');
});

test('what a sync has changed is in the snapshot of a running ingest within five seconds', async () => {
  await installEveryone(world, contoso);
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-snapshot-'));
  const configuration = readConfiguration({
    DATABASE_URL: world.databaseUrl,
    HOLDFAST_DATA_DIR: directory,
    HOLDFAST_SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
  });
  const ingest = await startIngest(configuration, world.ports.log);
  try {
    const snapshots = createSnapshotStore({ directory: join(directory, 'snapshot') });
    const knows = async (address: string) =>
      (await snapshots.read())?.recipients.some((known) => known.address === address) ?? false;
    await vi.waitFor(async () => expect(await knows('ada@contoso.example')).toBe(true), 15_000);
    addCarla();
    await refresh(world, contoso.console);
    const applied = Date.now();
    await vi.waitFor(async () => expect(await knows('carla@contoso.example')).toBe(true), 5000);
    expect(await knows('ben@contoso.example')).toBe(false);
    expect(Date.now() - applied).toBeLessThan(5000);
  } finally {
    await ingest.stop();
    await rm(directory, { recursive: true, force: true });
  }
});
