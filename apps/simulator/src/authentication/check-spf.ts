import { BlockList, isIPv6 } from 'node:net';
import type { Zone } from '../dns/zone.ts';

export type SpfResult = 'pass' | 'fail' | 'softfail' | 'neutral' | 'none' | 'permerror';

const MOST_INCLUDES = 10;
const QUALIFIED: Readonly<Record<string, SpfResult>> = {
  '+': 'pass',
  '-': 'fail',
  '~': 'softfail',
  '?': 'neutral',
};

/** RFC 7208 as far as the zone of the simulation needs it: ip4, ip6, include, all. */
export function checkSpf(zone: Zone, domain: string, address: string, depth = 0): SpfResult {
  if (depth > MOST_INCLUDES) return 'permerror';
  const found = zone.lookup(domain, 'TXT');
  const texts = found.found
    ? found.records.flatMap((record) => (record.type === 'TXT' ? record.values : []))
    : [];
  const [record, ...more] = texts.filter((text) => /^v=spf1( |$)/i.test(text));
  if (record === undefined) return 'none';
  if (more.length > 0) return 'permerror';
  for (const term of record.trim().split(/\s+/).slice(1)) {
    const [, sign = '+', mechanism = ''] = /^([-+~?]?)(.*)$/.exec(term) ?? [];
    if (matches(zone, mechanism.toLowerCase(), address, depth)) {
      return QUALIFIED[sign === '' ? '+' : sign] ?? 'permerror';
    }
  }
  return 'neutral';
}

function matches(zone: Zone, mechanism: string, address: string, depth: number): boolean {
  const [kind = '', value = ''] = mechanism.split(/:(.*)/s);
  switch (kind) {
    case 'all':
      return true;
    case 'ip4':
    case 'ip6':
      return isIn(value, address);
    case 'include':
      return checkSpf(zone, value, address, depth + 1) === 'pass';
    default:
      return false;
  }
}

function isIn(range: string, address: string): boolean {
  const [base = '', length] = range.split('/');
  const family = isIPv6(base) ? 'ipv6' : 'ipv4';
  if (family !== (isIPv6(address) ? 'ipv6' : 'ipv4')) return false;
  const list = new BlockList();
  if (length === undefined) list.addAddress(base, family);
  else list.addSubnet(base, Number(length), family);
  return list.check(address, family);
}
