import { parseIp } from '../lists/ip-range.ts';

/** What one subscriber has of IPv6: whoever counts single addresses gives a guesser 2^64 of them (RFC 6177 §2). */
const SUBSCRIBER_BITS = 64n;

/** Whom an attempt is counted against: the address of IPv4, the /64 of IPv6. */
export function clientNetwork(ip: string): string {
  if (!ip.includes(':')) return ip;
  const address = parseIp(ip);
  if (address === null) return ip;
  return `${(address >> SUBSCRIBER_BITS).toString(16).padStart(16, '0')}::/64`;
}
