import { domainOf, parseAddress } from './address.ts';
import { parseIp, parseIpRange, rangeContains, type IpRange } from './ip-range.ts';

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

/** The entry of a kind that matches, most specific type first (address, domain, range); null when none does. */
export function matchList(
  lists: FilterLists,
  kind: ListKind,
  subject: ListSubject,
): ListEntry | null {
  const prepared = preparedOf(lists)[kind];
  if (prepared === null) return null;
  const { headerFrom, envelopeFrom, clientIp } = subject;
  const senders = [headerFrom, envelopeFrom]
    .filter((sender): sender is string => sender !== null && sender !== '')
    .map((sender) => sender.toLowerCase());
  return (
    firstOf(senders, (sender) => prepared.addresses.get(sender)) ??
    firstOf(senders, (sender) => byDomain(prepared.domains, domainOf(sender))) ??
    byRange(prepared.ranges, clientIp)
  );
}

interface PreparedList {
  readonly addresses: ReadonlyMap<string, ListEntry>;
  readonly domains: ReadonlyMap<string, ListEntry>;
  readonly ranges: readonly { readonly range: IpRange; readonly entry: ListEntry }[];
}

type PreparedLists = Readonly<Record<ListKind, PreparedList | null>>;

/** Lists hold thousands of entries and are asked for every message: they are sorted out once. */
const preparedLists = new WeakMap<FilterLists, PreparedLists>();

function preparedOf(lists: FilterLists): PreparedLists {
  const known = preparedLists.get(lists);
  if (known !== undefined) return known;
  const prepared = { allow: prepare(lists, 'allow'), block: prepare(lists, 'block') };
  preparedLists.set(lists, prepared);
  return prepared;
}

function prepare({ entries }: FilterLists, kind: ListKind): PreparedList | null {
  const ofKind = entries.filter((entry) => entry.kind === kind);
  if (ofKind.length === 0) return null;
  const named = (type: ListEntryType): ReadonlyMap<string, ListEntry> =>
    new Map(ofKind.filter((entry) => entry.type === type).map((entry) => [entry.value, entry]));
  const ranges = ofKind
    .filter((entry) => entry.type === 'range')
    .flatMap((entry) => {
      const range = parseIpRange(entry.value);
      return range === null ? [] : [{ range, entry }];
    });
  return { addresses: named('address'), domains: named('domain'), ranges };
}

function firstOf(
  senders: readonly string[],
  find: (sender: string) => ListEntry | undefined,
): ListEntry | null {
  for (const sender of senders) {
    const entry = find(sender);
    if (entry !== undefined) return entry;
  }
  return null;
}

/** The domain itself, or one that it lies in; the longest first. */
function byDomain(domains: PreparedList['domains'], domain: string): ListEntry | undefined {
  if (domains.size === 0) return undefined;
  for (let name = domain; name !== '';) {
    const entry = domains.get(name);
    if (entry !== undefined) return entry;
    const dot = name.indexOf('.');
    name = dot === -1 ? '' : name.slice(dot + 1);
  }
  return undefined;
}

function byRange(ranges: PreparedList['ranges'], clientIp: string): ListEntry | null {
  if (ranges.length === 0) return null;
  const address = parseIp(clientIp);
  if (address === null) return null;
  return ranges.find(({ range }) => rangeContains(range, address))?.entry ?? null;
}
