import { createFakeLog } from '@holdfast/testkit';
import { expect, test, vi } from 'vitest';
import { runLoop } from './loop.ts';

const HOUR = 3_600_000;

test('a wake during a turn leaves out the pause after it: the turn may have looked too early', async () => {
  let turns = 0;
  const gate = Promise.withResolvers<void>();
  const loop = runLoop({
    name: 'test',
    pause: HOUR,
    log: createFakeLog(),
    turn: async () => {
      turns += 1;
      if (turns === 1) await gate.promise;
      return false;
    },
  });
  loop.wake();
  gate.resolve();
  await vi.waitFor(() => expect(turns).toBe(2), 10_000);
  await loop.stop();
  expect(turns).toBe(2);
});
