import { parseIp, parseIpRange, rangeContains } from '../lists/ip-range.ts';

function ranges(texts: readonly string[]) {
  return texts.map((text) => parseIpRange(text)).filter((range) => range !== null);
}

/** What may be reached over the internet at all: IPv4 (mapped, as `parseIp` has it), and global unicast (RFC 4291 §2.4). */
const INTERNET = ranges(['0.0.0.0/0', '2000::/3']);

/**
 * Not globally reachable, by IANA's special-purpose registries (RFC 6890 and its updates), multicast and reserved; and
 * what carries an IPv4 address inside, which would be a way round the rest: 6to4 (RFC 3056) and Teredo (RFC 4380).
 */
const SPECIAL = ranges([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '2620:4f:8000::/48',
  '3fff::/20',
]);

/** Whether an address that a stranger has named may be connected to: it is nobody's inner network. */
export function isPublicAddress(text: string): boolean {
  const address = parseIp(text);
  if (address === null) return false;
  const isIn = (list: typeof INTERNET): boolean =>
    list.some((range) => rangeContains(range, address));
  return isIn(INTERNET) && !isIn(SPECIAL);
}
