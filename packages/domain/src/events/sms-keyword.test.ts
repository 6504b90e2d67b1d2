import { expect, test } from 'vitest';
import { readSmsKeyword } from './sms-keyword.ts';

test.each([
  ['STOP', 'stop'],
  [' Stop. ', 'stop'],
  ['stop all', 'stop'],
  ['Arrêt', 'stop'],
  ['START', 'start'],
  ['please do not stop', null],
  ['thanks', null],
  ['', null],
] as const)('%j means %s', (text, meaning) => {
  expect(readSmsKeyword(text)).toBe(meaning);
});
