import { domainOf } from '../domains/address.ts';
import {
  listedAddress,
  type FilterLists,
  type ListEntry,
  type ListEntryType,
  type ListKind,
} from './filter-lists.ts';
import type { Instant } from '../instant.ts';
import { parseIp, parseIpRange, rangeContains, type IpRange } from './ip-range.ts';

export interface ListSubject {
  readonly clientIp: string;
  /** RFC 5321 MAIL FROM; empty for the null reverse-path. */
  readonly envelopeFrom: string;
  /** RFC 5322 From address, what the reader sees; null when there is none or several. */
  readonly headerFrom: string | null;
  /** When the message came: entries run out. */
  readonly at: Instant;
}

/** The entry of a kind that matches, most specific type first (address, domain, range); null when none does. */
export function matchList(
  lists: FilterLists,
  kind: ListKind,
  subject: ListSubject,
): ListEntry | null {
  const prepared = preparedOf(lists)[kind];
  if (prepared === null) return null;
  const { headerFrom, envelopeFrom, clientIp, at } = subject;
  const senders = [headerFrom, envelopeFrom]
    .filter((sender): sender is string => sender !== null && sender !== '')
    .map(compared);
  return (
    firstOf(senders, (sender) => inForce(prepared.addresses.get(sender), at)) ??
    firstOf(senders, (sender) => byDomain(prepared, domainOf(sender), at)) ??
    byRange(prepared.ranges, clientIp, at)
  );
}

/**
 * The entry of a user's lists that applies to a message. An address says more than a domain, whatever it says; of two
 * that say as much, what is blocked wins.
 */
export function matchUserLists(lists: FilterLists, subject: ListSubject): ListEntry | null {
  const block = matchList(lists, 'block', subject);
  const allow = matchList(lists, 'allow', subject);
  if (block === null || allow === null) return block ?? allow;
  return allow.type === 'address' && block.type !== 'address' ? allow : block;
}

/** What an address of ASCII consists of; anything else takes the long way. */
const PRINTABLE = /^[ -~]*$/;

/** Nearly every address is ASCII, and this is asked for every message. */
function compared(sender: string): string {
  const lower = sender.toLowerCase();
  return PRINTABLE.test(lower) ? lower : listedAddress(lower.normalize('NFC'));
}

function inForce(entry: ListEntry | undefined, at: Instant): ListEntry | undefined {
  return entry?.expiresAt !== undefined && entry.expiresAt <= at ? undefined : entry;
}

interface PreparedList {
  readonly addresses: ReadonlyMap<string, ListEntry>;
  readonly domains: ReadonlyMap<string, ListEntry>;
  readonly exactDomains: ReadonlyMap<string, ListEntry>;
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
  return {
    addresses: named('address'),
    domains: named('domain'),
    exactDomains: named('domain-only'),
    ranges,
  };
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
function byDomain(
  { domains, exactDomains }: PreparedList,
  domain: string,
  at: Instant,
): ListEntry | undefined {
  const exact = inForce(exactDomains.get(domain), at);
  if (exact !== undefined || domains.size === 0) return exact;
  for (let name = domain; name !== '';) {
    const entry = inForce(domains.get(name), at);
    if (entry !== undefined) return entry;
    const dot = name.indexOf('.');
    name = dot === -1 ? '' : name.slice(dot + 1);
  }
  return undefined;
}

function byRange(ranges: PreparedList['ranges'], clientIp: string, at: Instant): ListEntry | null {
  if (ranges.length === 0) return null;
  const address = parseIp(clientIp);
  if (address === null) return null;
  return (
    ranges.find(
      ({ range, entry }) => rangeContains(range, address) && inForce(entry, at) !== undefined,
    )?.entry ?? null
  );
}
