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

test('what is used longest ago makes room', async () => {
  const cache = createAnswerCache<string>({ capacity: 2 });
  const learn = (key: string) =>
    cache.obtain(key, () => Promise.resolve({ value: key, lifetime: 1000 }));
  await learn('a');
  await learn('b');
  cache.peek('a');
  await learn('c');
  expect(['a', 'b', 'c'].map((key) => cache.peek(key))).toEqual(['a', undefined, 'c']);
});

test('a failure reaches everyone who waits and is not kept', async () => {
  const cache = createAnswerCache<string>({ capacity: 2 });
  const fail = () => Promise.reject(new Error('no'));
  const both = await Promise.allSettled([cache.obtain('a', fail), cache.obtain('a', fail)]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await cache.obtain('a', () => Promise.resolve({ value: 'yes', lifetime: 1 }))).toBe('yes');
});
