import type { Ports } from '../ports.ts';

/** What copying mailboxes needs. */
export type CopyPorts = Pick<
  Ports,
  | 'clock'
  | 'consent'
  | 'copySpool'
  | 'database'
  | 'identifiers'
  | 'log'
  | 'mailboxReading'
  | 'secrets'
>;
