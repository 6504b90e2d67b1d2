import {
  argon2 as argon2Callback,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  randomInt,
  timingSafeEqual,
} from 'node:crypto';
import { promisify } from 'node:util';
import type { KeyHolder, Secrets } from '@holdfast/application';

const argon2 = promisify(argon2Callback);

/** OWASP's second recommendation for argon2id (2024): 19 MiB, two passes, one lane. Memory in KiB. */
const ARGON2 = { memory: 19 * 1024, passes: 2, parallelism: 1, tagLength: 32 } as const;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** No 0/O, 1/I/L: read out on the phone and typed on one. */
const PASSWORD_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const PASSWORD_GROUPS = [5, 4, 4] as const;

class SealBrokenError extends Error {
  constructor() {
    super(
      'A sealed value cannot be opened with HOLDFAST_SECRET_KEY or HOLDFAST_SECRET_KEY_PREVIOUS',
    );
    this.name = 'SealBrokenError';
  }
}

/** `Secrets` over node:crypto. Throws when a key is not 32 bytes in base64. */
export function createSecrets(secretKey: string, previousKey: string | null): Secrets {
  const current = readKey(secretKey, 'HOLDFAST_SECRET_KEY');
  const keys = [
    current,
    ...(previousKey === null ? [] : [readKey(previousKey, 'HOLDFAST_SECRET_KEY_PREVIOUS')]),
  ];
  const macKey = derive(current, 'mac', '');

  const organisationKey = (organisation: KeyHolder): Buffer =>
    Buffer.from(
      open(keys, organisation.wrappedKey, `organisation:${organisation.id}`),
      'base64url',
    );

  return {
    seal: (plain, context) => seal(current, plain, context),
    open: (sealed, context) => open(keys, sealed, context),
    async hashPassword(password) {
      const nonce = randomBytes(16);
      const tag = await argon2('argon2id', { ...ARGON2, message: password, nonce });
      return `argon2id$${ARGON2.memory}$${ARGON2.passes}$${nonce.toString('base64url')}$${tag.toString('base64url')}`;
    },
    async verifyPassword(password, hash) {
      const [kind, memory, passes, nonce, tag] = hash.split('$');
      if (kind !== 'argon2id' || nonce === undefined || tag === undefined) return false;
      const expected = Buffer.from(tag, 'base64url');
      const actual = await argon2('argon2id', {
        ...ARGON2,
        memory: Number(memory),
        passes: Number(passes),
        message: password,
        nonce: Buffer.from(nonce, 'base64url'),
      });
      return expected.length === actual.length && timingSafeEqual(expected, actual);
    },
    hashToken: (token) => createHash('sha256').update(token).digest('base64url'),
    mac: (purpose, parts, value) =>
      createHmac('sha256', macKey)
        .update(JSON.stringify([purpose, ...parts, value]))
        .digest('base64url'),
    createOrganisationKey: (organisationId) =>
      seal(current, randomBytes(KEY_BYTES).toString('base64url'), `organisation:${organisationId}`),
    deriveToken: (organisation, purpose, parts) =>
      derive(organisationKey(organisation), purpose, JSON.stringify(parts)).toString('base64url'),
    deriveTemporaryPassword: (organisation, parts) =>
      toPassword(
        derive(organisationKey(organisation), 'temporary-password', JSON.stringify(parts)),
      ),
    hexOf: (token) => Buffer.from(token, 'base64url').toString('hex'),
    randomDigits: (count) => Array.from({ length: count }, () => randomInt(10)).join(''),
    equal(left, right) {
      const a = Buffer.from(left);
      const b = Buffer.from(right);
      return a.length === b.length && timingSafeEqual(a, b);
    },
  };
}

export function createSecretKey(): string {
  return randomBytes(KEY_BYTES).toString('base64');
}

function readKey(text: string, name: string): Buffer {
  const key = Buffer.from(text, 'base64');
  if (key.length !== KEY_BYTES) {
    throw new Error(`${name} must be 32 bytes in base64. Make one with: openssl rand -base64 32`);
  }
  return key;
}

function derive(key: Buffer, purpose: string, context: string): Buffer {
  return Buffer.from(
    hkdfSync('sha256', key, Buffer.alloc(0), `holdfast/${purpose}/${context}`, KEY_BYTES),
  );
}

function seal(key: Buffer, plain: string, context: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

function open(keys: readonly Buffer[], sealed: string, context: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  for (const key of keys) {
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, nonce)
        .setAAD(Buffer.from(context))
        .setAuthTag(tag);
      return (
        decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') +
        decipher.final('utf8')
      );
    } catch {
      // Not this key: the one before may fit.
    }
  }
  throw new SealBrokenError();
}

/** 13 letters of an alphabet of 31: 64.4 bits. 256 bits modulo 31^13 leave no measurable bias. */
function toPassword(bytes: Buffer): string {
  let value = BigInt(`0x${bytes.toString('hex')}`);
  const size = BigInt(PASSWORD_ALPHABET.length);
  const letter = (): string => {
    const picked = PASSWORD_ALPHABET[Number(value % size)] ?? '';
    value /= size;
    return picked;
  };
  return PASSWORD_GROUPS.map((length) => Array.from({ length }, letter).join('')).join('-');
}
