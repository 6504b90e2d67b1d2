const DOT = 0x2e;
const CR = 0x0d;
const LF = 0x0a;

/** The end of data when the last byte was a line end, and when it was not. */
const END = Buffer.from('.\r\n');
const END_OF_OPEN_LINE = Buffer.from('\r\n.\r\n');
const END_AFTER_CR = Buffer.from('\n.\r\n');

export interface DotStuffer {
  /** The next piece as it goes over the wire: the piece itself when nothing in it has to change. */
  take(piece: Uint8Array): Uint8Array;
  /** The final dot, after a line end that is added only when the message has none. */
  end(): Uint8Array;
}

/**
 * RFC 5321 §4.5.2, over pieces cut anywhere. What we accepted has CRLF line ends alone and goes out byte for byte; a
 * bare CR or LF in what was made here becomes CRLF, since a far end that ends lines differently could be made to see a
 * second message in it (SMTP smuggling, CVE-2023-51764).
 */
export function createDotStuffer(): DotStuffer {
  // A message begins at the start of a line.
  let last = LF;

  return {
    take(piece) {
      const from = firstChange(piece, last);
      const stuffed = from === -1 ? piece : rewrite(piece, from, last);
      last = piece.at(-1) ?? last;
      return stuffed;
    },
    end() {
      if (last === LF) return END;
      return last === CR ? END_AFTER_CR : END_OF_OPEN_LINE;
    },
  };
}

/** Position of the first byte that cannot go out as it is, -1 when all can. */
function firstChange(piece: Uint8Array, before: number): number {
  let last = before;
  for (let position = 0; position < piece.length; position += 1) {
    const byte = piece[position];
    if (last === LF ? byte === DOT : last === CR && byte !== LF) return position;
    if (byte === LF && last !== CR) return position;
    last = byte ?? 0;
  }
  return -1;
}

function rewrite(piece: Uint8Array, from: number, before: number): Uint8Array {
  // At most two bytes for each, and one for a CR that the piece before ended with.
  const out = Buffer.allocUnsafe(piece.length * 2 + 1);
  out.set(piece.subarray(0, from));
  let length = from;
  let last = from === 0 ? before : (piece[from - 1] ?? before);
  for (let position = from; position < piece.length; position += 1) {
    const byte = piece[position] ?? 0;
    if (last === CR && byte !== LF) {
      out[length] = LF;
      length += 1;
      last = LF;
    }
    if (byte === LF && last !== CR) {
      out[length] = CR;
      length += 1;
    } else if (byte === DOT && last === LF) {
      out[length] = DOT;
      length += 1;
    }
    out[length] = byte;
    length += 1;
    last = byte;
  }
  return out.subarray(0, length);
}
