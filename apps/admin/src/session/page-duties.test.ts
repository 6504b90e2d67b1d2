import { expect, it } from 'vitest';
import { dutyOfPage } from './page-duties.ts';

it.each([
  ['/', 'see-people'],
  ['/users', 'see-people'],
  ['/queue', 'look'],
  ['/messages/0199', 'look'],
  ['/domains/contoso.example/cut-over', 'look'],
  ['/continuity', 'look'],
  ['/continuity/set-up/review', 'operate'],
  ['/nowhere', null],
])('%s needs %s', (path, duty) => {
  expect(dutyOfPage(path)).toBe(duty);
});
