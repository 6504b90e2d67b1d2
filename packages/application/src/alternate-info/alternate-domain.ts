import { domainOf, isMicrosoftMailHost } from '@holdfast/domain';
import type { LiveDns } from '../ports/live-dns.ts';

/** Private mail services of Microsoft: likely to be down when Office 365 is. */
const MICROSOFT_CONSUMER = /^(?:outlook|hotmail|live|msn|passport|windowslive)\.[a-z.]+$/;

/** Whether an address is hosted by Microsoft, by its name or its MX. No answer from DNS counts as "no". */
export async function isHostedByMicrosoft(dns: LiveDns, address: string): Promise<boolean> {
  const domain = domainOf(address);
  if (MICROSOFT_CONSUMER.test(domain)) return true;
  const { values } = await dns.ask(domain, 'MX');
  return values.some(({ exchange }) => isMicrosoftMailHost(exchange));
}
