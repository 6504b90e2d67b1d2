import {
  ATTEMPTS_PER_CLIENT,
  ATTEMPTS_PER_LOGIN,
  ATTEMPTS_PER_LOGIN_AND_CLIENT,
  requestWayIn,
  signInUser,
  useWayIn,
  WAYS_IN_PER_CLIENT,
  WAYS_IN_PER_LOGIN,
  WAYS_IN_PER_LOGIN_AND_CLIENT,
} from '@holdfast/application';
import { HOUR, MINUTE } from '@holdfast/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refusalCode } from './testing/refusal-code.ts';
import { createWorld, type World } from './testing/world.ts';

const ADA = 'ada@contoso.example';
const TOO_MANY = 'session.too-many-attempts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

type Attempt = (login: string, ip: string) => Promise<string>;

const WAYS: readonly (readonly [string, Attempt])[] = [
  [
    'a password',
    (login, ip) =>
      refusalCode(signInUser(world.ports, { login, ip, password: 'wrong', userAgent: null })),
  ],
  [
    'a code',
    (login, ip) =>
      refusalCode(
        useWayIn(world.ports, {
          login,
          ip,
          userAgent: null,
          way: { kind: 'code', code: '00000000', ticket: 'x' },
        }),
      ),
  ],
  [
    'a link',
    (login, ip) =>
      refusalCode(
        useWayIn(world.ports, { login, ip, userAgent: null, way: { kind: 'link', link: 'x' } }),
      ),
  ],
];
const askedFor: Attempt = (login, ip) => refusalCode(requestWayIn(world.ports, { login, ip }));

/** As if so many had been made, without the time that they take. */
async function count(keys: readonly string[], times: number): Promise<void> {
  const now = world.ports.clock.now();
  await world.ports.database.acrossOrganisations(async (system) => {
    for (const key of keys)
      for (let attempt = 0; attempt < times; attempt += 1)
        await system.countAttempt(key, now, HOUR);
  });
}

describe.each(WAYS)('guessing at %s', (_name, attempt) => {
  test('ends for this login and network, and goes on from others: nobody is locked out by a stranger', async () => {
    for (let guess = 0; guess < ATTEMPTS_PER_LOGIN_AND_CLIENT; guess += 1)
      expect(await attempt(ADA, '198.51.100.66')).not.toBe(TOO_MANY);
    expect(await attempt(ADA, '198.51.100.66')).toBe(TOO_MANY);
    expect(await attempt(ADA, '192.0.2.1')).not.toBe(TOO_MANY);
    expect(await attempt('ben@contoso.example', '198.51.100.66')).not.toBe(TOO_MANY);
    world.advance(15 * MINUTE + 1);
    expect(await attempt(ADA, '198.51.100.66')).not.toBe(TOO_MANY);
  });

  test('goes on in an office of hundreds behind one address, and ends for a sprayer', async () => {
    await count(['portal-client:198.51.100.66'], ATTEMPTS_PER_CLIENT - 1);
    expect(await attempt('ben@contoso.example', '198.51.100.66')).not.toBe(TOO_MANY);
    expect(await attempt(ADA, '198.51.100.66')).toBe(TOO_MANY);
  });

  test('is one network with IPv6, whatever addresses a guesser takes of it', async () => {
    for (let guess = 0; guess < ATTEMPTS_PER_LOGIN_AND_CLIENT; guess += 1)
      await attempt(ADA, `2001:db8:1:2::${guess.toString(16)}`);
    expect(await attempt(ADA, '2001:db8:1:2:ffff::1')).toBe(TOO_MANY);
    expect(await attempt(ADA, '2001:db8:1:3::1')).not.toBe(TOO_MANY);
  });
});

test('a password ends for a login from everywhere, what was sent does not: a stranger with many networks keeps nobody out', async () => {
  await count([`portal-login:${ADA}`], ATTEMPTS_PER_LOGIN);
  const outcomes: string[] = [];
  for (const [, attempt] of WAYS) outcomes.push(await attempt(ADA, '192.0.2.1'));
  expect(outcomes).toEqual([TOO_MANY, 'session.way-in-wrong', 'session.way-in-wrong']);
});

test('guesses add up over all ways: whoever may guess no password may guess no code', async () => {
  for (let guess = 0; guess < ATTEMPTS_PER_LOGIN_AND_CLIENT; guess += 1)
    await WAYS[guess % WAYS.length]?.[1](ADA, '198.51.100.66');
  for (const [, attempt] of WAYS) expect(await attempt(ADA, '198.51.100.66')).toBe(TOO_MANY);
});

describe('asking for a way in', () => {
  test.each([
    [
      'from one network',
      'way-in-login-client:ada@contoso.example 192.0.2.1',
      WAYS_IN_PER_LOGIN_AND_CLIENT,
    ],
    ['from everywhere', 'way-in-login:ada@contoso.example', WAYS_IN_PER_LOGIN],
    ['for everybody of a network', 'way-in-client:192.0.2.1', WAYS_IN_PER_CLIENT],
  ])('ends %s', async (_name, key, most) => {
    await count([key], most - 1);
    expect(await askedFor(ADA, '192.0.2.1')).toBe('let in');
    expect(await askedFor(ADA, '192.0.2.1')).toBe(TOO_MANY);
  });

  test('costs no tries at passwords and codes', async () => {
    for (let asked = 0; asked < WAYS_IN_PER_LOGIN_AND_CLIENT; asked += 1)
      await askedFor(ADA, '192.0.2.1');
    expect(await WAYS[0]?.[1](ADA, '192.0.2.1')).toBe('session.wrong-credentials');
  });
});
