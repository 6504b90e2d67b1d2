/** Letters with what a reader has to be warned of, helped with, or shown; each from somebody outside. */
interface ReadingLetter {
  readonly subject: string;
  readonly raw: string;
}

let serial = 0;

function letter(fields: Readonly<Record<string, string>>, body: readonly string[]): ReadingLetter {
  serial += 1;
  const subject = fields['Subject'] ?? 'A letter';
  const all = {
    From: 'Mona Kane <mona.kane@fabrikam.example>',
    To: 'Adele Vance <adele.vance@contoso.example>',
    Subject: subject,
    'Message-ID': `<reading-${process.pid}-${serial}@fabrikam.example>`,
    Date: new Date().toUTCString().replace('GMT', '+0000'),
    'MIME-Version': '1.0',
    'Content-Type': 'text/html; charset=utf-8',
    ...fields,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return { subject, raw: [...head, '', ...body, ''].join('\r\n') };
}

const COLUMN =
  '<td width="290" bgcolor="#e6f2f3" style="width:290px;padding:16px">Gate 2, the office first</td>';

export const NEWSLETTER = letter({ Subject: 'Your week at Fabrikam' }, [
  '<body style="margin:0;background-color:#f4f4f4"><table width="100%" bgcolor="#f4f4f4"><tr><td align="center">',
  '<table width="600" style="width:600px;min-width:600px" bgcolor="#ffffff"><tr><td style="padding:24px;font-size:16px;color:#333333">',
  `<h2>Gates and lorries</h2><table width="580"><tr>${COLUMN}${COLUMN}</tr></table>`,
  '<p>Ask <a href="mailto:gate2@fabrikam.example?subject=Our%20lorry&amp;bcc=spy@elsewhere.example">the gate</a>.</p>',
  '<img src="https://pictures.fabrikam.example/lorry.png" width="552" height="80" alt="A lorry">',
  '<img src="https://pictures.fabrikam.example/open.gif" width="1" height="1" alt="">',
  '</td></tr></table></td></tr></table></body>',
]);

export const PHISHING = letter(
  {
    From: '"Megan Bowen" <megan.bowen@outlook-mail.example>',
    'Reply-To': 'pay@elsewhere.example',
    Subject: 'Urgent: invoice',
  },
  [
    '<p>Please pay today: <a href="https://evil.example/login">https://contoso.example/invoices</a></p>',
  ],
);

export const INVITATION = letter(
  { Subject: 'Budget 2027', 'Content-Type': 'multipart/mixed; boundary=m' },
  [
    '--m',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Let us go through the numbers. Ask budget@fabrikam.example before.',
    '--m',
    'Content-Type: text/calendar; charset=utf-8; method=REQUEST',
    '',
    'BEGIN:VCALENDAR',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    'SUMMARY:Budget 2027',
    'DTSTART;TZID=Eastern Standard Time:20261203T090000',
    'DTEND;TZID=Eastern Standard Time:20261203T100000',
    'RRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=4',
    'ORGANIZER;CN=Mona Kane:mailto:mona.kane@fabrikam.example',
    'DESCRIPTION:https://teams.microsoft.com/l/meetup-join/19%3ameeting_x/0',
    'END:VEVENT',
    'END:VCALENDAR',
    '--m',
    'Content-Type: text/plain; charset=iso-8859-1; name=notes.txt',
    'Content-Disposition: attachment; filename=notes.txt',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'Gr=FC=DFe <b>not bold</b>',
    '--m',
    'Content-Type: text/html; name=page.html',
    'Content-Disposition: attachment; filename=page.html',
    '',
    '<script>top.hasRun = true</script>',
    '--m--',
  ],
);
