import type { IneligibleReason } from '@holdfast/domain';

/** Why an object cannot get an emergency mailbox; its mail arrives all the same (invariant 3). */
export const INELIGIBLE_WORDS: Readonly<Record<IneligibleReason, string>> = {
  'initial-domain':
    'The default onmicrosoft.com domain cannot be protected: its MX records belong to Microsoft.',
  'public-folder': 'A mail-enabled public folder cannot be protected. Its mail still arrives.',
  'shared-mailbox': 'A shared mailbox cannot be protected. Its mail still arrives.',
  room: 'A room cannot be protected. Its mail still arrives.',
  equipment: 'Equipment cannot be protected. Its mail still arrives.',
  group: 'A group cannot be protected; its members can. Its mail still arrives.',
  contact: 'A contact lives outside and cannot be protected. Its mail still arrives.',
  guest: 'A guest has the mailbox elsewhere and cannot be protected.',
  'no-mailbox': 'There is no Exchange mailbox to stand in for. Assign a licence in Office 365.',
  'domain-not-verified':
    'The domain of the address is not verified for mail in Office 365. Verify it there first.',
};
