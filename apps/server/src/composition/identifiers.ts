import { hash, randomBytes } from 'node:crypto';
import type { Identifiers } from '@holdfast/application';

/** uuidv7 (RFC 9562 §5.7): 48 bits of milliseconds, then random. */
export function createIdentifiers(): Identifiers {
  return {
    uuid() {
      const bytes = randomBytes(16);
      bytes.writeUIntBE(Date.now(), 0, 6);
      bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
      bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
      const hex = bytes.toString('hex');
      return [
        hex.slice(0, 8),
        hex.slice(8, 12),
        hex.slice(12, 16),
        hex.slice(16, 20),
        hex.slice(20),
      ].join('-');
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
