import { unicodeDomain } from '../domains/domain-name.ts';
import { looksLikeDomain, skeletonOf } from './look-alike.ts';

export interface NamedAddress {
  readonly name: string;
  readonly address: string;
}

export interface SenderFacts {
  readonly from: NamedAddress | null;
  readonly replyTo: readonly NamedAddress[];
  /** The organisation's domains, lower-case. */
  readonly ownDomains: readonly string[];
  /** People of the organisation who may be meant by the sender's name. */
  readonly colleagues: readonly NamedAddress[];
  /** Nothing came from or went to this address as far back as the mailbox reaches. */
  readonly isFirst: boolean;
  /** Our own check proved the author's domain. */
  readonly isVerified: boolean;
}

/** Why a reader should look twice, in the order of weight. */
export type SenderWarning =
  /** From one of our own domains, and nothing proves it. */
  | { readonly kind: 'own-domain-unproved'; readonly domain: string }
  | { readonly kind: 'look-alike-domain'; readonly domain: string; readonly own: string }
  /** A colleague's name on a stranger's address. */
  | { readonly kind: 'colleague-name'; readonly name: string; readonly address: string }
  /** The name shows one address, the mail comes from another. */
  | { readonly kind: 'address-in-name'; readonly shown: string }
  | { readonly kind: 'reply-elsewhere'; readonly address: string }
  | { readonly kind: 'first-time'; readonly address: string };

const ADDRESS = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/u;
/** A shorter name is anybody's. */
const SHORTEST_NAME = 4;

export function warnOfSender(facts: SenderFacts): readonly SenderWarning[] {
  if (facts.from === null) return [];
  const address = facts.from.address.toLowerCase();
  const domain = domainPart(address);
  const isOwn = facts.ownDomains.includes(domain);
  const warnings: SenderWarning[] = [];
  if (isOwn && !facts.isVerified) warnings.push({ kind: 'own-domain-unproved', domain });
  const readable = unicodeDomain(domain);
  const own = isOwn ? undefined : facts.ownDomains.find((each) => looksLikeDomain(readable, each));
  if (own !== undefined) warnings.push({ kind: 'look-alike-domain', domain, own });
  const colleague = isOwn ? undefined : colleagueNamed(facts);
  if (colleague !== undefined) warnings.push({ kind: 'colleague-name', ...colleague });
  const shown = ADDRESS.exec(facts.from.name)?.[0].toLowerCase();
  if (shown !== undefined && domainPart(shown) !== domain)
    warnings.push({ kind: 'address-in-name', shown });
  const elsewhere = facts.replyTo.find((party) => !isSameHouse(domainPart(party.address), domain));
  if (elsewhere !== undefined)
    warnings.push({ kind: 'reply-elsewhere', address: elsewhere.address.toLowerCase() });
  if (facts.isFirst && !isOwn) warnings.push({ kind: 'first-time', address });
  return warnings;
}

function colleagueNamed(facts: SenderFacts): NamedAddress | undefined {
  const name = facts.from?.name.replace(/\(.*?\)|\bvia\b.*$/giu, '').trim() ?? '';
  if (name.length < SHORTEST_NAME) return undefined;
  const wanted = nameSkeleton(name);
  return facts.colleagues.find((colleague) => nameSkeleton(colleague.name) === wanted);
}

/** `Bowen, Megan` and `Megan Bowen` are the same person. */
function nameSkeleton(name: string): string {
  return name
    .split(/[\s,]+/u)
    .map(skeletonOf)
    .filter((word) => word !== '')
    .toSorted()
    .join(' ');
}

function domainPart(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** Newsletters answer to a host below the sender's, or beside it. */
function isSameHouse(a: string, b: string): boolean {
  const [x, y] = [a, b].map((domain) => domain.split('.').slice(-2).join('.'));
  return x === y;
}
