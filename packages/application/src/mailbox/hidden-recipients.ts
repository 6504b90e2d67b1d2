import type { MailParty } from '../ports/message-parser.ts';

/** Nobody but the envelope knows who was in Bcc: no field of a message that left names them (RFC 5322 3.6.3). */
export function hiddenRecipients(
  named: readonly MailParty[],
  recipients: readonly string[],
): readonly MailParty[] {
  const shown = new Set(named.map(({ address }) => address.toLowerCase()));
  return recipients
    .filter((recipient) => !shown.has(recipient.toLowerCase()))
    .map((recipient) => ({ name: '', address: recipient }));
}
