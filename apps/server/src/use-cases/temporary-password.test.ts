import { signInUser } from '@holdfast/application';
import { HOUR, SECOND } from '@holdfast/domain';
import { createNoticeTemplates } from '@holdfast/notifications';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createOutside, giveChannel, type Outside } from './testing/reach.ts';
import { refusalCode } from './testing/refusal-code.ts';
import { idOf, installEveryone } from './testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

const PHONE = '+4915123456780';

let world: World;
let contoso: OrganisationHandle;
let outside: Outside;

beforeEach(async () => {
  outside = createOutside();
  world = await createWorld({ ...outside.ports, templates: createNoticeTemplates });
  contoso = await world.organisation('Contoso');
  await installEveryone(world, contoso);
  const ada = await idOf(contoso, 'ada');
  await giveChannel(world, contoso, ada, { kind: 'sms', value: PHONE });
  await contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'a test' });
  world.advance(20 * SECOND);
  while ((await world.runJobs()).length > 0);
});
afterEach(() => world.close());

function enter(change: { readonly login?: string } = {}): Promise<string> {
  const password = /assword:? ?(\S+)/i.exec(outside.to(PHONE)[0] ?? '')?.[1] ?? '';
  expect(password).not.toBe('');
  const visitor = { ip: '192.0.2.7', userAgent: null };
  return refusalCode(
    signInUser(world.ports, { login: 'ada@contoso.example', password, ...visitor, ...change }),
  );
}

test('the password of a notice lets in once, also when it is typed on two devices at the same instant', async () => {
  const both = await Promise.all([enter(), enter()]);
  expect(both.toSorted()).toEqual(['let in', 'session.wrong-credentials']);
  expect(await enter()).toBe('session.wrong-credentials');
});

test('the password of a notice lets in while the directory is read and the event is changed, and waits for neither', async () => {
  await world.ports.database.withinOrganisation(contoso.id, async ({ organisation, events }) => {
    await organisation.lock();
    const event = await events.lockCurrent();
    if (event !== null) await events.append(event, [], 'system', world.ports.clock.now());
    expect(await enter()).toBe('let in');
  });
});

test('the password of a notice lets nobody else in, and nobody after half a day', async () => {
  expect(await enter({ login: 'ben@contoso.example' })).toBe('session.wrong-credentials');
  world.advance(12 * HOUR);
  expect(await enter()).toBe('session.wrong-credentials');
});
