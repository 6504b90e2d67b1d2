import { ByteReader } from './byte-reader.ts';

/** Properties by their id (MS-OXPROPS), those that have one everywhere. */
export type MapiProperties = ReadonlyMap<number, MapiValue>;

interface MapiValue {
  readonly type: number;
  readonly bytes: Buffer;
}

/** Value types (MS-OXCDATA §2.11.1). */
const MAPI_STRING8 = 0x1e;
export const MAPI_UNICODE = 0x1f;
export const MAPI_OBJECT = 0x0d;
const MAPI_BINARY = 0x102;
const MULTIPLE = 0x1000;
const VARIABLE: ReadonlySet<number> = new Set([
  MAPI_STRING8,
  MAPI_UNICODE,
  MAPI_OBJECT,
  MAPI_BINARY,
]);
/** Bytes of values of one size; those of two are filled up to four. */
const FIXED: ReadonlyMap<number, number> = new Map([
  [0x02, 4],
  [0x03, 4],
  [0x04, 4],
  [0x05, 8],
  [0x06, 8],
  [0x07, 8],
  [0x0a, 4],
  [0x0b, 4],
  [0x14, 8],
  [0x40, 8],
  [0x48, 16],
]);
/** From here on an id stands for a name that follows it. */
const FIRST_NAMED = 0x8000;
const MAX_PROPERTIES = 2000;
const MAX_VALUES = 10_000;

/** A property list (MS-OXTNEF §2.1.3.4); of a damaged one what was read before. The first value of several counts. */
export function readMapiProperties(bytes: Buffer): MapiProperties {
  const found = new Map<number, MapiValue>();
  const reader = new ByteReader(bytes);
  try {
    const count = Math.min(reader.long(), MAX_PROPERTIES);
    for (let read = 0; read < count; read += 1) {
      const type = reader.short();
      const id = reader.short();
      if (id >= FIRST_NAMED) passName(reader);
      const value = readValue(reader, type);
      if (value !== null && id < FIRST_NAMED && !found.has(id)) found.set(id, value);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return found;
}

/** A set and a number, or a set and a name. */
function passName(reader: ByteReader): void {
  reader.take(16);
  if (reader.long() === 0) {
    reader.long();
    return;
  }
  const length = reader.long();
  reader.take(length);
  reader.pad(length);
}

function readValue(reader: ByteReader, written: number): MapiValue | null {
  const isMultiple = (written & MULTIPLE) !== 0;
  const type = written & ~MULTIPLE;
  const size = FIXED.get(type);
  const isVariable = VARIABLE.has(type);
  // What follows a type that nobody knows cannot be found.
  if (size === undefined && !isVariable) throw new RangeError('An unknown type');
  const count = isMultiple || isVariable ? reader.long() : 1;
  if (count > MAX_VALUES) throw new RangeError('Too many values');
  let first: Buffer | null = null;
  for (let read = 0; read < count; read += 1) {
    const length = size ?? reader.long();
    const bytes = reader.take(length);
    reader.pad(length);
    first ??= bytes;
  }
  return first === null ? null : { type, bytes: first };
}
