import { randomUUID } from 'node:crypto';
import { newMessageId } from './mail.ts';
import { MONA, type OpenMailboxes } from './open-mailbox.ts';
import { findIn, readable } from './walk-mail.ts';
import { waitFor } from './wait-for.ts';

/** Subjects of reports by mail: about what she sent, and about what nobody sent. */
export const REPORT = 'Undelivered Mail Returned to Sender';
export const STRAY_REPORT = 'Delivery Status Notification (Failure)';
/** The demo's fabrikam.example has a DMARC policy, which a report without a sender would fail. */
const MAIL_SYSTEM = 'mailer-daemon@fabrikam.example';
const TOM = 'tom.brandt@fabrikam.example';

/** She writes to two people outside, whose server accepts it and later reports: one does not exist, one is tried further. */
export async function deliverReports(mailboxes: OpenMailboxes): Promise<void> {
  const subject = 'Papers for gate 6';
  const client = await mailboxes.client();
  const text = 'They are on the table.';
  await client.mutate('mailbox.send', { key: randomUUID(), to: [MONA, TOM], subject, text });
  const sent = await waitFor('the message outside', async () => (await mailboxes.left(subject))[0]);
  const about = findIn(readable(sent), /^Message-ID: *(<[^>]+>)/im);
  await mailboxes.deliver({ subject: REPORT, from: MAIL_SYSTEM, raw: report(REPORT, about) });
  const stray = report(STRAY_REPORT, '<nobody-sent-this@contoso.example>');
  await mailboxes.deliver({ subject: STRAY_REPORT, from: MAIL_SYSTEM, raw: stray });
}

/** As Postfix writes it (RFC 3464). */
function report(subject: string, about: string): string {
  return [
    `From: Mail Delivery System <${MAIL_SYSTEM}>`,
    'To: adele.vance@contoso.example',
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${newMessageId()}`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=dsn',
    '',
    '--dsn',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'This is the mail system at host mail.fabrikam.example.',
    '',
    `<${MONA}>: user unknown`,
    '--dsn',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mail.fabrikam.example',
    '',
    `Final-Recipient: rfc822; ${MONA}`,
    'Action: failed',
    'Status: 5.1.1',
    `Diagnostic-Code: smtp; 550 5.1.1 <${MONA}>: Recipient address rejected: User unknown`,
    '',
    `Final-Recipient: rfc822; ${TOM}`,
    'Action: delayed',
    'Status: 4.4.1',
    'Diagnostic-Code: smtp; connect to mx.fabrikam.example: Connection timed out',
    '--dsn',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${about}`,
    'Subject: Papers for gate 6',
    '--dsn--',
    '',
  ].join('\r\n');
}
