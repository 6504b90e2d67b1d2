import { expect, test } from 'vitest';
import { inTime } from './in-time.ts';

test('what is over in time is waited for, and its failure is heard', async () => {
  await expect(inTime(Promise.resolve(), 1000)).resolves.toBe(true);
  await expect(inTime(Promise.reject(new Error('no')), 1000)).rejects.toThrow('no');
});

test('what hangs is left alone, whatever becomes of it', async () => {
  const { promise, reject } = Promise.withResolvers<undefined>();
  await expect(inTime(promise, 1)).resolves.toBe(false);
  reject(new Error('late'));
});
