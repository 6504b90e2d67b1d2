import { requestWayIn, startDrill, startEvent } from '@holdfast/application';
import { HOUR, SECOND } from '@holdfast/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOutside, giveChannel, type Outside } from './testing/reach.ts';
import { idOf, installEveryone } from './testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

const PHONE = '+4915123456780';
const INBOX = 'ada@posteo.example';

let world: World;
let contoso: OrganisationHandle;
let outside: Outside;
let ada: string;
let down: 'sms' | 'email' | 'both' | null;
let said: (to: string) => string;

beforeEach(async () => {
  outside = createOutside();
  down = 'sms';
  said = () => 'The gateway is down';
  const { sms, alternateEmail } = outside.ports;
  const refused = (to: string) => ({ ok: false, permanent: false, detail: said(to) }) as const;
  const isDown = (kind: 'sms' | 'email') => down === kind || down === 'both';
  world = await createWorld({
    sms: { send: async (message) => (isDown('sms') ? refused(message.to) : sms.send(message)) },
    alternateEmail: {
      send: async (message) =>
        isDown('email') ? refused(message.to) : alternateEmail.send(message),
    },
  });
  contoso = await world.organisation('Contoso');
  await installEveryone(world, contoso);
  ada = await idOf(contoso, 'ada');
  await giveChannel(world, contoso, ada, { kind: 'sms', value: PHONE });
  await giveChannel(world, contoso, ada, { kind: 'email', value: INBOX });
  while ((await world.runJobs()).length > 0);
});
afterEach(() => world.close());

const told = () => [outside.to(PHONE).length, outside.to(INBOX).length];

/** The gateway comes back, and what was refused is tried again. */
async function tryAgain(): Promise<void> {
  down = null;
  await world.runJobs();
}

/** Over the other channel at once, and over the one that was down as soon as it is not. */
async function expectToldOnceOverEach(): Promise<void> {
  world.advance(20 * SECOND);
  await world.runJobs();
  await expect(world.runJobs()).rejects.toThrow('The gateway is down');
  expect(told()).toEqual([0, 1]);
  await tryAgain();
  expect(told()).toEqual([1, 1]);
}

describe('a gateway that is down keeps nobody from hearing over the other channel at once', () => {
  test('of an event, and what is tried again is said once over each', async () => {
    await startEvent(world.ports, contoso.actor, {
      scope: { kind: 'users', userIds: [ada] },
      reason: 'Office 365 is down',
      relay: 'keep-trying',
      endsAt: null,
    });
    await expectToldOnceOverEach();
  });

  test('of a drill', async () => {
    await startDrill(world.ports, contoso.actor, {
      userIds: [ada],
      reason: 'First drill',
      endsAt: world.ports.clock.now() + HOUR,
    });
    await expectToldOnceOverEach();
  });

  test('of a way in that they have asked for', async () => {
    down = 'email';
    await requestWayIn(world.ports, { login: 'ada@contoso.example', ip: '192.0.2.1' });
    await expect(world.runJobs()).rejects.toThrow('The gateway is down');
    expect(told()).toEqual([1, 0]);
    await tryAgain();
    expect(told()).toEqual([1, 1]);
  });
});

test('what a host or a gateway says when it refuses somebody is kept without their number and address', async () => {
  said = (to) => `550 5.1.1 <${to.toUpperCase()}>: nobody here (${to.replace('+', '')})`;
  down = 'both';
  await startEvent(world.ports, contoso.actor, {
    scope: { kind: 'users', userIds: [ada] },
    reason: 'Office 365 is down',
    relay: 'keep-trying',
    endsAt: null,
  });
  world.advance(20 * SECOND);
  await world.runJobs();
  const thrown = await world.runJobs().catch(String);
  const event = await world.ports.database.withinOrganisation(contoso.id, async (r) => {
    const current = await r.events.current();
    return r.notices.ofEvent(current?.id ?? '');
  });
  const details = event.map(({ detail }) => detail);
  expect(details.toSorted()).toEqual([
    '550 5.1.1 <a••••@posteo.example>: nobody here (a••••@posteo.example)',
    '550 5.1.1 <••80>: nobody here (••80)',
  ]);
  for (const text of [...details, thrown]) expect(text).not.toMatch(/ada@posteo|4915123/i);
});
