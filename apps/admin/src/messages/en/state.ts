import type { DomainView, PrimaryStateWord } from '../vocabulary.ts';

/** Words for the states of users, domains and Office 365, on whichever page they appear. */
export const state = {
  alternateInfo: {
    missing: 'Never asked',
    'opted-out': 'Opted out',
    asked: 'Asked, no answer',
    given: 'Given, not verified',
    verified: 'Verified',
    opened: 'Opened once',
  },
  alternateInfoLegend: {
    missing: 'Never asked',
    'opted-out': 'Opted out',
    asked: 'Asked',
    given: 'Given, not verified',
    verified: 'Verified',
    opened: 'Opened once',
  },
  kind: {
    user: 'User',
    'shared-mailbox': 'Shared mailbox',
    room: 'Room',
    equipment: 'Equipment',
    group: 'Group',
    'dynamic-group': 'Dynamic group',
    'public-folder': 'Public folder',
    contact: 'Contact',
    guest: 'Guest',
  },
  primary: {
    healthy: 'Healthy',
    suspect: 'Suspect',
    down: 'Down',
    recovering: 'Recovering',
  } satisfies Record<PrimaryStateWord, string>,
  domain: {
    unchecked: 'Not checked yet',
    wrong: 'MX does not point here',
    partial: 'MX points here in part',
    correct: 'MX points here',
    drifted: 'MX has changed',
  } satisfies Record<DomainView['state'], string>,
  channel: { sms: 'SMS', email: 'Alternate email' },
};
