import type { VerdictDecision } from '@holdfast/domain';
import type { ReceivedMessage } from '../ports/reception.ts';

/** Name of the header that carries our verdict; the tenant's transport rule reads it. */
export const VERDICT_HEADER = 'X-Holdfast-Verdict';

/**
 * `Received` (RFC 5321 §4.4) and `Authentication-Results` (RFC 8601), put on top of the untouched message so that the
 * sender's DKIM signature still verifies.
 */
export function traceHeaders(input: {
  readonly hostname: string;
  readonly recordId: string;
  readonly at: number;
  readonly message: ReceivedMessage;
  readonly authenticationResults: string;
  readonly decision: VerdictDecision;
}): string {
  const { session, recipients, smtpUtf8 } = input.message;
  const protocol = `${smtpUtf8 ? 'UTF8SMTP' : 'ESMTP'}${session.tls === null ? '' : 'S'}`;
  const only = recipients.length === 1 ? recipients[0] : undefined;
  const received = [
    `Received: from ${headerSafe(session.helo)} ([${headerSafe(session.clientIp)}])`,
    `\tby ${input.hostname} with ${protocol} id ${input.recordId}`,
    ...(only === undefined ? [] : [`\tfor <${headerSafe(only.address)}>`]),
  ].join('\r\n');
  return [
    `${received};\r\n\t${rfc5322Date(input.at)}\r\n`,
    `Authentication-Results: ${input.authenticationResults}\r\n`,
    `${VERDICT_HEADER}: ${input.decision.verdict}; reason=${input.decision.reason}\r\n`,
  ].join('');
}

/** What a client says of itself must not start a header line of its own. */
function headerSafe(value: string): string {
  return value.replace(/[^\x21-\x7e\u0080-\u{10ffff}]/gu, '').slice(0, 255) || 'unknown';
}

/** RFC 5322 §3.3 date-time in UTC. */
export function rfc5322Date(at: number): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}
