import { domainOf, parseAddress, type Address } from './address.ts';
import { parseIp, parseIpRange, rangeContains } from './ip-range.ts';

export type ListKind = 'allow' | 'block';
export type ListEntryType = 'address' | 'domain' | 'range';

export interface ListEntry {
  readonly kind: ListKind;
  readonly type: ListEntryType;
  /** Normalised: lower-case address or domain; an IP range as entered. */
  readonly value: string;
}

export interface FilterLists {
  readonly entries: readonly ListEntry[];
}

export type ListEntryRefusal = 'not-an-entry' | 'own-domain' | 'range-too-wide';

export type ListEntryReading =
  | { readonly ok: true; readonly entry: ListEntry }
  | { readonly ok: false; readonly refusal: ListEntryRefusal };

/** Widest network that a list may name, as in Exchange Online's own lists: /24 for IPv4, /48 for IPv6. */
export const WIDEST_IPV4_HOSTS = 256n;
export const WIDEST_IPV6_HOSTS = 1n << 80n;

/** ::ffff:0:0/96 (RFC 4291 §2.5.5.2), where `parseIp` puts IPv4. */
const IPV4_MAPPED = { first: 0xffffn << 32n, last: (0x10000n << 32n) - 1n };

/** The last label holds a letter (RFC 3696 §2), else a mistyped IP range would pass for a domain. */
const DOMAIN =
  /^(?=.*\p{L}[^.]*$)(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}][\p{L}\p{N}-]*[\p{L}\p{N}]$/u;

/**
 * Reads what an administrator typed or a tenant's list held. Own domains are refused in the allow list: an entry there
 * would let every spoof of a colleague pass.
 */
export function readListEntry(
  kind: ListKind,
  input: string,
  ownDomains: readonly string[],
): ListEntryReading {
  const text = input.trim().toLowerCase();
  const range = parseIpRange(text);
  if (range !== null) {
    const width = range.last - range.first + 1n;
    // An IPv6 network may hold the IPv4-mapped block: `::/48` would be all of IPv4.
    const touchesIpv4 = range.last >= IPV4_MAPPED.first && range.first <= IPV4_MAPPED.last;
    const widest = touchesIpv4 ? WIDEST_IPV4_HOSTS : WIDEST_IPV6_HOSTS;
    if (width > widest) return { ok: false, refusal: 'range-too-wide' };
    return { ok: true, entry: { kind, type: 'range', value: text } };
  }
  const entry = readName(kind, text);
  if (entry === null) return { ok: false, refusal: 'not-an-entry' };
  const domain = entry.type === 'address' ? domainOf(entry.value) : entry.value;
  if (kind === 'allow' && ownDomains.some((own) => domain === own || own.endsWith(`.${domain}`))) {
    return { ok: false, refusal: 'own-domain' };
  }
  return { ok: true, entry };
}

function readName(kind: ListKind, text: string): ListEntry | null {
  // `*@` first: `*` is a legal local part, and as an address it would match nobody.
  const domain = text.replace(/^(?:\*?@|\*\.)/, '');
  const address = domain === text ? parseAddress(text) : null;
  if (address !== null) return { kind, type: 'address', value: address };
  return DOMAIN.test(domain) ? { kind, type: 'domain', value: domain } : null;
}

export interface ListSubject {
  readonly clientIp: string;
  /** RFC 5321 MAIL FROM; empty for the null reverse-path. */
  readonly envelopeFrom: string;
  /** RFC 5322 From address, what the reader sees; null when there is none or several. */
  readonly headerFrom: string | null;
}

/** The first entry of a kind that matches, most specific type first (address, domain, range); null when none does. */
export function matchList(
  lists: FilterLists,
  kind: ListKind,
  subject: ListSubject,
): ListEntry | null {
  const senders = [subject.headerFrom, subject.envelopeFrom]
    .filter((sender): sender is string => sender !== null && sender !== '')
    .map((sender) => sender.toLowerCase());
  const entries = lists.entries.filter((entry) => entry.kind === kind);
  return (
    entries.find((entry) => entry.type === 'address' && senders.includes(entry.value)) ??
    entries.find(
      (entry) => entry.type === 'domain' && senders.some((sender) => inDomain(sender, entry.value)),
    ) ??
    entries.find((entry) => entry.type === 'range' && inRange(subject.clientIp, entry.value)) ??
    null
  );
}

function inDomain(sender: Address, domain: string): boolean {
  const own = domainOf(sender);
  return own === domain || own.endsWith(`.${domain}`);
}

function inRange(ip: string, value: string): boolean {
  const address = parseIp(ip);
  const range = parseIpRange(value);
  return address !== null && range !== null && rangeContains(range, address);
}
