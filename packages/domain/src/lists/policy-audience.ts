import { domainOf, type Address } from '../domains/address.ts';

/** To whom an anti-spam policy applies: a rule of Office 365 (`Get-HostedContentFilterRule`). */
export interface PolicyRule {
  readonly policy: string;
  /** The smallest comes first; of those that cover a recipient only the first applies. */
  readonly priority: number;
  readonly enabled: boolean;
  /** Values of one condition are alternatives; conditions of different kinds must all hold. Empty: no such condition. */
  readonly sentTo: readonly string[];
  readonly memberOf: readonly string[];
  readonly domains: readonly string[];
  readonly exceptSentTo: readonly string[];
  readonly exceptMemberOf: readonly string[];
  readonly exceptDomains: readonly string[];
}

/** A recipient, as far as rules ask for it. */
export interface PolicyRecipient {
  readonly id: string;
  readonly primaryAddress: Address;
  readonly addresses: readonly Address[];
  /** Addresses and names of the groups it is in, lower case. */
  readonly groups: ReadonlySet<string>;
}

export type PolicyAudience =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'domains'; readonly domains: readonly string[] }
  | { readonly kind: 'users'; readonly ids: readonly string[] }
  /** No rule, none that is switched on, or nobody is left that it covers. */
  | { readonly kind: 'nobody' };

/** Applies to whom no other policy does. */
export const DEFAULT_POLICY = 'Default';

/**
 * Who is under each policy, as rules decide it in Office 365: in the order of their priority, the first that covers a
 * recipient takes it. What turns out to cover whole domains is said so, and does not become a list for each user.
 * `Default` is for everyone here: a recipient whom another policy covers gets its entries beside those of the default.
 */
export function policyAudiences(
  rules: readonly PolicyRule[],
  recipients: readonly PolicyRecipient[],
): ReadonlyMap<string, PolicyAudience> {
  const audiences = new Map<string, PolicyAudience>([[DEFAULT_POLICY, { kind: 'everyone' }]]);
  const taken = new Set<string>();
  const inOrder = rules
    .filter(({ enabled }) => enabled)
    .toSorted((a, b) => a.priority - b.priority);
  for (const rule of inOrder) {
    const covered = recipients.filter(
      (recipient) => !taken.has(recipient.id) && covers(rule, recipient),
    );
    for (const { id } of covered) taken.add(id);
    audiences.set(rule.policy, audienceOf(covered, recipients));
  }
  return audiences;
}

function audienceOf(
  covered: readonly PolicyRecipient[],
  all: readonly PolicyRecipient[],
): PolicyAudience {
  if (covered.length === 0) return { kind: 'nobody' };
  if (covered.length === all.length) return { kind: 'everyone' };
  const members = Map.groupBy(all, ({ primaryAddress }) => domainOf(primaryAddress));
  const reached = Map.groupBy(covered, ({ primaryAddress }) => domainOf(primaryAddress));
  const whole = [...reached].every(
    ([domain, those]) => those.length > 1 && those.length === members.get(domain)?.length,
  );
  return whole
    ? { kind: 'domains', domains: [...reached.keys()] }
    : { kind: 'users', ids: covered.map(({ id }) => id) };
}

function covers(rule: PolicyRule, recipient: PolicyRecipient): boolean {
  const { sentTo, memberOf, domains } = rule;
  if (sentTo.length + memberOf.length + domains.length === 0) return false;
  const excepted =
    isNamed(rule.exceptSentTo, recipient) ||
    isMember(rule.exceptMemberOf, recipient) ||
    isIn(rule.exceptDomains, recipient);
  return (
    !excepted &&
    (sentTo.length === 0 || isNamed(sentTo, recipient)) &&
    (memberOf.length === 0 || isMember(memberOf, recipient)) &&
    (domains.length === 0 || isIn(domains, recipient))
  );
}

function isNamed(names: readonly string[], { addresses }: PolicyRecipient): boolean {
  return names.some((name) => addresses.includes(name.toLowerCase()));
}

function isMember(names: readonly string[], { groups }: PolicyRecipient): boolean {
  return names.some((name) => groups.has(name.toLowerCase()));
}

/** By the primary address, as Microsoft's rules have it. */
function isIn(names: readonly string[], { primaryAddress }: PolicyRecipient): boolean {
  const domain = domainOf(primaryAddress);
  return names.some((name) => name.toLowerCase() === domain);
}
