import { domainOf } from '@holdfast/domain';
import type { DnsLookup } from '../ports/dns.ts';

/** Private mail services of Microsoft: likely to be down when Office 365 is. */
const MICROSOFT_CONSUMER = /^(?:outlook|hotmail|live|msn|passport|windowslive)\.[a-z.]+$/;
const MICROSOFT_MX =
  /\.(?:protection\.outlook\.com|olc\.protection\.outlook\.com|mx\.microsoft|outlook\.com)$/;

/** Whether an address is hosted by Microsoft, by its name or its MX. No answer from DNS counts as "no". */
export async function isHostedByMicrosoft(dns: DnsLookup, address: string): Promise<boolean> {
  const domain = domainOf(address);
  if (MICROSOFT_CONSUMER.test(domain)) return true;
  const answer = await dns.mx(domain);
  return (
    answer.ok &&
    answer.value.records.some((record) =>
      MICROSOFT_MX.test(`.${record.exchange.replace(/\.$/, '').toLowerCase()}`),
    )
  );
}
