import { badRequest } from './graph-error.ts';
import type { GraphObject } from './select.ts';

const CONDITION = /^(\w+) eq (?:'((?:[^']|'')*)'|(true|false))$/;

/**
 * The `$filter` forms that are in use: `property eq 'text'` and `property eq true`, joined by `and`. Anything else is
 * answered with 400, so that a filter nobody implemented cannot pass unnoticed.
 */
export function filter(
  given: unknown,
  allowed: readonly string[],
): (object: GraphObject) => boolean {
  if (given === undefined) return () => true;
  const unsupported = () =>
    badRequest(`Unsupported or invalid query filter clause: ${JSON.stringify(given)}`);
  if (typeof given !== 'string') throw unsupported();
  const conditions = given.split(' and ').map((text) => {
    const match = CONDITION.exec(text.trim());
    const name = match?.[1];
    if (match === null || name === undefined || !allowed.includes(name)) throw unsupported();
    const value = match[3] === undefined ? (match[2] ?? '').replaceAll("''", "'") : match[3];
    return { name, value: value.toLowerCase() };
  });
  return (object) =>
    conditions.every(({ name, value }) => {
      const actual = object[name];
      const comparable = typeof actual === 'string' || typeof actual === 'boolean';
      return comparable && String(actual).toLowerCase() === value;
    });
}
