import { createHash } from 'node:crypto';
import type { Identifiers } from '@holdfast/application';

/** The uuidv7 with this number: `…-000000000007` for 7. */
export function idOf(number: number): string {
  return `01970000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** Ids in order from `first`; bytes count up; `fraction` is always 0.5: no jitter either way. */
export function createSequentialIdentifiers(first = 1): Identifiers {
  let next = first;
  let byte = 0;
  return {
    uuid: () => idOf(next++),
    derived: (id, name) => {
      const hex = createHash('sha256').update(`${id} ${name}`).digest('hex');
      return `${id.slice(0, 14)}7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
    },
    bytes: (count) => Uint8Array.from({ length: count }, () => byte++ % 256),
    fraction: () => 0.5,
  };
}
