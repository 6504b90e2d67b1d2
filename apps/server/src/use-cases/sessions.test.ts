import {
  createSetUpLink,
  findAdministratorSession,
  SIGN_IN_ATTEMPTS_PER_EMAIL,
  SIGN_IN_ATTEMPTS_PER_EMAIL_AND_IP,
  SIGN_IN_ATTEMPTS_PER_IP,
} from '@holdfast/application';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refusalFrom } from './testing/refusal.ts';
import { createWorld, OWNER, type World } from './testing/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

async function signIn(email: string, password: string, ip = '192.0.2.1'): Promise<string> {
  let token = '';
  const startSession = (given: string): void => {
    token = given;
  };
  await world.caller(null, { startSession, ip }).session.signIn({ email, password });
  return token;
}

describe('signing in', () => {
  test('opens a session of 12 hours that signing out ends', async () => {
    const { actor } = await world.organisation('Contoso');
    const token = await signIn(actor.email.toUpperCase(), OWNER.password);
    const find = () => findAdministratorSession(world.ports, { token, ip: '192.0.2.1' });
    expect(await find()).toEqual(actor);
    await world.caller(actor, { sessionToken: token }).session.signOut();
    expect(await find()).toBeNull();
    const second = await signIn(actor.email, OWNER.password);
    world.advance(12 * 3_600_000 + 1);
    expect(await findAdministratorSession(world.ports, { token: second, ip: '' })).toBeNull();
  });

  test('answers alike, and works alike, for a wrong password and an unknown address', async () => {
    const { actor } = await world.organisation('Contoso');
    const checks = world.passwordChecks();
    const wrong = await refusalFrom(signIn(actor.email, 'wrong'));
    const unknown = await refusalFrom(signIn('nobody@contoso.example', 'wrong'));
    expect([wrong.code, wrong.message]).toEqual([unknown.code, unknown.message]);
    expect(wrong.code).toBe('session.wrong-credentials');
    expect(world.passwordChecks() - checks).toBe(2);
  });

  test('is limited per address and IP, also for the right password, until the window is over', async () => {
    const { actor } = await world.organisation('Contoso');
    for (let attempt = 0; attempt < SIGN_IN_ATTEMPTS_PER_EMAIL_AND_IP; attempt += 1) {
      await refusalFrom(signIn(actor.email, 'wrong'));
    }
    expect((await refusalFrom(signIn(actor.email, OWNER.password))).code).toBe(
      'session.too-many-attempts',
    );
    world.advance(15 * 60_000 + 1);
    await expect(signIn(actor.email, OWNER.password)).resolves.toHaveLength(64);
  });

  test('right passwords do not add up: a script may sign in for each of its steps', async () => {
    const { actor } = await world.organisation('Contoso');
    for (let attempt = 0; attempt <= SIGN_IN_ATTEMPTS_PER_IP; attempt += 1) {
      await expect(signIn(actor.email, OWNER.password)).resolves.toHaveLength(64);
    }
  });

  test('a stranger who types wrong passwords does not lock the administrator out', async () => {
    const { actor } = await world.organisation('Contoso');
    for (let attempt = 0; attempt <= SIGN_IN_ATTEMPTS_PER_IP; attempt += 1) {
      await refusalFrom(signIn(actor.email, 'wrong', '198.51.100.66'));
    }
    await expect(signIn(actor.email, OWNER.password)).resolves.toHaveLength(64);
  });

  test('a network of IPv6 is one client, whatever addresses a guesser takes of it', async () => {
    const { actor } = await world.organisation('Contoso');
    for (let attempt = 0; attempt < SIGN_IN_ATTEMPTS_PER_EMAIL_AND_IP; attempt += 1)
      await refusalFrom(signIn(actor.email, 'wrong', `2001:db8:1:2::${attempt}`));
    const next = await refusalFrom(signIn(actor.email, OWNER.password, '2001:db8:1:2:ffff::1'));
    expect(next.code).toBe('session.too-many-attempts');
    await expect(signIn(actor.email, OWNER.password, '2001:db8:1:3::1')).resolves.toHaveLength(64);
  });

  test('guessing from many IP addresses is limited too', async () => {
    const { actor } = await world.organisation('Contoso');
    for (let attempt = 0; attempt < SIGN_IN_ATTEMPTS_PER_EMAIL; attempt += 1) {
      await refusalFrom(signIn(actor.email, 'wrong', `198.51.100.${attempt}`));
    }
    const next = await refusalFrom(signIn(actor.email, 'wrong', '203.0.113.1'));
    expect(next.code).toBe('session.too-many-attempts');
  });
});

describe('the set-up link', () => {
  const input = { organisation: 'Contoso', ...OWNER };

  test('makes the first administrator, signs them in, and works once', async () => {
    const link = await createSetUpLink(world.ports);
    const token = link?.token ?? '';
    let session = '';
    const startSession = (given: string): void => {
      session = given;
    };
    await world.caller(null, { startSession }).session.setUp({ ...input, token });
    const actor = await findAdministratorSession(world.ports, { token: session, ip: '' });
    expect(actor?.email).toBe(OWNER.email);
    const me = await world.caller(actor).session.me();
    expect(me).toMatchObject({
      administrator: { role: 'owner' },
      organisation: { name: 'Contoso', installed: false, connected: false },
      event: null,
    });
    const again = world.caller(null).session.setUp({ ...input, token, email: 'eve@x.example' });
    expect((await refusalFrom(again)).code).toBe('session.set-up-link-invalid');
    expect(await createSetUpLink(world.ports)).toBeNull();
  });

  test('runs out after a day, and a newer one replaces it', async () => {
    const first = await createSetUpLink(world.ports);
    const second = await createSetUpLink(world.ports);
    const use = (token: string | undefined) =>
      refusalFrom(world.caller(null).session.setUp({ ...input, token: token ?? '' }));
    expect((await use(first?.token)).code).toBe('session.set-up-link-invalid');
    world.advance(86_400_001);
    expect((await use(second?.token)).code).toBe('session.set-up-link-invalid');
  });
});
