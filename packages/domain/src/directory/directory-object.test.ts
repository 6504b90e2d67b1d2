import { describe, expect, it } from 'vitest';
import {
  DIRECTORY_KINDS,
  decideEligibility,
  isMicrosoftRoutingDomain,
  isProtectableDomain,
  type EligibilitySubject,
  type TenantDomain,
} from './directory-object.ts';

const contoso: TenantDomain = {
  name: 'contoso.example',
  isInitial: false,
  isVerified: true,
  carriesMail: true,
};
const initial: TenantDomain = { ...contoso, name: 'contoso.onmicrosoft.com', isInitial: true };
const unverified: TenantDomain = { ...contoso, name: 'new.example', isVerified: false };
const silent: TenantDomain = { ...contoso, name: 'web.example', carriesMail: false };
const domains = [contoso, initial, unverified, silent];

const megan: EligibilitySubject = {
  kind: 'user',
  primaryAddress: 'megan@contoso.example',
  hasMailbox: true,
};

describe('who may get an emergency mailbox (invariant 7)', () => {
  it('a user with a mailbox in a verified mail domain', () => {
    expect(decideEligibility(megan, domains)).toEqual({ eligible: true });
  });

  it.each([
    ['shared-mailbox', 'shared-mailbox'],
    ['room', 'room'],
    ['equipment', 'equipment'],
    ['group', 'group'],
    ['dynamic-group', 'group'],
    ['public-folder', 'public-folder'],
    ['contact', 'contact'],
    ['guest', 'guest'],
  ] as const)('not a %s, even with a mailbox', (kind, reason) => {
    expect(decideEligibility({ ...megan, kind }, domains)).toEqual({ eligible: false, reason });
  });

  it('covers every kind there is: only "user" is ever eligible', () => {
    const eligible = DIRECTORY_KINDS.filter(
      (kind) => decideEligibility({ ...megan, kind }, domains).eligible,
    );
    expect(eligible).toEqual(['user']);
  });

  it.each([
    ['megan@contoso.onmicrosoft.com', 'initial-domain'],
    ['megan@other.onmicrosoft.com', 'initial-domain'],
    ['megan@contoso.mail.onmicrosoft.com', 'initial-domain'],
    ['megan@new.example', 'domain-not-verified'],
    ['megan@web.example', 'domain-not-verified'],
    ['megan@elsewhere.example', 'domain-not-verified'],
  ] as const)('not with the primary address %s', (primaryAddress, reason) => {
    expect(decideEligibility({ ...megan, primaryAddress }, domains)).toEqual({
      eligible: false,
      reason,
    });
  });

  it('not without a mailbox to stand in for', () => {
    expect(decideEligibility({ ...megan, hasMailbox: false }, domains)).toEqual({
      eligible: false,
      reason: 'no-mailbox',
    });
  });
});

describe('which domain may point its MX at us', () => {
  it('only a verified one that carries mail and is the customer’s own', () => {
    expect(domains.filter(isProtectableDomain)).toEqual([contoso]);
    expect(isProtectableDomain({ ...contoso, name: 'x.onmicrosoft.com' })).toBe(false);
  });

  it('a name that merely ends alike is not Microsoft’s', () => {
    expect(isMicrosoftRoutingDomain('notonmicrosoft.com')).toBe(false);
    expect(isMicrosoftRoutingDomain('onmicrosoft.com.example')).toBe(false);
  });
});
