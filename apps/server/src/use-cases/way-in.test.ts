import { findUserSession, requestWayIn, useWayIn, type WayIn } from '@holdfast/application';
import { MINUTE, WAY_IN_MAX_FAILURES } from '@holdfast/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOutside, giveChannel, wayInOf, type Outside } from './testing/reach.ts';
import { refusalCode } from './testing/refusal-code.ts';
import { idOf, installEveryone } from './testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

const ADA = 'ada@contoso.example';
const PHONE = '+4915123456780';
const INBOX = 'ada@posteo.example';
const HERE = { ip: '192.0.2.1', userAgent: null };
const ELSEWHERE = { ip: '198.51.100.66', userAgent: null };

let world: World;
let contoso: OrganisationHandle;
let outside: Outside;
let ada: string;

beforeEach(async () => {
  outside = createOutside();
  world = await createWorld(outside.ports);
  contoso = await world.organisation('Contoso');
  await installEveryone(world, contoso);
  ada = await idOf(contoso, 'ada');
});
afterEach(() => world.close());

async function ask(login = ADA, ip = HERE.ip): Promise<string> {
  const { ticket } = await requestWayIn(world.ports, { login, ip });
  await world.runJobs();
  return ticket;
}

const enter = (way: WayIn, login = ADA, visitor = HERE): Promise<string> =>
  refusalCode(useWayIn(world.ports, { login, way, ...visitor }));

describe('a way in', () => {
  test('goes to every verified channel, and lets in once by its code', async () => {
    await giveChannel(world, contoso, ada, { kind: 'sms', value: PHONE });
    await giveChannel(world, contoso, ada, { kind: 'email', value: INBOX });
    const ticket = await ask();
    const { code } = wayInOf(outside.to(PHONE));
    expect(code).toMatch(/^\d{8}$/);
    expect(wayInOf(outside.to(INBOX)).code).toBe(code);
    const spoken = `${code.slice(0, 4)} ${code.slice(4)}`;
    const session = await useWayIn(world.ports, {
      login: ADA,
      way: { kind: 'code', code: spoken, ticket },
      ...HERE,
    });
    expect(session.mustChoosePassword).toBe(false);
    expect(await findUserSession(world.ports, { token: session.token, ip: '' })).toMatchObject({
      actor: { userId: ada },
    });
    expect(await enter({ kind: 'code', code, ticket })).toBe('session.way-in-wrong');
    const { link } = wayInOf(outside.to(INBOX));
    expect(await enter({ kind: 'link', link })).toBe('session.way-in-wrong');
  });

  test('lets in by its link on another device, and a replayed link does not', async () => {
    await giveChannel(world, contoso, ada, { kind: 'email', value: INBOX });
    await ask();
    const { link } = wayInOf(outside.to(INBOX));
    expect(await enter({ kind: 'link', link }, ADA, ELSEWHERE)).toBe('let in');
    expect(await enter({ kind: 'link', link }, ADA, ELSEWHERE)).toBe('session.way-in-wrong');
  });

  test('is over after its time, and is not sent any more when the worker was away as long', async () => {
    await giveChannel(world, contoso, ada, { kind: 'sms', value: PHONE });
    const ticket = await ask();
    const { code } = wayInOf(outside.to(PHONE));
    world.advance(15 * MINUTE);
    expect(await enter({ kind: 'code', code, ticket })).toBe('session.way-in-wrong');
    await requestWayIn(world.ports, { login: ADA, ip: HERE.ip });
    world.advance(15 * MINUTE);
    await world.runJobs();
    expect(outside.to(PHONE)).toHaveLength(1);
  });

  test('goes to no channel that was given and never verified', async () => {
    const given = { state: 'given', value: PHONE, givenAt: 0, challenge: null } as const;
    await giveChannel(world, contoso, ada, { kind: 'sms', value: PHONE, state: given });
    await ask();
    expect(outside.told).toEqual([]);
  });

  test('goes to nobody who was disabled, and lets them in no more', async () => {
    await giveChannel(world, contoso, ada, { kind: 'sms', value: PHONE });
    const ticket = await ask();
    const { code } = wayInOf(outside.to(PHONE));
    await contoso.console.users.saveProtection({ unprotect: [ada] });
    expect(await enter({ kind: 'code', code, ticket })).toBe('session.way-in-wrong');
    await ask();
    expect(outside.to(PHONE)).toHaveLength(1);
  });

  test('is never in a job or a row', async () => {
    await giveChannel(world, contoso, ada, { kind: 'sms', value: PHONE });
    await ask();
    const { code, link } = wayInOf(outside.to(PHONE));
    const rows = await world.ports.database.withinOrganisation(contoso.id, ({ signIn }) =>
      signIn.lockCodes(ada, 0),
    );
    const kept = JSON.stringify([world.jobs, rows]);
    expect(kept).not.toContain(code);
    expect(kept).not.toContain(link);
  });
});

describe('an attacker', () => {
  test('learns from asking neither by words nor by what happens whether a login exists', async () => {
    await giveChannel(world, contoso, ada, { kind: 'sms', value: PHONE });
    const before = world.jobs.length;
    const known = await requestWayIn(world.ports, { login: ADA, ip: ELSEWHERE.ip });
    const unknown = await requestWayIn(world.ports, {
      login: 'nobody@contoso.example',
      ip: ELSEWHERE.ip,
    });
    expect(Object.keys(known)).toEqual(Object.keys(unknown));
    expect(known.ticket).toHaveLength(unknown.ticket.length);
    expect(world.jobs.slice(before).map(({ name }) => name)).toEqual([
      'portal.way-in',
      'portal.way-in',
    ]);
    const way = { kind: 'link', link: 'guessed' } as const;
    expect(await enter(way, ADA, ELSEWHERE)).toBe(
      await enter(way, 'nobody@contoso.example', ELSEWHERE),
    );
  });

  test('who has the link alone, forwarded or as a scanner that presses every button, is not let in', async () => {
    await giveChannel(world, contoso, ada, { kind: 'email', value: INBOX });
    await ask();
    const { link } = wayInOf(outside.to(INBOX));
    for (const login of ['', 'ben@contoso.example', INBOX])
      expect(await enter({ kind: 'link', link }, login, ELSEWHERE)).toBe('session.way-in-wrong');
    expect(await enter({ kind: 'link', link })).toBe('let in');
  });

  test('who sees the code of a shared number needs the login, and the browser that asked', async () => {
    await giveChannel(world, contoso, ada, { kind: 'sms', value: PHONE, shared: true });
    const ticket = await ask();
    expect(outside.to(PHONE).at(-1)).toContain(`of ${ADA}`);
    const { code } = wayInOf(outside.to(PHONE));
    const other = await ask('ben@contoso.example', ELSEWHERE.ip);
    expect(await enter({ kind: 'code', code, ticket }, 'ben@contoso.example')).toBe(
      'session.way-in-wrong',
    );
    expect(await enter({ kind: 'code', code, ticket: other }, ADA, ELSEWHERE)).toBe(
      'session.way-in-wrong',
    );
    expect(await enter({ kind: 'code', code, ticket })).toBe('let in');
  });

  test('guesses five times at a code of their own asking, and uses up none of the tries of others', async () => {
    await giveChannel(world, contoso, ada, { kind: 'sms', value: PHONE });
    const own = await ask();
    const { code } = wayInOf(outside.to(PHONE));
    const theirs = await ask(ADA, ELSEWHERE.ip);
    const guessed = wayInOf(outside.to(PHONE)).code;
    for (let guess = 0; guess < WAY_IN_MAX_FAILURES; guess += 1) {
      const visitor = { ip: `203.0.113.${guess}`, userAgent: null };
      await enter({ kind: 'code', code: `0000000${guess}`, ticket: theirs }, ADA, visitor);
    }
    const visitor = { ip: '203.0.113.99', userAgent: null };
    expect(await enter({ kind: 'code', code: guessed, ticket: theirs }, ADA, visitor)).toBe(
      'session.way-in-wrong',
    );
    expect(await enter({ kind: 'code', code, ticket: own })).toBe('let in');
  });
});
