import { expect, it } from 'vitest';
import { visible } from './visible.ts';

it('shows what would turn the direction of writing, or move the cursor', () => {
  expect(visible('invoice\u202Efdp.exe')).toBe('invoice\uFFFDfdp.exe');
  expect(visible('a\r\nBcc: x\u0000\u001b[2J')).toBe('a\uFFFD\uFFFDBcc: x\uFFFD\uFFFD[2J');
  expect(visible('half \uD83D')).toBe('half \uFFFD');
});

it('leaves ordinary text of any script alone', () => {
  expect(visible('Übergabe 日本語 עברית 👍')).toBe('Übergabe 日本語 עברית 👍');
});

it('ends what is very long', () => {
  expect(visible('x'.repeat(10_000), 20)).toBe(`${'x'.repeat(20)}…`);
});
