import { parseIp, parseIpRange, type IpRange } from '../lists/ip-range.ts';
import { WIDEST_PREFIX } from './exchange-side.ts';

export type OurAddressFault = 'not-ipv4' | 'too-wide' | 'private';

/** Addresses that Office 365 never sees mail come from (RFC 1918, RFC 1122 §3.2.1.3, RFC 3927). */
const PRIVATE_RANGES = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '127.0.0.0/8',
  '169.254.0.0/16',
]
  .map((range) => parseIpRange(range))
  .filter((range) => range !== null);

/** What keeps an address or network out of the lists and connectors of Office 365; null when nothing does. */
export function ourAddressFault(text: string): OurAddressFault | null {
  const [address = '', length] = text.trim().split('/');
  const range = parseIpRange(text);
  if (range === null || text.includes('-') || address.includes(':') || parseIp(address) === null) {
    return 'not-ipv4';
  }
  if (length !== undefined && Number(length) < WIDEST_PREFIX) return 'too-wide';
  const touches = PRIVATE_RANGES.some((own) => own.first <= range.last && range.first <= own.last);
  return touches ? 'private' : null;
}

/** `203.0.113.7/32` is `203.0.113.7`; anything unreadable stays as it is, in lower case. */
export function plainRange(text: string): string {
  return text.trim().toLowerCase().replace(/\/32$/, '');
}

/** A range of the list holds all of it: a network there already covers its addresses. */
export function isCovered(range: string, list: readonly string[]): boolean {
  const wanted = parseIpRange(range);
  return wanted !== null && list.some((entry) => holds(parseIpRange(entry), wanted));
}

/** Some address of the range is in the list. */
export function isTouched(range: string, list: readonly string[]): boolean {
  const wanted = parseIpRange(range);
  if (wanted === null) return false;
  return list
    .map((entry) => parseIpRange(entry))
    .some((there) => there !== null && there.first <= wanted.last && wanted.first <= there.last);
}

function holds(there: IpRange | null, wanted: IpRange): boolean {
  return there !== null && there.first <= wanted.first && there.last >= wanted.last;
}

/** Each once, in the order of their first appearance. */
export function distinctRanges(ranges: readonly string[]): readonly string[] {
  return [...new Set(ranges.map(plainRange))];
}
