import { domainOf, type Address } from '../domains/address.ts';

/** Every kind of object of a tenant that can receive mail. All of them are relayed; only some can be protected (invariant 3). */
export const DIRECTORY_KINDS = [
  'user',
  'shared-mailbox',
  'room',
  'equipment',
  'group',
  'dynamic-group',
  'public-folder',
  'contact',
  'guest',
] as const;
export type DirectoryKind = (typeof DIRECTORY_KINDS)[number];

export interface EligibilitySubject {
  readonly kind: DirectoryKind;
  readonly primaryAddress: Address;
  /** An Exchange plan is assigned and enabled, so that there is a mailbox to stand in for. */
  readonly hasMailbox: boolean;
}

export interface TenantDomain {
  readonly name: string;
  /** The tenant's `*.onmicrosoft.com`: its MX cannot be changed by the customer. */
  readonly isInitial: boolean;
  readonly isVerified: boolean;
  /** Graph `supportedServices` includes `Email`. */
  readonly carriesMail: boolean;
}

export type IneligibleReason =
  | 'initial-domain'
  | 'public-folder'
  | 'shared-mailbox'
  | 'room'
  | 'equipment'
  | 'group'
  | 'contact'
  | 'guest'
  | 'no-mailbox'
  | 'domain-not-verified';

export type Eligibility =
  | { readonly eligible: true }
  | { readonly eligible: false; readonly reason: IneligibleReason };

const refuse = (reason: IneligibleReason): Eligibility => ({ eligible: false, reason });

/**
 * Invariant 7: who may get an emergency mailbox. "No" never means that mail breaks: the object's mail is accepted,
 * filtered, relayed and queued like any other.
 */
export function decideEligibility(
  subject: EligibilitySubject,
  domains: readonly TenantDomain[],
): Eligibility {
  switch (subject.kind) {
    case 'public-folder':
    case 'shared-mailbox':
    case 'room':
    case 'equipment':
    case 'contact':
    case 'guest':
      return refuse(subject.kind);
    case 'group':
    case 'dynamic-group':
      return refuse('group');
    case 'user':
      break;
  }
  const name = domainOf(subject.primaryAddress);
  const domain = domains.find((candidate) => candidate.name === name);
  if (domain?.isInitial || isMicrosoftRoutingDomain(name)) return refuse('initial-domain');
  if (!domain?.isVerified || !domain.carriesMail) return refuse('domain-not-verified');
  if (!subject.hasMailbox) return refuse('no-mailbox');
  return { eligible: true };
}

/** `contoso.onmicrosoft.com` and `contoso.mail.onmicrosoft.com`: Microsoft's own, whatever the tenant's list says. */
export function isMicrosoftRoutingDomain(name: string): boolean {
  return name === 'onmicrosoft.com' || name.endsWith('.onmicrosoft.com');
}

/** A domain whose MX may point at us. */
export function isProtectableDomain(domain: TenantDomain): boolean {
  return (
    domain.isVerified &&
    domain.carriesMail &&
    !domain.isInitial &&
    !isMicrosoftRoutingDomain(domain.name)
  );
}
