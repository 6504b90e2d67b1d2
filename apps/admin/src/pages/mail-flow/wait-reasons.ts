import type { WaitReasonWord } from '../../messages/vocabulary.ts';

/** What the filter offers: what is met most, first. Delivered mail does not wait. */
export const WAIT_REASONS: readonly WaitReasonWord[] = [
  'not-tried',
  'path-down',
  'front-end',
  'directory-lookup',
  'proxy',
  'replication',
  'dropped',
  'back-pressure',
  'filter-busy',
  'throttled',
  'connection-throttled',
  'mailbox-throttled',
  'too-many-recipients',
  'receive-limit',
  'unknown-recipient',
  'connector-broken',
  'reputation',
  'sender-banned',
  'subnet',
  'mailbox-full',
  'too-big',
  'tenant-blocked',
  'unknown-temporary',
  'unknown-permanent',
];
