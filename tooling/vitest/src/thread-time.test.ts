import { expect, test } from 'vitest';
import { startThreadTime } from './thread-time.ts';

test('counts what is computed, and not what is waited for', () => {
  const took = startThreadTime();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
  expect(took()).toBeLessThan(500);
  const began = performance.now();
  while (took() < 500);
  // Nobody is given more than a whole processor.
  expect(performance.now() - began).toBeGreaterThan(400);
});
