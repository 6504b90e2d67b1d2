import { parseAddress } from '@holdfast/domain';
import addressparser from 'nodemailer/lib/addressparser';

/** Bytes of header looked through; more than that is no honest message. */
const MAX_HEADER_BYTES = 256 * 1024;

/**
 * The one author address (RFC 5322 §3.6.2), in compared form. Null when the field is missing or repeated, names several
 * or no addresses, or cannot be read: lists and policies must never be decided by a guess.
 */
export function headerFromOf(message: Uint8Array): string | null {
  const fields = headerFields(message).filter((field) => field.name === 'from');
  const [only] = fields;
  if (only === undefined || fields.length !== 1) return null;
  const entries = addressparser(only.value);
  const [entry] = entries;
  if (entry === undefined || entries.length !== 1 || entry.group !== undefined) return null;
  return parseAddress(entry.address);
}

export interface HeaderField {
  /** Lower-case. */
  readonly name: string;
  /** Unfolded, as it stands, not decoded. */
  readonly value: string;
}

/** Header fields in order, up to the first empty line. */
export function headerFields(message: Uint8Array): readonly HeaderField[] {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const end = bytes.indexOf('\r\n\r\n');
  const length = Math.min(end === -1 ? bytes.length : end, MAX_HEADER_BYTES);
  const header = bytes.subarray(0, length).toString('utf8');
  return header
    .replace(/\r\n(?=[ \t])/g, '')
    .split('\r\n')
    .map((line) => {
      const colon = line.indexOf(':');
      const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
      return { name, value: line.slice(colon + 1).trim() };
    })
    .filter((field) => field.name !== '');
}
