import { expect, test } from 'vitest';
import { mayTakeBack, type SentDelivery } from './undo-send.ts';

const NOW = 1_000_000;
const waiting: SentDelivery = { state: 'queued', attempts: 0, dueAt: NOW + 1 };

test('a message can be taken back while all of it waits', () => {
  expect(mayTakeBack([waiting, waiting], NOW)).toBe(true);
});

test.each([
  ['is due', { dueAt: NOW }],
  ['is being sent', { state: 'leased' }],
  ['was delivered', { state: 'delivered', dueAt: null }],
  ['was tried before', { attempts: 1 }],
  ['was tried and waits', { state: 'deferred', attempts: 1 }],
  ['was discarded by somebody', { state: 'discarded', dueAt: null }],
] as const)('not when a part of it %s', (_what, change) => {
  expect(mayTakeBack([waiting, { ...waiting, ...change }], NOW)).toBe(false);
});
