import { expect, test } from 'vitest';
import { createAnswerCache } from './answer-cache.ts';

test('an answer holds for its lifetime', async () => {
  let now = 0;
  const cache = createAnswerCache<string>({ capacity: 10, now: () => now });
  await cache.obtain('a', () => Promise.resolve({ value: 'one', lifetime: 100 }));
  now = 99;
  expect(cache.peek('a')).toBe('one');
  now = 100;
  expect(cache.peek('a')).toBeUndefined();
});

test('equal questions at the same time are asked once', async () => {
  const cache = createAnswerCache<string>({ capacity: 10 });
  let asked = 0;
  const ask = async () => {
    asked += 1;
    return Promise.resolve({ value: `answer ${asked}`, lifetime: 0 });
  };
  const answers = await Promise.all([cache.obtain('a', ask), cache.obtain('a', ask)]);
  expect(answers).toEqual(['answer 1', 'answer 1']);
  expect(await cache.obtain('a', ask)).toBe('answer 2');
});

test('what is not used makes room, and what is used stays', async () => {
  const cache = createAnswerCache<string>({ capacity: 100 });
  const learn = (key: string) =>
    cache.obtain(key, () => Promise.resolve({ value: key, lifetime: 60_000 }));
  await learn('used');
  await learn('unused');
  for (let index = 0; index < 1000; index += 1) {
    await learn(String(index));
    expect(cache.peek('used')).toBe('used');
  }
  expect(cache.peek('unused')).toBeUndefined();
  const kept = Array.from({ length: 1000 }, (_, index) => cache.peek(String(index)));
  expect(kept.filter((value) => value !== undefined).length).toBeLessThanOrEqual(100);
});

test('a failure reaches everyone who waits and is not kept', async () => {
  const cache = createAnswerCache<string>({ capacity: 2 });
  const fail = () => Promise.reject(new Error('no'));
  const both = await Promise.allSettled([cache.obtain('a', fail), cache.obtain('a', fail)]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await cache.obtain('a', () => Promise.resolve({ value: 'yes', lifetime: 1 }))).toBe('yes');
});
