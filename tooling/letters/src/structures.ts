import { base64, letter, parts, RED_PIXEL, type RealMail } from './letter.ts';

const TEXT = 'Content-Type: text/plain; charset=utf-8\n\n';
const HTML = 'Content-Type: text/html; charset=utf-8\n\n';

export const STRUCTURES: readonly RealMail[] = [
  {
    name: 'Apple Mail: mixed, alternative, related, with a picture within',
    raw: letter(
      { 'Content-Type': 'multipart/mixed; boundary=m', Subject: 'Photos of the site' },
      parts(
        'm',
        `Content-Type: multipart/alternative; boundary=a\n\n${parts(
          'a',
          `${TEXT}Plain words`,
          `Content-Type: multipart/related; boundary=r\n\n${parts(
            'r',
            `${HTML}<p>Rich words <img src="cid:p1@x" width="80" height="80" alt="the site"></p>`,
            `Content-Type: image/png; name=site.png\nContent-ID: <p1@x>\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\n${RED_PIXEL}`,
          )}`,
        )}`,
        `Content-Type: application/pdf; name="Plan.pdf"\nContent-Disposition: attachment; filename="Plan.pdf"\nContent-Transfer-Encoding: base64\n\n${base64('%PDF-1.4\n%%EOF\n')}`,
      ),
    ),
    shows: ['Rich words'],
    attachments: 1,
  },
  {
    name: 'text, picture, text: in between as Apple Mail does',
    raw: letter(
      { 'Content-Type': 'multipart/mixed; boundary=m' },
      parts(
        'm',
        `${TEXT}Before the picture.`,
        `Content-Type: image/png; name=a.png\nContent-Disposition: inline; filename=a.png\nContent-Transfer-Encoding: base64\n\n${RED_PIXEL}`,
        `${TEXT}After the picture.`,
      ),
    ),
    shows: ['Before the picture.', 'After the picture.'],
  },
  {
    name: 'an attached message, as Outlook forwards',
    raw: letter(
      { 'Content-Type': 'multipart/mixed; boundary=m', Subject: 'FW: Invoice' },
      parts(
        'm',
        `${TEXT}See attached.`,
        `Content-Type: message/rfc822; name="Invoice.eml"\nContent-Disposition: attachment\n\nFrom: a@b.example\nSubject: Invoice\nContent-Type: text/html\n\n<script>alert(1)</script>inner`,
      ),
    ),
    shows: ['See attached.'],
    attachments: 1,
  },
  {
    name: 'a delivery report',
    raw: letter(
      {
        From: 'Mail Delivery System <mailer-daemon@fabrikam.example>',
        Subject: 'Undelivered Mail Returned to Sender',
        'Content-Type': 'multipart/report; report-type=delivery-status; boundary=m',
      },
      parts(
        'm',
        `${TEXT}<nobody@fabrikam.example>: user unknown`,
        'Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.fabrikam.example\n\nFinal-Recipient: rfc822; nobody@fabrikam.example\nAction: failed\nStatus: 5.1.1',
        'Content-Type: text/rfc822-headers\n\nSubject: Hello',
      ),
    ),
    shows: ['user unknown'],
    attachments: 2,
  },
  {
    name: 'format=flowed with quoting',
    raw: letter(
      { 'Content-Type': 'text/plain; charset=utf-8; format=flowed; delsp=no' },
      'A line that goes \non in the next.\n\n> What they \n> said.\n-- \nMona',
    ),
    shows: ['A line that goes on in the next.'],
  },
  {
    name: 'an empty body',
    raw: letter({ 'Content-Type': 'text/plain', Subject: 'Call me' }, ''),
    subject: 'Call me',
    shows: [],
  },
  {
    name: 'only an attachment, from a scanner',
    raw: letter(
      {
        Subject: 'Scan',
        'Content-Type': 'application/pdf; name=scan.pdf',
        'Content-Transfer-Encoding': 'base64',
      },
      base64('%PDF-1.4\n%%EOF\n'),
    ),
    shows: [],
    attachments: 1,
  },
  {
    name: 'HTML alone, from a ticket system',
    raw: letter(
      { 'Content-Type': 'text/html; charset=utf-8' },
      '<p>Ticket <b>4711</b> was closed.</p>',
    ),
    shows: ['4711'],
  },
  {
    name: 'file names in three ways',
    raw: letter(
      { 'Content-Type': 'multipart/mixed; boundary=m' },
      parts(
        'm',
        `${TEXT}x`,
        "Content-Type: application/octet-stream\nContent-Disposition: attachment; filename*0*=UTF-8''%C3%9Cbersicht%20; filename*1*=2027.xlsx\n\nx",
        'Content-Type: application/octet-stream; name="=?utf-8?Q?=C3=9Cbersicht.docx?="\nContent-Disposition: attachment\n\nx',
        'Content-Type: application/octet-stream\nContent-Disposition: attachment; filename="..\\\\..\\\\boot.ini"\n\nx',
      ),
    ),
    shows: ['x'],
    attachments: 3,
  },
  {
    name: 'files without a name',
    raw: letter(
      { 'Content-Type': 'multipart/mixed; boundary=m' },
      parts(
        'm',
        `${TEXT}A fax.`,
        `Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n${base64('%PDF-1.4\n%%EOF\n')}`,
        'Content-Type: message/rfc822\n\nSubject: Within\n\nx',
      ),
    ),
    shows: ['A fax.'],
    attachments: 2,
  },
  {
    name: 'a multipart that is never closed',
    raw: letter(
      { 'Content-Type': 'multipart/alternative; boundary=a' },
      `--a\n${TEXT}The only words`,
    ),
    shows: ['The only words'],
  },
  {
    name: 'multiparts nested twelve deep',
    raw: letter(
      { 'Content-Type': 'multipart/mixed; boundary=b0' },
      Array.from({ length: 12 }).reduceRight<string>(
        (inner, _nothing, at) =>
          parts(
            `b${at}`,
            at === 11 ? inner : `Content-Type: multipart/mixed; boundary=b${at + 1}\n\n${inner}`,
          ),
        `${TEXT}At the bottom`,
      ),
    ),
    shows: ['At the bottom'],
  },
];
