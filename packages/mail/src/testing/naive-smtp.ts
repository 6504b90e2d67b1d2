/**
 * What the protocol says, written down the slow and plain way, to hold the fast machine against. Text is latin1: one
 * character for each byte.
 */
export interface NaiveData {
  /** The message, or null when its bytes are refused. */
  readonly message: string | null;
  /** What comes behind the end of data. */
  readonly rest: string;
}

/** RFC 5321 §4.5.2 with our reading of bare LF, bare CR and NUL. Null: the data has not ended. */
export function naiveData(wire: string): NaiveData | null {
  const end = `\r\n${wire}`.indexOf('\r\n.\r\n');
  if (end === -1) return null;
  const stuffed = wire.slice(0, end);
  const rest = wire.slice(end + 3);
  const plain = `\r\n${stuffed}`.replaceAll('\r\n.', '\r\n').slice(2);
  if (plain.includes('\0') || /\r(?!\n)/.test(plain)) return { message: null, rest };
  const message = plain.replaceAll(/(?<!\r)\n/g, '\r\n');
  return { message: message === '' ? '\r\n' : message, rest };
}
