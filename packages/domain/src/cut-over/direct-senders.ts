import { parseIp, parseIpRange, rangeContains, type IpRange } from '../lists/ip-range.ts';
import type { Instant } from '../instant.ts';

/** One row of the tenant's message trace. */
export interface TracedMessage {
  readonly sender: string;
  readonly recipient: string;
  /** Empty for mail that began inside the tenant. */
  readonly fromIp: string;
  readonly receivedAt: Instant;
}

/** What probably sends there: told as a hint, never as a fact. */
export type DirectSenderHint =
  /** Writes as one of the tenant's own domains: a printer, an application, a newsletter (Direct Send). */
  | 'own-device'
  /** Goes to the tenant's initial domain, whose MX is always Microsoft's. */
  | 'initial-domain'
  /** A host that sends to our MX as well, or now and then: its DNS cache, or a host name set by hand. */
  | 'old-mx';

export interface DirectSender {
  readonly fromIp: string;
  readonly senderDomain: string;
  readonly messages: number;
  readonly lastAt: Instant;
  readonly hint: DirectSenderHint;
}

export interface DirectSenderFacts {
  /** Addresses and networks that we relay from. */
  readonly ourAddresses: readonly string[];
  /** Mail domains of the tenant, the initial one left out. */
  readonly domains: readonly string[];
  readonly initialDomain: string;
}

/** The sources that reach the tenant past us, most mail first. Mail that began inside the tenant is none of them. */
export function directSenders(
  traced: readonly TracedMessage[],
  facts: DirectSenderFacts,
): readonly DirectSender[] {
  const ours = facts.ourAddresses.map(parseIpRange).filter((range) => range !== null);
  const own = new Set(facts.domains.map((name) => name.toLowerCase()));
  const found = new Map<string, DirectSender>();
  for (const message of traced) {
    const to = domainOf(message.recipient);
    const initial = to === facts.initialDomain.toLowerCase();
    if (message.fromIp === '' || !(own.has(to) || initial) || isOurs(message.fromIp, ours))
      continue;
    const senderDomain = domainOf(message.sender);
    const key = `${message.fromIp} ${senderDomain}`;
    const before = found.get(key);
    found.set(key, {
      fromIp: message.fromIp,
      senderDomain,
      messages: (before?.messages ?? 0) + 1,
      lastAt: Math.max(before?.lastAt ?? 0, message.receivedAt),
      hint: own.has(senderDomain) ? 'own-device' : initial ? 'initial-domain' : 'old-mx',
    });
  }
  return [...found.values()].toSorted((a, b) => b.messages - a.messages || b.lastAt - a.lastAt);
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

function isOurs(ip: string, ours: readonly IpRange[]): boolean {
  const address = parseIp(ip);
  return address !== null && ours.some((range) => rangeContains(range, address));
}
