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
