import type { AuthenticationResult } from './verdict.ts';

/** More questions to DNS than this make a record invalid (RFC 7208 §4.6.4). */
export const SPF_LOOKUP_LIMIT = 10;
/** From here on the page warns: one more service of the customer's would break the record. */
export const SPF_LOOKUPS_CLOSE = 9;

/** Where Office 365 sends from: the record of a domain that has none must allow it too. */
export const OFFICE365_SPF_INCLUDE = 'include:spf.protection.outlook.com';

export function isSpfRecord(text: string): boolean {
  return /^v=spf1(?: |$)/i.test(text.trim());
}

/** What must be in the record so that our mail passes: each of our addresses, or the one include that lists them. */
export function spfMechanisms(
  addresses: readonly string[],
  include: string | null,
): readonly string[] {
  if (include !== null) return [`include:${include}`];
  return addresses.map((address) => `${address.includes(':') ? 'ip6' : 'ip4'}:${address}`);
}

/**
 * The one record that should stand there: what is there, with what is missing put before the `all` or `redirect` that
 * ends it. Several records become one, since two make SPF fail for everybody (RFC 7208 §4.5). Null: nothing to change.
 */
export function mergeSpf(records: readonly string[], mechanisms: readonly string[]): string | null {
  const terms = records.flatMap((record) => record.trim().split(/\s+/).slice(1));
  const present = new Set(terms.map((term) => term.toLowerCase().replace(/^\+/, '')));
  const missing = mechanisms.filter((mechanism) => !present.has(mechanism.toLowerCase()));
  if (records.length === 1 && missing.length === 0) return null;
  if (records.length === 0) {
    return ['v=spf1', OFFICE365_SPF_INCLUDE, ...missing, '~all'].join(' ');
  }
  const ends = terms.filter(endsRecord);
  const body = terms.filter((term) => !endsRecord(term));
  return ['v=spf1', ...new Set([...missing, ...body]), ...mildest(ends)].join(' ');
}

function endsRecord(term: string): boolean {
  return /^[-+~?]?all$/i.test(term) || /^redirect=/i.test(term);
}

/** One ending: of several records the most lenient `all`, so that merging them refuses nothing new. */
function mildest(ends: readonly string[]): readonly string[] {
  const alls = ends.filter((term) => !/^redirect=/i.test(term));
  const [first] = ends;
  if (alls.length === 0) return first === undefined ? [] : [first];
  const order = ['+', '?', '~', '-'];
  const rank = (term: string): number => Math.max(0, order.indexOf(term.charAt(0)));
  const [mild] = alls.toSorted((a, b) => rank(a) - rank(b));
  return mild === undefined ? [] : [mild];
}

/**
 * What can be told without the addresses: mail leaves from those that one include lists, and the record has it or not.
 */
export function spfByInclude(
  records: readonly string[],
  include: string,
  lookups: number,
): AuthenticationResult {
  const [only, ...more] = records;
  if (only === undefined) return 'none';
  if (more.length > 0 || lookups > SPF_LOOKUP_LIMIT) return 'permerror';
  const terms = only.toLowerCase().split(/\s+/);
  if (terms.includes(`include:${include.toLowerCase()}`)) return 'pass';
  return terms.includes('-all') ? 'fail' : 'softfail';
}

export type DmarcPolicy = 'none' | 'quarantine' | 'reject';

/** The worst of several addresses speaks for all: a reply leaves from any of them. */
export function worstSpf(results: readonly AuthenticationResult[]): AuthenticationResult {
  const order: readonly AuthenticationResult[] = [
    'permerror',
    'fail',
    'softfail',
    'neutral',
    'policy',
    'none',
    'temperror',
    'pass',
  ];
  return order.find((candidate) => results.includes(candidate)) ?? 'none';
}
