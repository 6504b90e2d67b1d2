import { expect, test } from 'vitest';
import {
  ABSENCE_LIFETIME,
  ANSWER_LIFETIME,
  FAILURE_LIFETIME,
  createCachingResolver,
} from './caching-resolver.ts';

function resolverWith(answer: () => Promise<string[]>) {
  const state = { now: 0, asked: 0, replies: [] as boolean[] };
  const resolve = createCachingResolver({
    resolver: {
      resolve: (() => {
        state.asked += 1;
        return answer();
      }) as never,
    },
    onReply: (answered) => state.replies.push(answered),
    now: () => state.now,
  });
  return { state, resolve };
}
const failing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));

test.each([
  ['an answer', () => Promise.resolve(['x']), ANSWER_LIFETIME, true],
  ['an absence', failing('ENOTFOUND'), ABSENCE_LIFETIME, true],
  ['a failure', failing('ESERVFAIL'), FAILURE_LIFETIME, true],
  ['silence', failing('ETIMEOUT'), FAILURE_LIFETIME, false],
])('%s is remembered for its own time', async (_name, answer, lifetime, answered) => {
  const { state, resolve } = resolverWith(answer);
  const ask = () => resolve('A.example', 'TXT').catch((error: { code: string }) => error.code);
  const first = await ask();
  state.now = lifetime - 1;
  expect(await ask()).toEqual(first);
  expect(state.asked).toBe(1);
  state.now = lifetime;
  expect(await ask()).toEqual(first);
  expect(state.asked).toBe(2);
  expect(state.replies).toEqual([answered, answered]);
});

test('nobody can change what others get', async () => {
  const { resolve } = resolverWith(() => Promise.resolve(['b', 'a']));
  (await resolve('a.example', 'MX')).sort();
  expect(await resolve('a.example', 'MX')).toEqual(['b', 'a']);
});
