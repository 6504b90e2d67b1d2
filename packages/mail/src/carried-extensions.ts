/**
 * What reception may announce, since the relay carries it to the end: with SMTPUTF8 (RFC 6531) where the next host
 * offers it, and with a refusal where it does not.
 */
export const CARRIED_EXTENSIONS = { smtpUtf8: true } as const;
