import { endDrill, startDrill, type UserActor } from '@holdfast/application';
import { HOUR, SECOND } from '@holdfast/domain';
import { createNoticeTemplates } from '@holdfast/notifications';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMailWorld, type MailWorld } from './testing/mail-world.ts';
import { createOutside, giveChannel, type Outside } from './testing/reach.ts';

const PHONE = '+4915112345678';

let world: MailWorld;
let outside: Outside;
let ada: UserActor;
beforeEach(async () => {
  outside = createOutside();
  world = await createMailWorld({}, { ...outside.ports, templates: createNoticeTemplates });
  ada = await world.user('ada');
  await giveChannel(world, world.contoso, ada.userId, { kind: 'sms', value: PHONE });
  await world.relay();
});
afterEach(() => world.close());

const startPractice = () =>
  startDrill(world.ports, world.contoso.actor, {
    userIds: [ada.userId],
    reason: 'First drill',
    endsAt: world.ports.clock.now() + 2 * HOUR,
  });

async function runEverything(): Promise<void> {
  for (let round = 0; round < 3; round += 1) await world.runJobs();
}

test('a drill that ends while its notice is under way: who got it is told of the end, once', async () => {
  const { id: drillId } = await startPractice();
  world.advance(20 * SECOND);
  outside.meanwhile = async () => {
    outside.meanwhile = null;
    await endDrill(world.ports, world.contoso.actor, { drillId });
    // Who is told of it is decided now, when nobody counts as told of the start.
    await world.runJobs();
  };
  await runEverything();
  expect(outside.to(PHONE)).toEqual([
    expect.stringMatching(/^DRILL/),
    expect.stringMatching(/drill is over/),
  ]);
});

test('the longest that may be chosen can be chosen: it counts from the start, by no clock but the server’s', async () => {
  const userIds = [ada.userId];
  const { drill } = world.contoso.console;
  const { longestHours: hours } = await drill.preview({ userIds });
  const { id: drillId } = await drill.start({ userIds, reason: 'A long one', hours });
  const { startedAt, endsAt } = (await drill.report({ drillId })).drill;
  expect(Date.parse(endsAt) - Date.parse(startedAt)).toBe(hours * HOUR);
});
