/** Reads little-endian numbers and pieces of a buffer in order; past its end it throws `RangeError`, and never copies. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    return this.#bytes.readUInt8(this.#step(1));
  }

  short(): number {
    return this.#bytes.readUInt16LE(this.#step(2));
  }

  long(): number {
    return this.#bytes.readUInt32LE(this.#step(4));
  }

  take(length: number): Buffer {
    const at = this.#step(length);
    return this.#bytes.subarray(at, at + length);
  }

  /** What fills up to the next multiple of four behind `length` bytes; the last of a stream may be missing. */
  pad(length: number): void {
    this.#at += Math.min(this.left, (4 - (length % 4)) % 4);
  }

  #step(length: number): number {
    if (length > this.left) throw new RangeError('Past the end');
    const at = this.#at;
    this.#at += length;
    return at;
  }
}
