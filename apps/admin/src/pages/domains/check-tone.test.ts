import type { DomainView } from '@holdfast/contracts';
import { expect, test } from 'vitest';
import { countChecks, needsSomebody, worstTone } from './check-tone.ts';

type Check = DomainView['checks'][number];

const check = (result: Check['result']): Check => ({
  check: 'spf',
  result,
  findings: [],
  seen: [],
  ttl: null,
});

test('the worst of all checks is what the closed section says', () => {
  const tone = (...results: readonly Check['result'][]) =>
    worstTone(countChecks(results.map(check)));
  expect(tone('good', 'note')).toBe('good');
  expect(tone('good', 'unknown')).toBe('hollow');
  expect(tone('unknown', 'attention')).toBe('attention');
  expect(tone('attention', 'problem')).toBe('problem');
});

test('a domain needs somebody unless it points here and every check is right', () => {
  const right = {
    protectable: true,
    state: 'correct',
    alerts: 0,
    counts: { problems: 0, attentions: 0, unknown: 1 },
  } as const;
  expect(needsSomebody(right)).toBe(false);
  expect(needsSomebody({ ...right, state: 'partial' })).toBe(true);
  expect(needsSomebody({ ...right, counts: { problems: 0, attentions: 1, unknown: 0 } })).toBe(
    true,
  );
  expect(needsSomebody({ ...right, alerts: 1 })).toBe(true);
  expect(needsSomebody({ ...right, counts: null })).toBe(false);
  expect(needsSomebody({ ...right, protectable: false, state: 'wrong' })).toBe(false);
});
