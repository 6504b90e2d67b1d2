/**
 * Every refusal that a person or script can meet, by a stable code. `kind` decides the HTTP status, the SMTP class and
 * the CLI exit code; one mapping per boundary.
 */
export const ERRORS = {
  'session.required': 'unauthenticated',
  'session.wrong-credentials': 'unauthenticated',
  'session.too-many-attempts': 'throttled',
  'session.way-in-wrong': 'unauthenticated',
  'session.must-choose-password': 'forbidden',
  'session.set-up-link-invalid': 'not-found',
  'session.origin-refused': 'forbidden',
  'client.outdated': 'conflict',
  'input.invalid': 'invalid',
  'organisation.unknown': 'not-found',
  'organisation.ambiguous': 'invalid',
  'plan.not-included': 'forbidden',
  'plan.not-enough-seats': 'conflict',
  'connection.missing': 'conflict',
  'connection.failed': 'unavailable',
  'connection.in-use': 'conflict',
  'connection.tenant-taken': 'conflict',
  'consent.unavailable': 'conflict',
  'consent.state-invalid': 'forbidden',
  'consent.expired': 'conflict',
  'consent.declined': 'conflict',
  'consent.failed': 'conflict',
  'consent.wrong-tenant': 'conflict',
  'consent.not-proven': 'forbidden',
  'installation.already-done': 'conflict',
  'installation.not-done': 'conflict',
  'installation.directory-missing': 'conflict',
  'users.ineligible': 'invalid',
  'users.unknown': 'not-found',
  'users.in-event': 'conflict',
  'directory.sync-running': 'conflict',
  'directory.nothing-to-confirm': 'conflict',
  'directory.cannot-attest': 'conflict',
  'domains.unknown': 'not-found',
  'domains.initial': 'invalid',
  'domains.owned-by-another': 'conflict',
  'domains.confirmation-missing': 'invalid',
  'domains.alert-gone': 'conflict',
  'domains.alert-not-acceptable': 'invalid',
  'domains.key-waiting': 'conflict',
  'cut-over.already-started': 'conflict',
  'cut-over.not-started': 'conflict',
  'cut-over.mx-points-here': 'conflict',
  'cut-over.not-skippable': 'conflict',
  'cut-over.reason-missing': 'invalid',
  'cut-over.no-such-probe': 'conflict',
  'cut-over.code-wrong': 'invalid',
  'cut-over.canary-unusable': 'invalid',
  'cut-over.too-early': 'conflict',
  'cut-over.way-back-running': 'conflict',
  'lock-down.refused': 'conflict',
  'uninstall.refused': 'conflict',
  'uninstall.words-missing': 'invalid',
  'lists.not-an-entry': 'invalid',
  'lists.own-domain': 'invalid',
  'lists.range-too-wide': 'invalid',
  'lists.already-there': 'conflict',
  'lists.copy-missing': 'conflict',
  'lists.full': 'conflict',
  'lists.user-range': 'invalid',
  'queue.unknown': 'not-found',
  'queue.nothing-matches': 'not-found',
  'queue.not-possible': 'conflict',
  'queue.reason-missing': 'invalid',
  'queue.action-running': 'conflict',
  'erase.reason-missing': 'invalid',
  'erase.unknown': 'not-found',
  'erase.still-open': 'conflict',
  'event.already-active': 'conflict',
  'event.not-active': 'conflict',
  'event.not-recovering': 'conflict',
  'event.nobody-in-scope': 'invalid',
  'event.reason-missing': 'invalid',
  'event.end-in-the-past': 'invalid',
  'event.still-read-only': 'conflict',
  'info.link-invalid': 'not-found',
  'info.work-address': 'invalid',
  'info.bad-email': 'invalid',
  'info.bad-phone': 'invalid',
  'info.landline': 'invalid',
  'info.nothing-given': 'invalid',
  'info.not-confirmed': 'invalid',
  'info.code-wrong': 'invalid',
  'info.code-expired': 'invalid',
  'info.code-too-many': 'throttled',
  'info.code-too-soon': 'throttled',
  'info.already-verified': 'conflict',
  'mailbox.closed': 'forbidden',
  'mailbox.read-only': 'forbidden',
  'mailbox.not-found': 'not-found',
  'mailbox.message-gone': 'unavailable',
  'mailbox.too-big': 'invalid',
  'mailbox.no-recipient': 'invalid',
  'mailbox.bad-recipient': 'invalid',
  'mailbox.upload-missing': 'invalid',
  'mailbox.taken-back': 'conflict',
  'mailbox.undo-too-early': 'unavailable',
  'mailbox.undo-too-late': 'conflict',
  'spool.refused': 'unavailable',
  'database.unreachable': 'unavailable',
  internal: 'internal',
} as const satisfies Record<string, ErrorKind>;

export type ErrorKind =
  | 'unauthenticated'
  | 'forbidden'
  | 'invalid'
  | 'not-found'
  | 'conflict'
  | 'throttled'
  | 'unavailable'
  | 'internal';
export type ErrorCode = keyof typeof ERRORS;

/** What a client receives besides the HTTP status. `message` is safe to show: what happened, what it means, what to do. */
export interface ErrorShape {
  readonly code: ErrorCode;
  readonly message: string;
  /** Field path → message, for forms. */
  readonly fields?: Readonly<Record<string, string>>;
}
