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
    bytes: (count) => Uint8Array.from({ length: count }, () => byte++ % 256),
    fraction: () => 0.5,
  };
}
