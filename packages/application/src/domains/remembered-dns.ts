import type { DnsReading, DnsType, DnsValues } from '@holdfast/domain';
import type { LiveDns } from '../ports/live-dns.ts';

/** For the time of one check: what several parts of it want to know is asked once. */
export function rememberedDns(dns: LiveDns): LiveDns {
  const asked: { [Type in DnsType]: Map<string, Promise<DnsReading<DnsValues[Type]>>> } = {
    A: new Map(),
    AAAA: new Map(),
    CNAME: new Map(),
    MX: new Map(),
    NS: new Map(),
    TXT: new Map(),
    TLSA: new Map(),
  };
  return {
    ask: <Type extends DnsType>(name: string, type: Type) => {
      const known: Map<string, Promise<DnsReading<DnsValues[Type]>>> = asked[type];
      const found = known.get(name);
      if (found !== undefined) return found;
      const reading = dns.ask(name, type);
      known.set(name, reading);
      return reading;
    },
  };
}
