import { LEE, mail, ORIGINAL, type SampleReport } from './sample.ts';

export const BARE_REPORTS: readonly SampleReport[] = [
  {
    name: 'qmail: no such mailbox',
    raw: mail(
      { From: 'MAILER-DAEMON@mx.fabrikam.example', Subject: 'failure notice' },
      `Hi. This is the qmail-send program at mx.fabrikam.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<${LEE}>:\n192.0.2.7 does not like recipient.\nRemote host said: 550 No such mailbox here\nGiving up on 192.0.2.7.\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <ada@contoso.example>\nReceived: (qmail 1 invoked from network)\n${ORIGINAL}\n\nHere they are.`,
    ),
    action: 'failed',
    reason: 'no-such-address',
  },
  {
    name: 'Exim without structure: over quota',
    raw: mail(
      {
        From: 'Mail Delivery System <Mailer-Daemon@smtp.fabrikam.example>',
        Subject: 'Mail delivery failed: returning message to sender',
        'X-Failed-Recipients': LEE,
      },
      `This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ${LEE}\n    mailbox is full: retry timeout exceeded\n\n------ This is a copy of the message, including all the headers. ------\n\n${ORIGINAL}\n\nHere they are.`,
    ),
    action: 'failed',
    reason: 'mailbox-full',
  },
  {
    name: 'Sendmail of old: a warning after four hours',
    raw: mail(
      {
        From: 'Mail Delivery Subsystem <MAILER-DAEMON@fabrikam.example>',
        Subject: 'Warning: could not send message for past 4 hours',
      },
      `    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    **********************************************\n\n   ----- The following addresses had transient non-fatal errors -----\n<${LEE}>\n\n   ----- Transcript of session follows -----\n451 4.4.1 reply: read error from mx.fabrikam.example.\nWarning: message still undelivered after 4 hours\nWill keep trying until message is 5 days old\n\n   ----- Original message headers -----\n${ORIGINAL}`,
    ),
    action: 'delayed',
    reason: 'gave-up',
  },
  {
    name: 'a German provider, in sentences',
    raw: mail(
      {
        From: 'Postmaster <postmaster@fabrikam.example>',
        Subject: 'Unzustellbar: Figures',
        'Content-Type': 'text/plain; charset=utf-8',
        'In-Reply-To': '<0199b2a0-figures@mx1.holdfast.example>',
      },
      `Guten Tag,\n\nIhre Nachricht an\n\n    ${LEE}\n\nkonnte nicht zugestellt werden.\n\nGrund: 550 5.1.1 User unknown`,
    ),
    action: 'failed',
    reason: 'no-such-address',
  },
  {
    name: 'a gateway that gives nothing back',
    raw: mail(
      { From: 'postmaster@fabrikam.example', Subject: 'Delivery failure (lee)' },
      `Your message to <${LEE}> has encountered a delivery problem:\n\nThe mailbox is disabled.`,
    ),
    action: 'failed',
    reason: 'mailbox-off',
    isNameless: true,
  },
];
