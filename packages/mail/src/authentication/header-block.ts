/** Bytes of header that are looked at (Postfix reads 100 KiB); more than that is no honest message. */
export const MAX_HEADER_BYTES = 256 * 1024;

const EMPTY_LINE = Buffer.from('\r\n\r\n', 'latin1');

/** Keeps the header of a message that passes by, and of the rest only what came in the same piece. */
export interface HeaderBlock {
  take(chunk: Uint8Array): void;
  /** True once the empty line was seen, or more bytes than are looked at. */
  readonly complete: boolean;
  /** There was more header than is looked at. */
  readonly cut: boolean;
  /** One character for each byte, without the empty line; what there is, before it is complete. */
  text(): string;
  /** Hands over everything taken so far and forgets it; the text stays. */
  release(): Uint8Array;
}

export function createHeaderBlock(): HeaderBlock {
  let pieces: Uint8Array[] = [];
  let held = 0;
  let header: string | null = null;
  let cut = false;

  function look(): void {
    const bytes = joined(pieces);
    const end = endOfHeader(bytes);
    if (end === -1 && held <= MAX_HEADER_BYTES) return;
    cut = end === -1 || end > MAX_HEADER_BYTES;
    header = bytes.toString('latin1', 0, cut ? MAX_HEADER_BYTES : end);
  }

  return {
    take(chunk) {
      pieces.push(chunk);
      held += chunk.length;
      look();
      // Otherwise a header that comes byte by byte would be put together anew for each.
      if (header === null && pieces.length > 1) pieces = [joined(pieces)];
    },
    get complete() {
      return header !== null;
    },
    get cut() {
      return cut;
    },
    text: () => header ?? joined(pieces).toString('latin1'),
    release() {
      header ??= joined(pieces).toString('latin1');
      return joined(pieces.splice(0));
    },
  };
}

/** Where the header ends; a message may begin with the empty line. */
function endOfHeader(bytes: Buffer): number {
  return bytes[0] === 0x0d && bytes[1] === 0x0a ? 0 : bytes.indexOf(EMPTY_LINE);
}

function joined(pieces: readonly Uint8Array[]): Buffer {
  const [only] = pieces;
  if (pieces.length !== 1 || only === undefined) return Buffer.concat(pieces);
  return Buffer.from(only.buffer, only.byteOffset, only.byteLength);
}
