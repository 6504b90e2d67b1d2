import type { Capabilities } from './capabilities.ts';

/** How we sign in at a smart host. */
export interface SmtpLogin {
  readonly user: string;
  readonly password: string;
}

/**
 * What is written to sign in (RFC 4954), one line after each `334` of the host; null when it offers neither PLAIN nor
 * LOGIN. Both carry the password itself, so this is asked only within TLS to a verified host.
 */
export function loginLines(
  { auth }: Capabilities,
  { user, password }: SmtpLogin,
): readonly string[] | null {
  if (auth.includes('PLAIN')) return [`AUTH PLAIN ${base64(`\0${user}\0${password}`)}`];
  if (auth.includes('LOGIN')) return ['AUTH LOGIN', base64(user), base64(password)];
  return null;
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
