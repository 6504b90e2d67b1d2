import { TenantError } from '@holdfast/application';
import type { IneligibleReason } from '@holdfast/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tenantObject } from './testing/fake-tenant.ts';
import { refusalFrom } from './testing/refusal.ts';
import { connectAndSync, CREDENTIALS, idOf, installEveryone } from './testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

let world: World;
let contoso: OrganisationHandle;
beforeEach(async () => {
  world = await createWorld();
  contoso = await world.organisation('Contoso');
});
afterEach(() => world.close());

describe('connecting', () => {
  test('keeps the secret sealed and out of answers and audit log', async () => {
    const view = await contoso.console.connection.connect(CREDENTIALS);
    expect(view).toMatchObject({ connected: true, displayName: 'Contoso' });
    const [stored, audit] = await world.ports.database.withinOrganisation(contoso.id, async (r) => [
      await r.connection.get(),
      await r.audit.recent(50),
    ]);
    expect(stored?.proof?.sealed).not.toContain(CREDENTIALS.proof.secret);
    expect(JSON.stringify([view, audit])).not.toContain(CREDENTIALS.proof.secret);
    expect(audit.map((entry) => entry.action)).toContain('connection.saved');
  });

  test('keeps nothing when Microsoft refuses, and says what to do', async () => {
    world.tenant.failure = new TenantError({
      code: 'sign-in-failed',
      detail: 'AADSTS7000215',
      retryAfter: null,
    });
    const refusal = await refusalFrom(contoso.console.connection.connect(CREDENTIALS));
    expect(refusal.code).toBe('connection.failed');
    expect(refusal.message).toContain('AADSTS7000215');
    expect(await contoso.console.connection.get()).toMatchObject({ connected: false });
  });
});

describe('refreshing mailboxes', () => {
  test('needs a connection, runs in the background, and only once at a time', async () => {
    expect((await refusalFrom(contoso.console.directory.refresh())).code).toBe(
      'connection.missing',
    );
    await contoso.console.connection.connect(CREDENTIALS);
    await contoso.console.directory.refresh();
    expect((await refusalFrom(contoso.console.directory.refresh())).code).toBe(
      'directory.sync-running',
    );
    await world.runJobs();
    const state = await contoso.console.directory.state();
    expect(state.latest).toMatchObject({ state: 'done', added: 13, removed: 0 });
    expect(state.counts).toEqual({
      eligible: 2,
      switchedOff: 0,
      ineligible: 11,
      protected: 0,
    });
    expect(state.complete).toBe(true);
  });

  test('a run that never finished does not block for ever', async () => {
    await contoso.console.connection.connect(CREDENTIALS);
    await contoso.console.directory.refresh();
    world.advance(16 * 60_000);
    await expect(contoso.console.directory.refresh()).resolves.toMatchObject({ state: 'waiting' });
  });

  test('a failure at Microsoft ends the run in words', async () => {
    await contoso.console.connection.connect(CREDENTIALS);
    await world.runJobs();
    await contoso.console.directory.refresh();
    world.tenant.failure = new TenantError({
      code: 'forbidden',
      detail: 'User.Read.All',
      retryAfter: null,
    });
    await world.runJobs();
    const { latest } = await contoso.console.directory.state();
    expect(latest?.state).toBe('failed');
    expect(latest?.detail).toContain('User.Read.All');
  });
});

describe('installing', () => {
  test('is refused before the directory is known', async () => {
    await contoso.console.connection.connect(CREDENTIALS);
    const choice = { protect: { kind: 'all' }, protectNewUsers: false } as const;
    expect((await refusalFrom(contoso.console.installation.install(choice))).code).toBe(
      'installation.directory-missing',
    );
  });

  test('is refused when the plan does not have it', async () => {
    const other = await world.organisation('Fabrikam', {
      name: 'Basic',
      continuity: false,
      seats: 0,
    });
    await connectAndSync(world, other);
    const choice = { protect: { kind: 'all' }, protectNewUsers: false } as const;
    expect((await refusalFrom(other.console.installation.install(choice))).code).toBe(
      'plan.not-included',
    );
  });

  test('is refused when there are too few seats, and protects nobody', async () => {
    const other = await world.organisation('Fabrikam', {
      name: 'Tiny',
      continuity: true,
      seats: 1,
    });
    await connectAndSync(world, other);
    const choice = { protect: { kind: 'all' }, protectNewUsers: false } as const;
    expect((await other.console.installation.review(choice)).seats).toEqual({
      available: 1,
      enough: false,
    });
    expect((await refusalFrom(other.console.installation.install(choice))).code).toBe(
      'plan.not-enough-seats',
    );
    expect((await other.console.users.coverage()).protected).toBe(0);
  });

  test.each<[string, IneligibleReason]>([
    ['initial', 'initial-domain'],
    ['folder', 'public-folder'],
    ['shared', 'shared-mailbox'],
    ['room', 'room'],
    ['beamer', 'equipment'],
    ['group', 'group'],
    ['dynamic', 'group'],
    ['contact', 'contact'],
    ['guest', 'guest'],
    ['nobox', 'no-mailbox'],
    ['stray', 'domain-not-verified'],
  ])('refuses %s at the API: %s', async (local, reason) => {
    await connectAndSync(world, contoso);
    const id = await idOf(contoso, local);
    const { rows } = await contoso.console.users.list({ search: `${local}@` });
    expect(rows[0]).toMatchObject({ eligible: false, reason });
    const refusal = await refusalFrom(
      contoso.console.installation.install({
        protect: { kind: 'users', userIds: [id] },
        protectNewUsers: false,
      }),
    );
    expect(refusal.code).toBe('users.ineligible');
    expect(await contoso.console.installation.state()).toMatchObject({ installedAt: null });

    const ada = await idOf(contoso, 'ada');
    await contoso.console.installation.install({
      protect: { kind: 'users', userIds: [ada] },
      protectNewUsers: false,
    });
    const later = await refusalFrom(contoso.console.users.saveProtection({ protect: [id] }));
    expect(later.code).toBe('users.ineligible');
    expect((await contoso.console.users.coverage()).protected).toBe(1);
  });

  test('names who could be protected and is left out, since the account is switched off', async () => {
    const dora = tenantObject('dora', { accountEnabled: false });
    const post = tenantObject('post', { kind: 'shared-mailbox', accountEnabled: false });
    const before = world.tenant.reading;
    world.tenant.reading = { ...before, objects: [...before.objects, dora, post] };
    await connectAndSync(world, contoso);
    const { counts } = await contoso.console.directory.state();
    expect(counts).toMatchObject({ eligible: 3, switchedOff: 1, ineligible: 12 });
    const choice = { protect: { kind: 'all' }, protectNewUsers: false } as const;
    const review = await contoso.console.installation.review(choice);
    expect(review).toMatchObject({ protect: 2, switchedOff: 1 });
    const ineligible = review.ineligible.map(({ count }) => count);
    expect(ineligible.reduce((sum, count) => sum + count, 0)).toBe(counts.ineligible);
  });

  test('protects everyone who can be, and tells each user in two mails to the work address', async () => {
    await connectAndSync(world, contoso);
    const review = await contoso.console.installation.review({
      protect: { kind: 'all' },
      protectNewUsers: true,
    });
    expect(review).toMatchObject({ protect: 2, requests: 2, listsAlreadyCopied: false });
    expect(review.domains).toEqual(['contoso.example']);
    await contoso.console.installation.install({ protect: { kind: 'all' }, protectNewUsers: true });
    await world.runJobs();
    expect((await contoso.console.users.coverage()).byState.asked).toBe(2);
    expect(
      world.spooled.map(({ head }) => String(head.envelope.recipients[0]?.address)).toSorted(),
    ).toEqual([
      'ada@contoso.example',
      'ada@contoso.example',
      'ben@contoso.example',
      'ben@contoso.example',
    ]);
    expect(world.spooled.every(({ head }) => head.origin === 'notice')).toBe(true);
    expect(
      world.spooled.every(({ mail }) => mail.headers['Auto-Submitted'] === 'auto-generated'),
    ).toBe(true);
  });

  test('happens once', async () => {
    await installEveryone(world, contoso);
    const again = { protect: { kind: 'all' }, protectNewUsers: true } as const;
    expect((await refusalFrom(contoso.console.installation.install(again))).code).toBe(
      'installation.already-done',
    );
  });
});
