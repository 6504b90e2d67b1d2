import { expect, it } from 'vitest';
import { lineErrors } from './line-errors.ts';

const values = ['a@b.example', 'contoso.example', '10.0.0.0/2'];

it('names lines as people count them, in their order', () => {
  expect(lineErrors({ 'values.2': 'Too wide.', 'values.1': 'Your own domain.' }, values)).toEqual([
    { line: 2, value: 'contoso.example', message: 'Your own domain.' },
    { line: 3, value: '10.0.0.0/2', message: 'Too wide.' },
  ]);
});

it('finds the line by its value when the server names that', () => {
  expect(lineErrors({ 'contoso.example': 'Your own domain.' }, values)[0]?.line).toBe(2);
});

it('leaves out what belongs to no line', () => {
  expect(lineErrors({ note: 'Too long.' }, values)).toEqual([]);
});
