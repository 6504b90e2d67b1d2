import { expect, test } from 'vitest';
import { refusalReason } from './refusal-reason.ts';

test.each([
  ['550 5.1.1 <lee@fabrikam.example>: Recipient address rejected: User unknown', 'no-such-address'],
  ['550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found', 'no-such-address'],
  ['550-5.1.1 The email account that you tried to reach does not exist', 'no-such-address'],
  ['550 No such user here', 'no-such-address'],
  ['550 5.1.2 Host unknown', 'no-such-domain'],
  ['552 5.2.2 Mailbox full', 'mailbox-full'],
  ['452 4.2.2 The email account that you tried to reach is over quota', 'mailbox-full'],
  ['552 5.3.4 Message size exceeds fixed maximum message size', 'too-large'],
  ['550 5.2.1 The account is disabled', 'mailbox-off'],
  ['554 5.7.1 Message rejected as spam', 'content-refused'],
  ['550 5.7.26 Unauthenticated email is not accepted due to DMARC policy', 'sender-refused'],
  ['554 5.7.1 Service unavailable; client host blacklisted', 'sender-refused'],
  ['550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup', 'not-permitted'],
  ['550 5.7.1 Relay access denied', 'not-permitted'],
  ['451 4.4.1 Connection timed out', 'gave-up'],
  ['550 Administrative prohibition', 'unknown'],
  [null, 'unknown'],
] as const)('%s: %s', (reply, reason) => {
  expect(refusalReason(reply)).toBe(reason);
});
