import type { DnsReading, DnsType, DnsValues } from '@holdfast/domain';

/**
 * Live questions to every configured resolver at once, with TTLs, aliases and DNSSEC as they say. Never cached here,
 * never throws: a resolver that does not answer is part of the reading.
 */
export interface LiveDns {
  ask<Type extends DnsType>(name: string, type: Type): Promise<DnsReading<DnsValues[Type]>>;
}
