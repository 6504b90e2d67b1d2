import {
  listMailbox,
  sendMessage,
  settleEvent,
  undoSend,
  type UserActor,
} from '@holdfast/application';
import { DAY, HOUR, MINUTE, SECOND } from '@holdfast/domain';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMailWorld, type MailWorld } from './testing/mail-world.ts';
import { uploadWhole } from './testing/upload-whole.ts';

let world: MailWorld;
let ada: UserActor;
let writtenAt: number;
let eventId: string;
beforeEach(async () => {
  world = await createMailWorld();
  ada = await world.user('ada');
  await world.contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'a test' });
  await world.relay();
  world.handed.length = 0;
  const now = world.ports.clock.now();
  eventId = await world.ports.database.withinOrganisation(world.contoso.id, async ({ events }) => {
    const event = await events.current();
    await events.recordSignIn(event?.id ?? '', ada.userId, now);
    return event?.id ?? '';
  });
  world.advance(HOUR);
  writtenAt = world.ports.clock.now();
});
afterEach(() => world.close());

function written(
  change: {
    readonly key?: string;
    readonly writtenAt?: number;
    readonly as?: string;
    readonly uploadIds?: readonly string[];
  } = {},
) {
  return sendMessage(world.ports, ada, {
    key: randomUUID(),
    to: ['lee@fabrikam.example'],
    cc: [],
    subject: 'From a tunnel',
    text: 'Hello',
    about: null,
    uploadIds: [],
    writtenAt,
    ...change,
  });
}

async function end(): Promise<void> {
  await world.contoso.console.event.end({ typed: 'end anyway' });
  await settleEvent(world.ports, world.contoso.id);
}

async function codeOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'taken',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  );
}

test('written during the event, it leaves up to 14 days after the end, and is looked for in Sent Items', async () => {
  world.advance(MINUTE);
  await end();
  world.advance(13 * DAY);
  const key = randomUUID();
  const { undoUntil } = await written({ key });
  expect(undoUntil).not.toBeNull();
  world.advance(30 * SECOND);
  await world.relay();
  expect(world.handed.map(({ recipients }) => recipients)).toEqual([['lee@fabrikam.example']]);
  const { items } = await listMailbox(world.ports, ada, {
    folder: 'sent',
    limit: 10,
    before: null,
  });
  expect(items.map(({ subject }) => subject)).toEqual(['From a tunnel']);
  expect(world.jobs).toContainEqual(
    expect.objectContaining({
      name: 'event.put-back',
      id: `event.put-back:${eventId}:late:${key}`,
    }),
  );
});

test('its files may go up after the end as well', async () => {
  await end();
  world.advance(13 * DAY);
  const file = { name: 'plan.txt', type: 'text/plain', content: Buffer.from('Gate 6') };
  const { id } = await uploadWhole(world.ports, ada, file);
  await written({ uploadIds: [id] });
  world.advance(30 * SECOND);
  await world.relay();
  expect(world.handed[0]?.message.toString()).toContain('plan.txt');
});

test('its answer lost and asked for again much later, it is the same message and not called unsent', async () => {
  const key = randomUUID();
  const first = await written({ key });
  world.advance(30 * SECOND);
  await world.relay();
  await end();
  world.advance(40 * DAY);
  await settleEvent(world.ports, world.contoso.id);
  expect((await written({ key })).messageId).toBe(first.messageId);
  await world.relay();
  expect(world.handed).toHaveLength(1);
});

test('after 14 days, or written after the end, it is refused and stays with its author', async () => {
  await end();
  world.advance(HOUR);
  expect(await codeOf(written({ writtenAt: world.ports.clock.now() }))).toBe('mailbox.read-only');
  world.advance(14 * DAY);
  expect(await codeOf(written())).toBe('mailbox.read-only');
});

test('it can be taken back like any other', async () => {
  await end();
  const key = randomUUID();
  await written({ key });
  await world.ingest();
  expect((await undoSend(world.ports, ada, { key })).text).toContain('Hello');
  world.advance(30 * SECOND);
  await world.relay();
  expect(world.handed).toEqual([]);
});

test('on a shared device, what one person wrote never leaves as another', async () => {
  expect(await codeOf(written({ as: 'ben@contoso.example' }))).toBe('session.other-user');
  expect(await codeOf(written({ as: 'Ada@contoso.example' }))).toBe('taken');
});
