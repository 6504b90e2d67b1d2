import { type AddressObject, simpleParser } from 'mailparser';

export interface MailHeaders {
  readonly subject: string;
  readonly from: string;
  readonly to: string[];
  readonly messageId: string;
  /** Milliseconds since the epoch; null when the header is missing or unreadable. */
  readonly date: number | null;
  /** Values of a header, unfolded, in order of appearance. */
  values(name: string): string[];
}

const addressesOf = (field: AddressObject | AddressObject[] | undefined): string[] =>
  (Array.isArray(field) ? field : field === undefined ? [] : [field])
    .flatMap((object) => object.value)
    .flatMap((entry) => entry.group ?? [entry])
    .map((entry) => (entry.address ?? '').toLowerCase())
    .filter((address) => address !== '');

/** The header block, up to and without the empty line. */
function headerBlock(raw: Buffer): Buffer {
  const crlf = raw.indexOf('\r\n\r\n');
  const lf = raw.indexOf('\n\n');
  if (crlf >= 0 && (lf < 0 || crlf < lf)) return raw.subarray(0, crlf + 2);
  return lf >= 0 ? raw.subarray(0, lf + 1) : raw;
}

/** Reads the header block only: bodies may be large, and delivery does not need them. */
export async function readHeaders(raw: Buffer): Promise<MailHeaders> {
  const block = headerBlock(raw);
  const parsed = await simpleParser(Buffer.concat([block, Buffer.from('\r\n')]));
  return {
    subject: parsed.subject ?? '',
    from: addressesOf(parsed.from)[0] ?? '',
    to: [...addressesOf(parsed.to), ...addressesOf(parsed.cc)],
    messageId: parsed.messageId ?? '',
    date: parsed.date === undefined ? null : parsed.date.getTime(),
    values: (name) =>
      parsed.headerLines
        .filter((line) => line.key === name.toLowerCase())
        .map((line) =>
          line.line
            .slice(line.line.indexOf(':') + 1)
            .replaceAll(/\s+/g, ' ')
            .trim(),
        ),
  };
}
