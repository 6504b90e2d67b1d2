import { LEE, mail, ORIGINAL, report, type SampleReport } from './sample.ts';

const WORDS = 'Content-Type: text/plain; charset=us-ascii\n\nThis is the mail system.';
const STATUS = 'Content-Type: message/delivery-status\n\n';
const HEADERS = `Content-Type: text/rfc822-headers\n\n${ORIGINAL}\n`;
const WHOLE = `Content-Type: message/rfc822\n\n${ORIGINAL}\nContent-Type: text/plain\n\nHere they are.\n`;

export const STRUCTURED_REPORTS: readonly SampleReport[] = [
  {
    name: 'Postfix: no such user',
    raw: report({}, [
      `Content-Description: Notification\n${WORDS}\n\n<${LEE}>: host mx.fabrikam.example[192.0.2.7] said: 550 5.1.1\n    <${LEE}>: Recipient address rejected: User unknown (in reply to RCPT TO command)`,
      `Content-Description: Delivery report\n${STATUS}Reporting-MTA: dns; mail.contoso.example\nX-Postfix-Queue-ID: 4XYZ\nX-Postfix-Sender: rfc822; ada@contoso.example\nArrival-Date: Thu, 26 Nov 2026 09:00:00 +0000 (UTC)\n\nFinal-Recipient: rfc822; ${LEE}\nOriginal-Recipient: rfc822;${LEE}\nAction: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx.fabrikam.example\nDiagnostic-Code: smtp; 550 5.1.1 <${LEE}>: Recipient address rejected:\n    User unknown`,
      `Content-Description: Undelivered Message Headers\n${HEADERS}`,
    ]),
    action: 'failed',
    reason: 'no-such-address',
  },
  {
    name: 'Postfix: delayed, tried further',
    raw: report({ Subject: 'Delayed Mail (still being retried)' }, [
      `${WORDS}\n\n# THIS IS A WARNING ONLY. YOU DO NOT NEED TO RESEND YOUR MESSAGE. #`,
      `${STATUS}Reporting-MTA: dns; mail.contoso.example\n\nFinal-Recipient: rfc822; ${LEE}\nAction: delayed\nStatus: 4.4.1\nDiagnostic-Code: X-Postfix; connect to mx.fabrikam.example[192.0.2.7]:25: Connection timed out\nWill-Retry-Until: Tue, 1 Dec 2026 09:00:00 +0000 (UTC)`,
      HEADERS,
    ]),
    action: 'delayed',
    reason: 'gave-up',
  },
  {
    name: 'Exchange Online: mailbox full',
    raw: report(
      {
        From: 'Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@fabrikam.example>',
        Subject: 'Undeliverable: Figures',
        'In-Reply-To': '<0199b2a0-figures@mx1.holdfast.example>',
        'X-MS-Exchange-Message-Is-Ndr': '',
      },
      [
        `Content-Type: multipart/alternative; boundary=alt\n\n--alt\nContent-Type: text/plain; charset=utf-8\n\nYour message to ${LEE} couldn't be delivered.\n\nlee's mailbox is full and can't accept messages now.\n--alt\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<html><body><p>Your message to <b>${LEE}</b> couldn't be delivered.</p></body></html>\n--alt--`,
        `${STATUS}Reporting-MTA: dns;AM0PR01MB1234.eurprd01.prod.exchangelabs.example\nReceived-From-MTA: dns;mx1.holdfast.example\nArrival-Date: Thu, 26 Nov 2026 09:00:02 +0000\n\nFinal-Recipient: rfc822;${LEE}\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp;554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded; Failed to process message`,
        WHOLE,
      ],
    ),
    action: 'failed',
    reason: 'mailbox-full',
  },
  {
    name: 'Exchange on premises: recipient not found',
    raw: report({ From: '<postmaster@fabrikam.example>', Subject: 'Undeliverable: Figures' }, [
      WORDS,
      `${STATUS}Reporting-MTA: dns;ex01.fabrikam.example\n\nFinal-Recipient: RFC822;LEE@Fabrikam.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp;550 5.1.1 RESOLVER.ADR.RecipNotFound; not found\nX-Display-Name: Lee`,
      WHOLE,
    ]),
    action: 'failed',
    reason: 'no-such-address',
  },
  {
    name: 'Gmail: account switched off, within a related part',
    raw: report(
      {
        From: 'Mail Delivery Subsystem <mailer-daemon@googlemail.example>',
        Subject: 'Delivery Status Notification (Failure)',
        'X-Failed-Recipients': LEE,
        References: '<0199b2a0-figures@mx1.holdfast.example>',
      },
      [
        `Content-Type: multipart/related; boundary=rel\n\n--rel\nContent-Type: multipart/alternative; boundary=alt\n\n--alt\nContent-Type: text/plain; charset="UTF-8"\n\n** Address not found **\n--alt--\n--rel\nContent-Type: image/png; name=icon.png\nContent-Disposition: attachment; filename=icon.png\nContent-ID: <icon.png>\n\nx\n--rel--`,
        `${STATUS}Reporting-MTA: dns; googlemail.example\nReceived-From-MTA: dns; ada@contoso.example\n\nFinal-Recipient: rfc822; ${LEE}\nAction: failed\nStatus: 5.2.1\nRemote-MTA: dns; gmail-smtp-in.l.google.example. (192.0.2.9)\nDiagnostic-Code: smtp; 550-5.2.1 The email account that you tried to reach is inactive. For more\n 550-5.2.1 information, go to\n 550 5.2.1  https://support.google.example/DisabledUser - gsmtp`,
        HEADERS,
      ],
    ),
    action: 'failed',
    reason: 'mailbox-off',
  },
  {
    name: 'Exim with a report: refused as spam, no enhanced code of its own',
    raw: report({ Subject: 'Mail delivery failed: returning message to sender' }, [
      WORDS,
      `${STATUS}Reporting-MTA: dns; smtp.fabrikam.example\n\nAction: failed\nFinal-Recipient: rfc822;${LEE}\nStatus: 5.0.0\nRemote-MTA: dns; mx.fabrikam.example\nDiagnostic-Code: smtp; 550 This message was classified as spam`,
      WHOLE,
    ]),
    action: 'failed',
    reason: 'content-refused',
  },
  {
    name: 'Sendmail: too large, recipient given as it was meant',
    raw: report({ Subject: 'Returned mail: see transcript for details' }, [
      WORDS,
      `${STATUS}Reporting-MTA: dns; mail.fabrikam.example\n\nOriginal-Recipient: rfc822;${LEE}\nFinal-Recipient: RFC822; lee.long@inside.fabrikam.example\nAction: failed\nStatus: 5.2.3\nDiagnostic-Code: SMTP; 552 5.2.3 Message exceeds maximum fixed size (10485760)`,
      HEADERS,
    ]),
    action: 'failed',
    reason: 'too-large',
  },
  {
    name: 'given up after days, within base64',
    raw: report({}, [
      WORDS,
      `Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n${Buffer.from(
        `Reporting-MTA: dns; mx.fabrikam.example\n\nFinal-Recipient: rfc822; ${LEE}\nAction: failed\nStatus: 4.4.7\nDiagnostic-Code: smtp; 550 4.4.7 QUEUE.Expired; message expired\n`,
      )
        .toString('base64')
        .replace(/.{76}/g, '$&\n')}`,
      HEADERS,
    ]),
    action: 'failed',
    reason: 'gave-up',
  },
  {
    name: 'internationalised (RFC 6533)',
    raw: report({}, [
      WORDS,
      `Content-Type: message/global-delivery-status\n\nReporting-MTA: dns; mx.fabrikam.example\n\nFinal-Recipient: utf-8; ${LEE}\nAction: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 550 5.7.1 You are not permitted to write to this list`,
      `Content-Type: message/global-headers\n\n${ORIGINAL}\n`,
    ]),
    action: 'failed',
    reason: 'not-permitted',
  },
  {
    name: 'without an action: the class of the code says it',
    raw: report({}, [
      WORDS,
      `${STATUS}Reporting-MTA: dns; old.fabrikam.example\n\nFinal-Recipient: ${LEE}\nStatus: 5.1.2 (Bad destination system)`,
      HEADERS,
    ]),
    action: 'failed',
    reason: 'no-such-domain',
  },
  {
    name: 'delivered, as was asked for (success)',
    raw: report({ Subject: 'Successful Mail Delivery Report' }, [
      WORDS,
      `${STATUS}Reporting-MTA: dns; mx.fabrikam.example\n\nFinal-Recipient: rfc822; ${LEE}\nAction: delivered\nStatus: 2.0.0\nDiagnostic-Code: smtp; 250 2.0.0 Ok`,
      HEADERS,
    ]),
    action: 'delivered',
    reason: 'unknown',
  },
  {
    name: 'a report whose type says mixed',
    raw: mail(
      { 'Content-Type': 'multipart/mixed; boundary="=_dsn"' },
      `--=_dsn\n${WORDS}\n--=_dsn\n${STATUS}Reporting-MTA: dns; mx.fabrikam.example\n\nFinal-Recipient: rfc822; ${LEE}\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 over quota\n--=_dsn\n${WHOLE}\n--=_dsn--`,
    ),
    action: 'failed',
    reason: 'mailbox-full',
  },
];
