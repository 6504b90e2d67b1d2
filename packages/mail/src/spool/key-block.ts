import type { SpoolKeys } from '@holdfast/application';
import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { RandomBytes } from './random-bytes.ts';

/**
 * The key of a record, wrapped once for every organisation that the record names. Entries follow each other: length of
 * the organisation's id (1 byte), id, nonce (12), wrapped key (32), tag (16).
 */
export const RECORD_KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ENTRY_BYTES = 1 + NONCE_BYTES + RECORD_KEY_BYTES + TAG_BYTES;
const ALGORITHM = 'aes-256-gcm';

/**
 * Characters of a record's id that choose the wrapping key: the upper 24 bits of the milliseconds in a uuidv7, so that
 * one key serves 4.7 hours. A random nonce is safe for 2^32 wraps (NIST SP 800-38D §8.3); at 6,500 messages a second a
 * single key would be through after a week.
 */
const PERIOD_CHARACTERS = 6;
/** Derived keys that are kept; a reader of thirty days needs about 155 for an organisation. */
const MOST_DERIVED = 10_000;

export interface KeyWrapper {
  /** Null when an organisation has no usable key: the record must not be written. */
  wrap(recordId: string, organisationIds: readonly string[], recordKey: Uint8Array): Buffer | null;
  /** The record's key by the first organisation whose key is here; null when there is none. */
  unwrap(recordId: string, block: Buffer): UnwrapResult;
}

type UnwrapResult =
  | { readonly kind: 'key'; readonly key: KeyObject }
  /** No organisation of the record has a key here. */
  | { readonly kind: 'locked' }
  /** There is a key, and it does not open the block. */
  | { readonly kind: 'broken' };

export function createKeyWrapper(keys: SpoolKeys, random: RandomBytes | null): KeyWrapper {
  const derived = new Map<string, { readonly root: Uint8Array; readonly key: KeyObject }>();

  function wrappingKey(organisationId: string, recordId: string): KeyObject | null {
    const root = keys.keyOf(organisationId);
    if (root === null) return null;
    const period = recordId.slice(0, PERIOD_CHARACTERS);
    const name = `${period}/${organisationId}`;
    const known = derived.get(name);
    if (known !== undefined && known.root === root) return known.key;
    const info = `holdfast/spool-records/${period}`;
    const bytes = new Uint8Array(hkdfSync('sha256', root, new Uint8Array(0), info, 32));
    const key = createSecretKey(bytes);
    if (derived.size >= MOST_DERIVED) derived.clear();
    derived.set(name, { root, key });
    return key;
  }

  return {
    wrap(recordId, organisationIds, recordKey) {
      if (random === null) throw new Error('This process reads records and writes none');
      const block = Buffer.allocUnsafe(blockLength(organisationIds));
      let offset = 0;
      for (const organisationId of organisationIds) {
        const key = wrappingKey(organisationId, recordId);
        if (key === null) return null;
        const nonce = random.take(NONCE_BYTES);
        const cipher = createCipheriv(ALGORITHM, key, nonce);
        cipher.setAAD(boundTo(recordId, organisationId));
        const wrapped = cipher.update(recordKey);
        cipher.final();
        const idLength = block.write(organisationId, offset + 1, 'utf8');
        block.writeUInt8(idLength, offset);
        offset += 1 + idLength;
        for (const part of [nonce, wrapped, cipher.getAuthTag()]) {
          block.set(part, offset);
          offset += part.length;
        }
      }
      return block;
    },
    unwrap(recordId, block) {
      let broken = false;
      for (const entry of entriesOf(block)) {
        const key = wrappingKey(entry.organisationId, recordId);
        if (key === null) continue;
        const opened = openEntry(block, entry, key, boundTo(recordId, entry.organisationId));
        if (opened !== null) return { kind: 'key', key: opened };
        broken = true;
      }
      return { kind: broken ? 'broken' : 'locked' };
    },
  };
}

export interface KeyEntry {
  readonly organisationId: string;
  /** Where nonce, wrapped key and tag begin in the block. */
  readonly offset: number;
  /** Its bytes from there. */
  readonly length: number;
}

/** Entries as far as they can be read; one whose key was overwritten is passed over. */
export function entriesOf(block: Buffer): readonly KeyEntry[] {
  const entries: KeyEntry[] = [];
  const length = ENTRY_BYTES - 1;
  let offset = 0;
  while (offset < block.length) {
    const idLength = block.readUInt8(offset);
    const begin = offset + 1 + idLength;
    if (begin + length > block.length) break;
    const isErased = block.subarray(begin, begin + length).every((byte) => byte === 0);
    if (!isErased) {
      const organisationId = block.toString('utf8', offset + 1, begin);
      entries.push({ organisationId, offset: begin, length });
    }
    offset = begin + length;
  }
  return entries;
}

function blockLength(organisationIds: readonly string[]): number {
  return organisationIds.reduce((sum, id) => sum + ENTRY_BYTES + Buffer.byteLength(id, 'utf8'), 0);
}

function openEntry(
  block: Buffer,
  { offset }: KeyEntry,
  key: KeyObject,
  bound: Buffer,
): KeyObject | null {
  const wrappedAt = offset + NONCE_BYTES;
  const tagAt = wrappedAt + RECORD_KEY_BYTES;
  const decipher = createDecipheriv(ALGORITHM, key, block.subarray(offset, wrappedAt), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(bound);
  decipher.setAuthTag(block.subarray(tagAt, tagAt + TAG_BYTES));
  const opened = decipher.update(block.subarray(wrappedAt, tagAt));
  try {
    decipher.final();
  } catch {
    return null;
  }
  return createSecretKey(opened);
}

/** What the wrapped key belongs to: moved to another record or organisation it does not open. */
function boundTo(recordId: string, organisationId: string): Buffer {
  return Buffer.from(`${recordId}/${organisationId}`, 'utf8');
}
