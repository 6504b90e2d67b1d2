import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendInfoRequest } from '@holdfast/application';
import { tenantObject } from './testing/fake-tenant.ts';
import { refusalFrom } from './testing/refusal.ts';
import { connectAndSync, idOf, installEveryone, refresh } from './testing/set-up.ts';
import { createWorld, START, type OrganisationHandle, type World } from './testing/world.ts';

let world: World;
let contoso: OrganisationHandle;
beforeEach(async () => {
  world = await createWorld();
  contoso = await world.organisation('Contoso');
});
afterEach(() => world.close());

describe('protecting', () => {
  test('needs the installation', async () => {
    await connectAndSync(world, contoso);
    const ada = await idOf(contoso, 'ada');
    const refusal = await refusalFrom(contoso.console.users.saveProtection({ protect: [ada] }));
    expect(refusal.code).toBe('installation.not-done');
  });

  test('saves who can be protected and names who cannot', async () => {
    await connectAndSync(world, contoso);
    const [ada, ben, room] = [
      await idOf(contoso, 'ada'),
      await idOf(contoso, 'ben'),
      await idOf(contoso, 'room'),
    ];
    await contoso.console.installation.install({
      protect: { kind: 'users', userIds: [ada] },
      protectNewUsers: false,
    });
    const result = await contoso.console.users.saveProtection({
      protect: [ben, room],
      unprotect: [ada],
    });
    expect(result).toEqual({
      protected: 1,
      unprotected: 1,
      refused: [{ id: room, address: 'room@contoso.example', reason: 'room' }],
    });
    const { rows } = await contoso.console.users.list({ protected: true });
    expect(rows.map((row) => row.address)).toEqual(['ben@contoso.example']);
  });

  test('takes nobody out of a running event', async () => {
    await installEveryone(world, contoso);
    const ada = await idOf(contoso, 'ada');
    await contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'test' });
    const refusal = await refusalFrom(contoso.console.users.saveProtection({ unprotect: [ada] }));
    expect(refusal.code).toBe('users.in-event');
    expect((await contoso.console.users.coverage()).protected).toBe(2);
  });

  test('an unknown id is refused', async () => {
    await installEveryone(world, contoso);
    const protect = ['0199b2a0-0000-7000-8000-000000000001'];
    expect((await refusalFrom(contoso.console.users.saveProtection({ protect }))).code).toBe(
      'users.unknown',
    );
  });
});

describe('new users', () => {
  const withCarla = (): void => {
    world.tenant.reading = {
      ...world.tenant.reading,
      objects: [...world.tenant.reading.objects, tenantObject('carla')],
    };
  };

  test('are protected automatically when that is wanted, and asked', async () => {
    await installEveryone(world, contoso);
    withCarla();
    await refresh(world, contoso.console);
    const { rows } = await contoso.console.users.list({ search: 'carla' });
    expect(rows[0]).toMatchObject({ protected: true, alternateInfo: 'asked' });
  });

  test('wait for a mailbox', async () => {
    await installEveryone(world, contoso);
    world.tenant.reading = {
      ...world.tenant.reading,
      objects: world.tenant.reading.objects.map((object) =>
        object.externalId === 'ext-nobox' ? { ...object, hasMailbox: true } : object,
      ),
    };
    await refresh(world, contoso.console);
    const { rows } = await contoso.console.users.list({ search: 'nobox' });
    expect(rows[0]?.protected).toBe(true);
  });

  test('stop at the seat limit, and the run says so', async () => {
    const tiny = await world.organisation('Tiny', { name: 'Two', continuity: true, seats: 2 });
    await installEveryone(world, tiny);
    withCarla();
    await refresh(world, tiny.console);
    expect((await tiny.console.users.coverage()).protected).toBe(2);
    expect((await tiny.console.directory.state()).latest?.detail).toContain('every seat');
  });

  test('whom an administrator left out stays out', async () => {
    await installEveryone(world, contoso);
    const ben = await idOf(contoso, 'ben');
    await contoso.console.users.saveProtection({ unprotect: [ben] });
    await refresh(world, contoso.console);
    expect((await contoso.console.users.coverage()).protected).toBe(1);
  });
});

describe('a sync', () => {
  test('removes nobody while an event is open', async () => {
    await installEveryone(world, contoso);
    await contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'test' });
    world.tenant.reading = {
      ...world.tenant.reading,
      objects: world.tenant.reading.objects.filter((object) => object.externalId !== 'ext-ben'),
    };
    await refresh(world, contoso.console);
    const { latest } = await contoso.console.directory.state();
    expect(latest).toMatchObject({ state: 'done', removed: 0 });
    expect(latest?.detail).toContain('emergency event');
    await expect(idOf(contoso, 'ben')).resolves.toBeTypeOf('string');
  });

  test('that would remove too many removes nobody and asks', async () => {
    await installEveryone(world, contoso);
    world.tenant.reading = {
      ...world.tenant.reading,
      objects: world.tenant.reading.objects.slice(0, 5),
    };
    await refresh(world, contoso.console);
    const { latest } = await contoso.console.directory.state();
    expect(latest).toMatchObject({ state: 'needs-confirmation', removed: 0 });
    expect((await contoso.console.users.list({})).total).toBe(13);
    const { needs } = await contoso.console.overview.get();
    expect(needs.map((need) => need.id)).toContain('directory-sync');
  });

  test('keeps public folders when Exchange could not be read', async () => {
    await installEveryone(world, contoso);
    world.tenant.reading = {
      ...world.tenant.reading,
      complete: false,
      objects: world.tenant.reading.objects.filter((object) => object.kind !== 'public-folder'),
    };
    await refresh(world, contoso.console);
    await expect(idOf(contoso, 'folder')).resolves.toBeTypeOf('string');
    // What it said before holds for a day.
    expect((await contoso.console.directory.state()).complete).toBe(true);
    world.advance(25 * 3600_000);
    expect((await contoso.console.directory.state()).complete).toBe(false);
  });
});

describe('the users page', () => {
  test('shows private numbers and addresses masked', async () => {
    await installEveryone(world, contoso);
    const userId = await idOf(contoso, 'ada');
    await world.ports.database.withinOrganisation(contoso.id, async ({ channels }) => {
      const common = { userId, challengeId: null, shared: false, weak: false };
      const times = { givenAt: START, verifiedAt: START };
      await channels.save({
        ...common,
        kind: 'sms',
        channel: { state: 'verified', value: '+4915123456789', ...times },
      });
      await channels.save({
        ...common,
        kind: 'email',
        channel: { state: 'given', value: 'ada@posteo.example', givenAt: START, challenge: null },
      });
    });
    const page = await contoso.console.users.list({ search: 'ada' });
    expect(page.rows[0]?.channels.toSorted((a, b) => a.kind.localeCompare(b.kind))).toEqual([
      { kind: 'email', masked: 'a••••@posteo.example', state: 'given', shared: false, weak: false },
      { kind: 'sms', masked: '••89', state: 'verified', shared: false, weak: false },
    ]);
    expect(JSON.stringify(page)).not.toContain('5123456');
  });
});

describe('asking for alternate info', () => {
  test('sends a link whose token is stored as a hash only, and replaces the one before', async () => {
    await installEveryone(world, contoso);
    const linkOf = (position: number): string =>
      /\/info\/(\S+)/.exec(requests()[position]?.mail.text ?? '')?.[1] ?? '';
    const requests = () =>
      world.spooled.filter(
        ({ head, mail }) =>
          head.envelope.recipients[0]?.address === 'ada@contoso.example' &&
          mail.text.includes('/info/'),
      );
    const ada = await idOf(contoso, 'ada');
    await contoso.console.users.requestInfo({ kind: 'users', userIds: [ada] });
    await world.runJobs();
    expect(requests()).toHaveLength(2);
    const find = (token: string) =>
      world.ports.database.acrossOrganisations((system) =>
        system.infoRequestByToken(world.ports.secrets.hashToken(token)),
      );
    expect((await find(linkOf(0)))?.replacedAt ?? null).not.toBeNull();
    const current = await find(linkOf(1));
    expect(current).toMatchObject({ userId: ada, replacedAt: null });
    expect((current?.expiresAt ?? 0) - (current?.sentAt ?? 0)).toBe(14 * 86_400_000);
  });

  test('a job that runs twice sends once', async () => {
    await installEveryone(world, contoso);
    const before = world.spooled.length;
    const job = world.jobs.find((candidate) => candidate.name === 'user.request-info');
    await sendInfoRequest(world.ports, {
      id: job?.id ?? '',
      payload: job?.payload as Parameters<typeof sendInfoRequest>[1]['payload'],
    });
    expect(world.spooled).toHaveLength(before);
  });

  test('“everyone missing” asks the protected only', async () => {
    await installEveryone(world, contoso);
    expect(await contoso.console.users.requestInfo({ kind: 'missing' })).toEqual({ asked: 2 });
  });
});
