import { domainOf, localPartOf, parseAddress, type Address } from '../domains/address.ts';
import { asciiDomain } from '../domains/domain-name.ts';
import type { Instant } from '../instant.ts';
import { parseIpRange } from './ip-range.ts';

export type ListKind = 'allow' | 'block';
/** `domain` covers what lies in the domain as well, `domain-only` does not. */
export type ListEntryType = 'address' | 'domain' | 'domain-only' | 'range';

export interface ListEntry {
  readonly kind: ListKind;
  readonly type: ListEntryType;
  /** Normalised: lower case, domains as DNS has them (`xn--…`); an IP range as entered. */
  readonly value: string;
  /** From then on the entry says nothing. Absent: it never runs out. */
  readonly expiresAt?: Instant;
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

/** Entries of one user's lists, as many as Exchange Online takes over from a mailbox (1,024 safe, 500 blocked senders). */
export const MAX_USER_ENTRIES = 1_524;
/** Entries of an organisation's lists: the Tenant Allow/Block List of Defender Plan 2 with room for policies beside it. */
export const MAX_ORGANISATION_ENTRIES = 30_000;

/** The last label holds a letter (RFC 3696 §2), else a mistyped IP range would pass for a domain. */
const DOMAIN =
  /^(?=.*\p{L}[^.]*$)(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}][\p{L}\p{N}-]*[\p{L}\p{N}]$/u;

const TOP_LEVEL = /^\p{L}[\p{L}\p{N}-]*[\p{L}\p{N}]$/u;

/**
 * Reads what an administrator typed: `partner.example` with all that lies in it, `=partner.example` without. Own domains are refused in the allow list: an entry there
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
  if (kind === 'allow' && ownDomains.some((own) => covers(entry, asciiDomain(own)))) {
    return { ok: false, refusal: 'own-domain' };
  }
  return { ok: true, entry };
}

function covers({ type, value }: ListEntry, own: string): boolean {
  const domain = type === 'address' ? domainOf(value) : value;
  return domain === own || (type !== 'domain-only' && own.endsWith(`.${domain}`));
}

/** An address in the form in which lists hold it. */
export function listedAddress(address: Address): string {
  const domain = domainOf(address);
  return `${localPartOf(address)}@${asciiDomain(domain)}`;
}

/** What `readListEntry` reads as this entry. */
export function writeListEntry({ type, value }: Pick<ListEntry, 'type' | 'value'>): string {
  if (type === 'domain-only') return `=${value}`;
  return type === 'domain' && !value.includes('.') ? `*.${value}` : value;
}

/**
 * Reads an entry of a list in Office 365. There `contoso.example` does not cover what lies in it, `*.contoso.example`
 * does, and special characters of an address are percent-encoded (Microsoft, "Allow or block email using the Tenant
 * Allow/Block List", 23 February 2026). Read as our own notation, an allowed `onmicrosoft.com` would let in every tenant.
 */
export function readTenantListEntry(
  kind: ListKind,
  input: string,
  ownDomains: readonly string[],
): ListEntryReading {
  const text = decodePercent(input.trim());
  const bare = text.replace(/^@/, '');
  const plainDomain = !bare.includes('@') && !bare.startsWith('*') && parseIpRange(bare) === null;
  return readListEntry(kind, plainDomain ? `=${bare}` : text, ownDomains);
}

function decodePercent(text: string): string {
  if (!/%[0-9a-f]{2}/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readName(kind: ListKind, text: string): ListEntry | null {
  if (text.startsWith('=')) return readDomain(kind, 'domain-only', text.slice(1));
  // `*@` first: `*` is a legal local part, and as an address it would match nobody.
  const domain = text.replace(/^(?:\*?@|\*\.)/, '');
  // All of a top-level domain: refused as an allow entry, since nobody can vouch for it.
  if (kind === 'block' && text.startsWith('*.') && TOP_LEVEL.test(domain))
    return { kind, type: 'domain', value: asciiDomain(domain) };
  const address = domain === text ? parseAddress(text) : null;
  if (address !== null) return { kind, type: 'address', value: listedAddress(address) };
  return readDomain(kind, 'domain', domain);
}

function readDomain(kind: ListKind, type: ListEntryType, text: string): ListEntry | null {
  const domain = text.normalize('NFC');
  return DOMAIN.test(domain) ? { kind, type, value: asciiDomain(domain) } : null;
}
