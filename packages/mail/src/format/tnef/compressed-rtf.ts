/** MS-OXRTFCP §2.1.3.1.1. */
const COMPRESSED = 0x75465a4c;
const PLAIN = 0x414c454d;
const HEADER_BYTES = 16;
const WINDOW = 4096;
/** What the window holds in the beginning (MS-OXRTFCP §2.1.2.1). */
const START =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';

/** The RTF of a compressed body, at most `maxLength` bytes; null when it is none. Eight pieces make at most 136 bytes of 17. */
export function decompressRtf(bytes: Buffer, maxLength: number): Buffer | null {
  if (bytes.length < HEADER_BYTES) return null;
  const kind = bytes.readUInt32LE(8);
  if (kind === PLAIN) return bytes.subarray(HEADER_BYTES, HEADER_BYTES + maxLength);
  if (kind !== COMPRESSED) return null;
  const window = Buffer.alloc(WINDOW);
  let writeAt = window.write(START, 'latin1');
  const out = Buffer.alloc(Math.min(maxLength, (bytes.length - HEADER_BYTES) * 9));
  let length = 0;
  const put = (byte: number): void => {
    window[writeAt] = byte;
    writeAt = (writeAt + 1) % WINDOW;
    out[length] = byte;
    length += 1;
  };
  let at = HEADER_BYTES;
  while (at < bytes.length && length < out.length) {
    const control = bytes[at] ?? 0;
    at += 1;
    for (let bit = 0; bit < 8 && at < bytes.length && length < out.length; bit += 1) {
      if ((control & (1 << bit)) === 0) {
        put(bytes[at] ?? 0);
        at += 1;
        continue;
      }
      if (at + 2 > bytes.length) return out.subarray(0, length);
      const token = bytes.readUInt16BE(at);
      at += 2;
      const from = token >> 4;
      // It points at what is written next: the end.
      if (from === writeAt) return out.subarray(0, length);
      const copied = (token & 15) + 2;
      for (let step = 0; step < copied && length < out.length; step += 1)
        put(window[(from + step) % WINDOW] ?? 0);
    }
  }
  return out.subarray(0, length);
}
