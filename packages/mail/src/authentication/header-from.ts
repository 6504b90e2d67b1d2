import { parseAddress } from '@holdfast/domain';
import addressparser from 'nodemailer/lib/addressparser';
import { unfolded } from './header-fields.ts';

/** Characters; a longer value is left to the parser. */
const LONGEST_PLAIN = 400;
/** One address as nearly every message has it: no comment, no escape, no group, nothing beyond ASCII. */
const BARE = /^[\w.+=/-]+@[a-z\d.-]+$/i;
const NAMED = /^(?:"[\w .,+=/'()-]*"|[\w .+=/'-]*) ?<([\w.+=/-]+@[a-z\d.-]+)>$/i;

export interface Authors {
  /** Every address of every From field, as it stands. */
  readonly addresses: readonly string[];
  /** From fields; RFC 5322 §3.6 allows one. */
  readonly fields: number;
  /**
   * The one author address (RFC 5322 §3.6.2), in compared form. Null when the field is missing or repeated, names
   * several or no addresses, or cannot be read: lists and policies must never be decided by a guess.
   */
  readonly only: string | null;
}

/** Reads the values of From fields, one character for each byte. */
export function authorsOf(values: readonly string[]): Authors {
  const [first = ''] = values;
  if (values.length === 1) {
    const plain = plainAddress(first.trim());
    if (plain !== null) return { addresses: [plain], fields: 1, only: parseAddress(plain) };
  }
  const entries = values.flatMap((value) =>
    addressparser(Buffer.from(unfolded(value), 'latin1').toString('utf8')),
  );
  const [entry] = entries;
  const alone = values.length === 1 && entries.length === 1 && entry?.group === undefined;
  return {
    addresses: entries.flatMap(mailboxesOf),
    fields: values.length,
    only: alone && entry !== undefined ? parseAddress(entry.address) : null,
  };
}

/** The address of a value that needs no parser; null for all others. */
export function plainAddress(value: string): string | null {
  if (value.length > LONGEST_PLAIN) return null;
  if (!value.endsWith('>')) return BARE.test(value) ? value : null;
  return NAMED.exec(value)?.[1] ?? null;
}

type Entry = ReturnType<typeof addressparser>[number];

/** A group (RFC 6854) has authors like any other field. */
function mailboxesOf(entry: Entry): readonly string[] {
  if (entry.group !== undefined) return entry.group.flatMap(mailboxesOf);
  return entry.address === '' ? [] : [entry.address];
}
