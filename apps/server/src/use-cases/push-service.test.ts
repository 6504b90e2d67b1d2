import { urgencyOf } from '@holdfast/domain';
import { createPushService } from '@holdfast/notifications';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startSimulator, type Simulator } from './testing/simulator.ts';

let simulator: Simulator;
let origin: string;

beforeAll(async () => {
  simulator = await startSimulator();
  ({ controlUrl: origin } = (await simulator.control('/tenant')) as { controlUrl: string });
});
beforeEach(() => simulator.control('/reset', {}));
afterAll(() => simulator[Symbol.asyncDispose]());

function push(change: { readonly now?: number; readonly contact?: string } = {}) {
  return createPushService({
    contact: change.contact ?? 'mailto:operator@holdfast.example',
    trustedOrigin: origin,
    addresses: () => Promise.reject(new Error('a trusted service is not looked up')),
    clock: { now: () => change.now ?? Date.now() },
  });
}

test('a push service that checks all of RFC 8030 and 8292 takes what we send, and keeps the last of a topic', async () => {
  const service = push();
  const keys = await service.createKeys();
  const endpoint = `${origin}/push/phone`;
  for (const reason of ['mail', 'mail', 'state'] as const)
    expect(await service.send({ endpoint, keys, urgency: urgencyOf(reason) })).toEqual({
      kind: 'taken',
    });
  const common = { device: 'phone', bytes: 0, contact: 'mailto:operator@holdfast.example' };
  expect(await simulator.control('/push')).toMatchObject([
    { ...common, topic: 'mail', urgency: 'normal', ttl: 43_200 },
    { ...common, topic: 'state', urgency: 'high', ttl: 86_400 },
  ]);
});

test('keys that are not those of the subscription, and a device that is gone, are both the end of it', async () => {
  const service = push();
  const endpoint = `${origin}/push/tablet`;
  const urgency = urgencyOf('mail');
  const keys = await service.createKeys();
  await service.send({ endpoint, keys, urgency });
  const others = await service.createKeys();
  expect(await service.send({ endpoint, keys: others, urgency })).toMatchObject({ kind: 'gone' });
  await simulator.control('/push/tablet', { status: 410 });
  expect(await service.send({ endpoint, keys, urgency })).toMatchObject({ kind: 'gone' });
  await simulator.control('/push/tablet', { status: 429, retryAfter: '120' });
  expect(await service.send({ endpoint, keys, urgency })).toMatchObject({
    kind: 'later',
    retryAfter: 120_000,
  });
});

test('a proof that is over is refused there, and tried again here', async () => {
  const late = push({ now: Date.now() - 13 * 3_600_000 });
  const keys = await late.createKeys();
  const endpoint = `${origin}/push/phone`;
  const outcome = await late.send({ endpoint, keys, urgency: urgencyOf('mail') });
  expect(outcome).toMatchObject({ kind: 'later', detail: 'The push service answered 401' });
  expect(await simulator.control('/push')).toEqual([]);
});
