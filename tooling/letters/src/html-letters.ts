import { base64, letter, parts, type RealMail } from './letter.ts';

const html = (fields: Readonly<Record<string, string>>, body: string): Buffer =>
  letter({ 'Content-Type': 'text/html; charset=utf-8', ...fields }, body);

const PARAGRAPH =
  'The works at gate 4 take until Friday. Deliveries use gate 2; drivers report at the office first. ';

/** HTML as the big senders write it. */
export const HTML_LETTERS: readonly RealMail[] = [
  {
    name: 'Outlook with Word’s HTML, answering',
    raw: html(
      { Subject: 'RE: Gate 4' },
      `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit" spidmax="1026" /></xml><![endif]--><style><!-- @font-face {font-family:Calibri;} p.MsoNormal {margin:0cm;font-size:11.0pt;font-family:"Calibri",sans-serif;} --></style></head><body lang=EN-GB link="#0563C1" vlink="#954F72" style='word-wrap:break-word'><div class=WordSection1><p class=MsoNormal><span style='font-family:"Calibri",sans-serif'>Yes, gate 2 is fine.<o:p></o:p></span></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>From:</b> Adele Vance<br><b>Sent:</b> Thursday<br><b>Subject:</b> Gate 4</p></div><p class=MsoNormal>Can they use another gate?</p></div></body></html>`,
    ),
    shows: ['Yes, gate 2 is fine.', 'Can they use another gate?'],
  },
  {
    name: 'a newsletter with tables 600 px wide',
    raw: html(
      { From: 'Fabrikam News <news@fabrikam.example>', Subject: 'Your week at Fabrikam' },
      `<body style="margin:0;padding:0;background-color:#f4f4f4"><div style="display:none;max-height:0">Preview text</div><table width="100%" cellpadding="0" cellspacing="0" bgcolor="#f4f4f4"><tr><td align="center"><table width="600" cellpadding="0" cellspacing="0" bgcolor="#ffffff" style="width:600px;min-width:600px"><tr><td bgcolor="#0b5d66" style="padding:24px;color:#ffffff;font-family:Arial,sans-serif;font-size:24px">Fabrikam News</td></tr><tr><td style="padding:24px;font-family:Arial,sans-serif;font-size:16px;color:#333333"><h2 style="margin:0 0 12px">Gates and lorries</h2>${PARAGRAPH.repeat(2)}<table width="552" cellspacing="8"><tr><td width="264" bgcolor="#e6f2f3" style="padding:16px">Left column</td><td width="264" bgcolor="#e6f2f3" style="padding:16px">Right column</td></tr></table><p><a href="https://click.mailer.example/x" style="background-color:#0b5d66;color:#ffffff;padding:12px 20px;text-decoration:none;border-radius:4px">Read more</a></p></td></tr><tr><td style="padding:16px;font-size:12px;color:#888888;text-align:center"><a href="https://click.mailer.example/u">Unsubscribe</a></td></tr></table></td></tr></table><img src="https://track.mailer.example/open.gif" width="1" height="1"></body>`,
    ),
    shows: ['Gates and lorries', 'Right column'],
  },
  {
    name: 'a plain answer from Gmail, quoting',
    raw: html(
      { Subject: 'Re: Thursday' },
      '<div dir="ltr">Thursday works for me.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Wed, Adele Vance wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">Shall we meet on Thursday?</blockquote></div>',
    ),
    shows: ['Thursday works for me.', 'Shall we meet'],
  },
  {
    name: 'right to left, from Tel Aviv',
    raw: html(
      {
        From: '=?utf-8?B?157Xldeg15Q=?= <mona@fabrikam.example>',
        Subject: '=?utf-8?B?15TXodeb150g16nXnNea?=',
      },
      '<div dir="rtl"><p>שלום עדל,</p><p>ההסכם מצורף. המחיר הוא 1,200 ₪ (ראי סעיף 4).</p></div>',
    ),
    subject: 'הסכם שלך',
    shows: ['ההסכם מצורף'],
  },
  {
    name: 'Arabic text without a direction',
    raw: letter(
      { 'Content-Type': 'text/plain; charset=utf-8' },
      'مرحبا أديل،\n\nالاجتماع يوم الخميس الساعة 10:00.',
    ),
    shows: ['مرحبا أديل'],
  },
  {
    name: 'Japanese, long lines without spaces',
    raw: html(
      { Subject: '=?utf-8?B?5Lya6K2w44Gu44GK55+l44KJ44Gb?=' },
      `<p>${'会議のお知らせです。来週の木曜日に本社で会議を行います。'.repeat(12)}</p>`,
    ),
    subject: '会議のお知らせ',
    shows: ['会議のお知らせです'],
  },
  {
    name: 'one word that does not end',
    raw: html({}, `<p>${'x'.repeat(400)}</p><pre>${'y'.repeat(400)}</pre>`),
    shows: ['xxxx'],
  },
  {
    name: 'white on white, sizes in points, fonts that are not there',
    raw: html(
      {},
      '<p style="color:#ffffff;font-size:30pt">hidden words</p><font face="Comic Sans MS" size="7" color="red">BIG</font>',
    ),
    shows: ['hidden words', 'BIG'],
  },
  {
    name: 'a phishing mail',
    raw: html(
      {
        From: '"Megan Bowen" <megan.bowen@outlook-mail.example>',
        'Reply-To': 'pay@elsewhere.example',
        Subject: 'Urgent: invoice',
      },
      '<p>Please pay today: <a href="https://evil.example/login">https://contoso.example/invoices</a></p><p><a href="https://contoso.example@evil.example/x">Open document</a></p>',
    ),
    shows: ['Please pay today'],
  },
  {
    name: 'an invitation from Outlook',
    raw: letter(
      { 'Content-Type': 'multipart/alternative; boundary=a', Subject: 'Budget 2027' },
      parts(
        'a',
        'Content-Type: text/html; charset=utf-8\n\n<p>Let us go through the numbers.</p>',
        `Content-Type: text/calendar; charset=utf-8; method=REQUEST\nContent-Transfer-Encoding: base64\n\n${base64(
          [
            'BEGIN:VCALENDAR',
            'METHOD:REQUEST',
            'VERSION:2.0',
            'BEGIN:VEVENT',
            'UID:040000008200E00074C5B7101A82E008',
            'SUMMARY:Budget 2027',
            'DTSTART;TZID=Eastern Standard Time:20261203T090000',
            'DTEND;TZID=Eastern Standard Time:20261203T100000',
            'RRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=4',
            'LOCATION:Microsoft Teams Meeting',
            'ORGANIZER;CN=Mona Kane:mailto:mona.kane@fabrikam.example',
            'ATTENDEE;CN=Adele Vance;PARTSTAT=NEEDS-ACTION:mailto:adele.vance@contoso.example',
            'ATTENDEE;CN=Tom Brandt;PARTSTAT=ACCEPTED:mailto:tom.brandt@northwind.example',
            'DESCRIPTION:Join: https://teams.microsoft.com/l/meetup-join/19%3ameeting_x/0',
            'END:VEVENT',
            'END:VCALENDAR',
            '',
          ].join('\r\n'),
        )}`,
      ),
    ),
    shows: ['go through the numbers'],
  },
];

/** 5 MB, as a report of a monitoring system has it. */
export const HUGE_LETTER: RealMail = {
  name: '5 MB of HTML',
  raw: html(
    { Subject: 'Nightly report' },
    `<h1>Nightly report</h1><table border="1">${Array.from(
      { length: 40_000 },
      (_nothing, row) =>
        `<tr><td style="color:#333333;padding:2px">${row}</td><td>host-${row}.fabrikam.example</td><td bgcolor="#e0ffe0">passed in ${row % 977} ms, nothing to do</td></tr>\n`,
    ).join('')}</table>`,
  ),
  shows: ['Nightly report', 'host-1.fabrikam.example'],
};
