import postcss from 'postcss';
import { expect, test } from 'vitest';
import { textInRem } from './text-in-rem.ts';

function built(css: string): string {
  return postcss([textInRem()]).process(css, { from: undefined }).css;
}

test('text grows with what a person has set in the browser', () => {
  expect(built('a { font-size: 14px }')).toBe('a { font-size: 0.875rem }');
  expect(built('a { font: 600 16px / 24px var(--font) }')).toBe(
    'a { font: 600 1rem / 1.5rem var(--font) }',
  );
  expect(built(':root { --type-portal: 16px }')).toBe(':root { --type-portal: 1rem }');
});

test('borders and gaps stay as they are', () => {
  const rule = 'a { border: 1px solid; padding: 0 16px }';
  expect(built(rule)).toBe(rule);
});
