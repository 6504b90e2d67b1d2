import { ByteReader } from './byte-reader.ts';

/** One attribute of the stream (MS-OXTNEF §2.1.3). */
export interface TnefAttribute {
  /** Its name without its type, which some programs leave out. */
  readonly id: number;
  readonly data: Buffer;
}

const SIGNATURE = 0x223e9f78;
const MAX_ATTRIBUTES = 5000;

/**
 * Attributes in order, as far as their lengths hold; null when it is no TNEF at all. Checksums are passed over: they are
 * 16 bits of a plain sum, programs write wrong ones, and a reader has more of a damaged file than of none.
 */
export function readTnefAttributes(bytes: Buffer): readonly TnefAttribute[] | null {
  const reader = new ByteReader(bytes);
  if (reader.left < 6 || reader.long() !== SIGNATURE) return null;
  reader.short();
  const found: TnefAttribute[] = [];
  try {
    while (reader.left > 0 && found.length < MAX_ATTRIBUTES) {
      reader.byte();
      const id = reader.long() & 0xffff;
      const data = reader.take(reader.long());
      found.push({ id, data });
      reader.short();
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return found;
}
