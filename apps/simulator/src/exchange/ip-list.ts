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
