import type { UserRow } from '../vocabulary.ts';

type Reason = NonNullable<UserRow['reason']>;

const MAIL_STILL_ARRIVES = 'Its mail still arrives and is queued in an outage.';

const reasonWhy: Readonly<Record<Reason, string>> = {
  'initial-domain':
    'the address is on the tenant’s initial onmicrosoft.com domain, whose MX cannot be changed.',
  'public-folder': 'mail-enabled public folder.',
  'shared-mailbox': 'a shared mailbox has no person to sign in.',
  room: 'a room has no person to sign in.',
  equipment: 'equipment has no person to sign in.',
  group: 'a group is not a mailbox. Its protected members see its mail.',
  contact: 'a contact’s mailbox is outside the organisation.',
  guest: 'a guest’s mailbox is outside the organisation.',
  'no-mailbox': 'no Exchange mailbox is assigned.',
  'domain-not-verified': 'the domain is not verified for mail in Office 365.',
};

const reasonShort: Readonly<Record<Reason, string>> = {
  'initial-domain': 'On the initial onmicrosoft.com domain',
  'public-folder': 'Mail-enabled public folders',
  'shared-mailbox': 'Shared mailboxes',
  room: 'Rooms',
  equipment: 'Equipment',
  group: 'Groups',
  contact: 'Contacts',
  guest: 'Guests',
  'no-mailbox': 'Without a mailbox',
  'domain-not-verified': 'On a domain that is not verified',
};

/** Why an address cannot be protected. */
export const ineligible = {
  why: (reason: Reason) => `Cannot be protected: ${reasonWhy[reason]} ${MAIL_STILL_ARRIVES}`,
  short: (reason: Reason) => reasonShort[reason],
};
