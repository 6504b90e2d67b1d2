import { expect, it } from 'vitest';
import { isCode, readProblem } from './problem.ts';

const refusal = { code: 'lists.own-domain', message: 'No.', fields: { 'values.1': 'Own domain.' } };

it('reads the refusal with its fields', () => {
  const error = Object.assign(new Error('x'), { data: { appError: refusal } });
  expect(readProblem(error)).toEqual({ kind: 'refused', error: refusal });
  expect(isCode(error, 'lists.own-domain')).toBe(true);
});

it.each([
  new Error('fetch failed'),
  null,
  { data: null },
  { data: { appError: { code: 'made-up', message: 'x' } } },
])('takes whatever is not our refusal for a server that was not reached', (error) => {
  expect(readProblem(error)).toEqual({ kind: 'unreachable' });
});
