import { LEE, mail, ORIGINAL, report } from './sample.ts';

/** What comes from the null sender or a mail system and is no delivery report. */
export const NO_REPORTS: readonly { readonly name: string; readonly raw: Buffer }[] = [
  {
    name: 'somebody is away (RFC 3834)',
    raw: mail(
      {
        From: `Lee <${LEE}>`,
        Subject: 'Automatic reply: Figures',
        'In-Reply-To': '<0199b2a0-figures@mx1.holdfast.example>',
        'X-Auto-Response-Suppress': 'All',
      },
      `I am out of the office until Monday. Mail to ${LEE} is not forwarded; if delivery fails, call me.`,
    ),
  },
  {
    name: 'a receipt (RFC 8098)',
    raw: report(
      {
        From: `Lee <${LEE}>`,
        Subject: 'Read: Figures',
        'Content-Type': 'multipart/report; report-type=disposition-notification; boundary="=_dsn"',
      },
      [
        'Content-Type: text/plain\n\nYour message was read.',
        `Content-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;${LEE}\nDisposition: manual-action/MDN-sent-automatically; displayed`,
      ],
    ),
  },
  {
    name: 'a complaint (RFC 5965)',
    raw: report(
      {
        From: 'postmaster@fabrikam.example',
        Subject: 'complaint: delivery failure wanted',
        'Content-Type': 'multipart/report; report-type=feedback-report; boundary="=_dsn"',
      },
      [
        `Content-Type: text/plain\n\nThis is an abuse report about mail to ${LEE}. Undeliverable.`,
        'Content-Type: message/feedback-report\n\nFeedback-Type: abuse',
        `Content-Type: message/rfc822\n\n${ORIGINAL}\n`,
      ],
    ),
  },
  {
    name: 'a notice of the postmaster to everybody',
    raw: mail(
      { From: 'postmaster@fabrikam.example', Subject: 'Maintenance on Sunday' },
      `The servers are off on Sunday. Questions to ${LEE}.`,
    ),
  },
  {
    name: 'a report that names nobody',
    raw: report({ Subject: 'Undeliverable' }, [
      'Content-Type: text/plain\n\nSorry.',
      'Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.fabrikam.example',
    ]),
  },
];
