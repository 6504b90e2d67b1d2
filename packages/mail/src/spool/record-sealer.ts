import type { SpoolKeys, SpoolRecordHead, StagedBody } from '@holdfast/application';
import { SpoolRefusedError } from '@holdfast/application';
import { createSecretKey, type KeyObject } from 'node:crypto';
import { sealPieces, sealWhole } from './body-seal.ts';
import { createKeyWrapper, RECORD_KEY_BYTES } from './key-block.ts';
import { createRandomBytes } from './random-bytes.ts';
import { type SealedRecord, sealedRecord } from './record.ts';

interface BodySeal {
  /** The key of the body, wrapped for each organisation. */
  readonly keys: Buffer;
  pieces(body: AsyncIterable<Uint8Array>): ReturnType<typeof sealPieces>;
}

export interface RecordSealer {
  /** For a body that comes in pieces. Rejects with `no-key`. */
  begin(recordId: string, organisationIds: readonly string[]): Promise<BodySeal>;
  /** Rejects with `no-key`: nothing is ever kept in clear. A staged body must be of this record. */
  record(head: SpoolRecordHead, body: Uint8Array | StagedBody): Promise<SealedRecord>;
}

export function createRecordSealer(keys: SpoolKeys): RecordSealer {
  const random = createRandomBytes();
  const wrapper = createKeyWrapper(keys, random);

  async function newKey(
    recordId: string,
    organisationIds: readonly string[],
  ): Promise<{ readonly key: KeyObject; readonly keys: Buffer }> {
    const bytes = random.take(RECORD_KEY_BYTES);
    let block = wrapper.wrap(recordId, organisationIds, bytes);
    if (block === null) {
      await keys.refresh();
      block = wrapper.wrap(recordId, organisationIds, bytes);
    }
    if (block === null || block.length === 0)
      throw new SpoolRefusedError(
        'no-key',
        `No usable key of organisation ${organisationIds.join(', ')}: is HOLDFAST_SECRET_KEY the right one?`,
      );
    const key = createSecretKey(bytes);
    bytes.fill(0);
    return { key, keys: block };
  }

  return {
    async begin(recordId, organisationIds) {
      const seal = await newKey(recordId, organisationIds);
      return { keys: seal.keys, pieces: (body) => sealPieces(seal.key, recordId, body) };
    },
    async record(head, body) {
      if (!(body instanceof Uint8Array)) return stagedRecord(head, body);
      const seal = await newKey(head.id, organisationsNamed(head));
      const parts = sealWhole(seal.key, head.id, body);
      const storedLength = parts.reduce((sum, part) => sum + part.length, 0);
      const { length } = body;
      return sealedRecord(head, seal.keys, { kind: 'inline', parts, length, storedLength });
    },
  };
}

function stagedRecord(head: SpoolRecordHead, staged: StagedBody): SealedRecord {
  const named = new Set(staged.message.organisationIds);
  const isOfThisRecord =
    staged.message.id === head.id && organisationsNamed(head).every((id) => named.has(id));
  if (!isOfThisRecord) throw new TypeError(`The staged body ${staged.name} is of another message`);
  const { name, length, storedLength, crc } = staged;
  return sealedRecord(head, staged.keys, { kind: 'file', name, length, storedLength, crc });
}

/** Every organisation that may read the record: its own and those of its recipients. */
export function organisationsNamed({
  organisationId,
  envelope,
}: Pick<SpoolRecordHead, 'organisationId' | 'envelope'>): readonly string[] {
  const [first, ...more] = envelope.recipients;
  if (more.length === 0 && (first === undefined || first.organisationId === organisationId))
    return [organisationId];
  const inside = envelope.recipients.flatMap((recipient) => recipient.organisationId ?? []);
  return [...new Set([organisationId, ...inside])];
}
