import { createHash, createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import type { Secrets } from '@holdfast/application';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Secrets with the real shapes and without the real costs: a password hash is one SHA-256. */
export function createFakeSecrets(): Secrets & { readonly passwordChecks: () => number } {
  let checks = 0;
  return {
    passwordChecks: () => checks,
    seal: (plain, context) => `sealed:${context}:${Buffer.from(plain).toString('base64url')}`,
    open: (sealed, context) => {
      const prefix = `sealed:${context}:`;
      if (!sealed.startsWith(prefix)) throw new Error('sealed for something else');
      return Buffer.from(sealed.slice(prefix.length), 'base64url').toString();
    },
    hashPassword: async (password) => `hash:${sha256(password)}`,
    verifyPassword: async (password, hash) => {
      checks += 1;
      return hash === `hash:${sha256(password)}`;
    },
    hashToken: sha256,
    mac: (purpose, parts, value) =>
      createHmac('sha256', 'key')
        .update([purpose, ...parts, value].join('|'))
        .digest('base64url'),
    createOrganisationKey: (id) => `wrapped:${id}`,
    deriveToken: (organisation, purpose, parts) =>
      createHmac('sha256', organisation.wrappedKey)
        .update([purpose, ...parts].join('|'))
        .digest('base64url'),
    deriveTemporaryPassword: (organisation, parts) =>
      createHmac('sha256', organisation.wrappedKey).update(parts.join('|')).digest('hex'),
    hexOf: (token) => Buffer.from(token, 'base64url').toString('hex'),
    randomDigits: (count) => Array.from({ length: count }, () => randomInt(10)).join(''),
    equal: (left, right) => {
      const a = Buffer.from(left);
      const b = Buffer.from(right);
      return a.length === b.length && timingSafeEqual(a, b);
    },
  };
}
