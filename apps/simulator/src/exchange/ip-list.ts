import { isIPv4 } from 'node:net';
import { invalid } from './cmdlet.ts';

/** Entries per list, as the cmdlet reference states. */
const MAX_IP_LIST_ENTRIES = 1273;
/** Largest range "a-b" that may be entered. */
const MAX_RANGE_ADDRESSES = 256;
const MIN_PREFIX = 24;
const MAX_PREFIX = 32;

const toNumber = (address: string): number =>
  address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);

/** Refuses what Exchange Online refuses: IPv6, prefixes shorter than /24, long ranges, too many entries. */
export function checkIpList(name: string, entries: readonly string[]): void {
  if (entries.length > MAX_IP_LIST_ENTRIES) {
    throw invalid(
      `The number of entries in ${name} exceeds the maximum of ${MAX_IP_LIST_ENTRIES}.`,
    );
  }
  for (const entry of entries) checkEntry(name, entry);
}

/** RFC 1918: Enhanced Filtering passes these over by itself and does not take them. */
const PRIVATE = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/;

export function checkSkipList(entries: readonly string[]): void {
  checkIpList('EFSkipIPs', entries);
  const own = entries.find((entry) => PRIVATE.test(entry));
  if (own !== undefined) throw invalid(`EFSkipIPs does not take the private address ${own}.`);
}

/** Whether a list of single addresses, ranges and CIDR blocks holds an IPv4 address. */
export function ipListHolds(entries: readonly string[], address: string): boolean {
  if (!isIPv4(address)) return false;
  const wanted = toNumber(address);
  return entries.some((entry) => {
    const [first = '', prefix] = entry.split('/');
    const [from = '', to = from] = first.split('-');
    if (prefix === undefined) return wanted >= toNumber(from) && wanted <= toNumber(to);
    const size = 2 ** (MAX_PREFIX - Number(prefix));
    return Math.floor(wanted / size) === Math.floor(toNumber(from) / size);
  });
}

function checkEntry(name: string, entry: string): void {
  if (entry.includes(':')) {
    throw invalid(`The IP address ${entry} in ${name} is not valid: IPv6 is not supported.`);
  }
  const [first = '', prefix] = entry.split('/');
  const [from = '', to] = first.split('-');
  if (!isIPv4(from) || (to !== undefined && !isIPv4(to))) {
    throw invalid(`The value ${entry} in ${name} is not an IPv4 address, range or CIDR block.`);
  }
  if (to !== undefined && toNumber(to) - toNumber(from) + 1 > MAX_RANGE_ADDRESSES) {
    throw invalid(`The range ${entry} in ${name} has more than ${MAX_RANGE_ADDRESSES} addresses.`);
  }
  if (prefix !== undefined && !(Number(prefix) >= MIN_PREFIX && Number(prefix) <= MAX_PREFIX)) {
    throw invalid(`The CIDR range ${entry} in ${name} must be between /${MIN_PREFIX} and /32.`);
  }
}
