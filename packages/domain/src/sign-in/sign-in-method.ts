import type { Instant } from '../instant.ts';

/** How a session of the portal was opened. */
export const SIGN_IN_METHODS = [
  'password',
  'temporary-password',
  'way-in',
  'helpdesk-code',
  'recovery-code',
  'passkey',
] as const;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

/** Single-use credentials that came from elsewhere: whoever used one chooses a way of their own before anything else. */
export function mustChooseOwn(method: SignInMethod): boolean {
  return method === 'temporary-password' || method === 'helpdesk-code';
}

/**
 * Who may put away that the helpdesk has made a code: a session from before it, or one opened by what was sent to the
 * user's own channel. A password or passkey may have been made by whoever used the code.
 */
export function mayPutAway(
  session: { readonly method: SignInMethod; readonly createdAt: Instant },
  codeMadeAt: Instant,
): boolean {
  return session.createdAt < codeMadeAt || session.method === 'way-in';
}

/** How the helpdesk made sure whom it was talking to. */
export const IDENTITY_CHECKS = ['seen', 'called-back', 'video', 'manager'] as const;
export type IdentityCheck = (typeof IDENTITY_CHECKS)[number];
