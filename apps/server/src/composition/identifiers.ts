import { hash, randomBytes, randomUUID } from 'node:crypto';
import type { Identifiers } from '@holdfast/application';

/** uuidv7 (RFC 9562 §5.7): 48 bits of milliseconds, then random. */
export function createIdentifiers(): Identifiers {
  return {
    uuid() {
      // Node draws the chance for many at once; only the time and the version are put in their places.
      const random = randomUUID();
      const time = Date.now().toString(16).padStart(12, '0');
      return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
    },
    derived(id, name) {
      const digest = hash('sha256', `${id} ${name}`, 'hex');
      // Time, version and variant stay; all else follows from the digest.
      const variant = '89ab'.charAt(Number.parseInt(digest.charAt(18), 16) & 3);
      return `${id.slice(0, 14)}7${digest.slice(0, 3)}-${variant}${digest.slice(3, 6)}-${digest.slice(6, 18)}`;
    },
    bytes: (count) => new Uint8Array(randomBytes(count)),
    fraction: () => Math.random(),
  };
}
