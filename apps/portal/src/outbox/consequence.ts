import type { ErrorCode } from '@holdfast/contracts';

/** What an answer that is no means for something that waits to be sent. */
export type Consequence =
  /** Tried again by itself. */
  | 'network'
  | 'server'
  /** Waits until the person has done something. */
  | 'sign-in'
  | 'update'
  | 'other-user'
  /** The event, and with it the way out, is over. */
  | 'over'
  | 'taken-back'
  /** Sent from another device in other words: this text needs a key of its own. */
  | 'elsewhere'
  | 'too-late'
  /** A fault that its author can mend. */
  | 'refused';

const KNOWN: Partial<Record<ErrorCode | 'network', Consequence>> = {
  network: 'network',
  internal: 'server',
  'database.unreachable': 'server',
  'spool.refused': 'server',
  'session.too-many-attempts': 'server',
  'session.required': 'sign-in',
  'session.must-choose-password': 'sign-in',
  'session.other-user': 'other-user',
  'client.outdated': 'update',
  'mailbox.closed': 'over',
  'mailbox.read-only': 'over',
  'mailbox.drill-over': 'over',
  'mailbox.still-sending': 'server',
  'mailbox.sent-elsewhere': 'elsewhere',
  'mailbox.taken-back': 'taken-back',
  'mailbox.undo-too-early': 'server',
  'mailbox.undo-too-late': 'too-late',
};

/** A code that is not known here is given to the author with its words: better asked once too often than tried for ever. */
export function consequenceOf(code: ErrorCode | 'network'): Consequence {
  return KNOWN[code] ?? 'refused';
}
