import { letter, type RealMail } from './letter.ts';

const html = (subject: string, body: string): Buffer =>
  letter({ 'Content-Type': 'text/html; charset=utf-8', Subject: subject }, body);
const text = (subject: string, body: string): Buffer =>
  letter({ 'Content-Type': 'text/plain; charset=utf-8', Subject: subject }, body);
const encoded = (subject: string): string =>
  `=?utf-8?B?${Buffer.from(subject).toString('base64')}?=`;
const repeat = (count: number, piece: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => piece(at)).join('');

const COLUMNS =
  'Order Position Article Description Quantity Unit Price Sum Currency Due Plant Buyer';
const MONTHS = repeat(12, (at) => `<td nowrap>${(at + 1) * 1234.5} EUR</td>`);

/** Of ordinary senders, and hard to show on a phone or in the dark. */
export const AWKWARD_LETTERS: readonly RealMail[] = [
  {
    name: 'a table of twelve columns, from an order system',
    raw: html(
      'Order 4500012345',
      `<p>Please confirm:</p><table border="1" cellspacing="0" cellpadding="4"><tr>${COLUMNS.split(
        ' ',
      )
        .map((column) => `<th>${column}</th>`)
        .join('')}</tr>${repeat(
        6,
        (at) =>
          `<tr><td>4500012345</td><td>${at + 1}0</td><td>GATE-${at}-XL</td><td>Sliding gate, galvanised, with motor and remote control</td><td>${at + 1}</td><td>pc</td><td>1,234.50</td><td>${at + 1},234.50</td><td>EUR</td><td>2026-12-0${at + 1}</td><td>Berlin</td><td>Adele Vance</td></tr>`,
      )}</table>`,
    ),
    shows: ['Sliding gate', 'Adele Vance'],
  },
  {
    name: 'a table whose cells do not wrap',
    raw: html('Figures', `<table><tr>${MONTHS}</tr><tr>${MONTHS}</tr></table>`),
    shows: ['14814 EUR'],
  },
  {
    name: 'log lines as they are, 200 characters each',
    raw: html(
      'Job failed',
      `<pre>${repeat(6, (at) => `2026-11-26T09:0${at}:00.000Z ERROR nightly-export-job worker-${at} connection to db-primary.internal.fabrikam.example:5432 refused after 30000 ms, retry ${at} of 6, see runbook RB-4711 for what to do next\n`)}</pre>`,
    ),
    shows: ['runbook RB-4711'],
  },
  {
    name: 'a letter made for the dark',
    raw: html(
      'Night shift',
      '<body bgcolor="#101418" style="margin:0;background-color:#101418"><div style="background-color:#101418;color:#e8eef2;padding:24px;font-family:Arial"><h2 style="color:#7fd4d0">Night shift</h2><p style="color:#e8eef2">Gate 2 opens at 22:00. <a href="https://fabrikam.example/shift" style="color:#7fd4d0">The plan</a></p></div></body>',
    ),
    shows: ['Gate 2 opens at 22:00'],
  },
  {
    name: 'white words on grounds that are written in short',
    raw: html(
      'Your parcel',
      '<div style="background:#0b5c63 url(https://x.example/g.png);padding:16px"><p style="color:#ffffff">The parcel comes on Friday.</p></div><p><a href="https://fabrikam.example/parcel" style="background:teal;color:white;padding:12px">Follow it</a></p>',
    ),
    shows: ['comes on Friday', 'background-color:#0b5c63', 'background-color:teal'],
  },
  {
    name: 'light words on the ground of the body alone',
    raw: html(
      'Evening news',
      '<html><body bgcolor="#101418" text="#e8eef2"><p style="color:#7fd4d0">Gate 2 is open.</p><p>So is gate 4.</p></body></html>',
    ),
    shows: ['Gate 2 is open.', 'background-color:#101418;color:#e8eef2'],
  },
  {
    name: 'dark greys and black everywhere, as Gmail and Outlook write them',
    raw: html(
      'Thursday again',
      '<div style="font-family:Arial;color:rgb(33,33,33)"><font color="#000000">Thursday is fine.</font><p style="color:windowtext">At ten.</p></div>',
    ),
    shows: ['Thursday is fine.', 'At ten.'],
  },
  {
    name: 'black words in every span and no ground, as Outlook copies from Word',
    raw: html(
      'Minutes',
      '<div><p class=MsoNormal><span style="font-family:Calibri;color:black">We agreed on gate 2.</span></p><p class=MsoNormal><span style="color:#1F497D">Adele asks the works.</span></p></div>',
    ),
    shows: ['We agreed on gate 2.'],
  },
  {
    name: 'a column 900 px wide, placed by styles',
    raw: html(
      'Tender',
      `<div style="width:900px;border:1px solid #ccd4d6"><div style="width:860px;padding:20px">${repeat(4, () => 'The tender covers two gates, their foundations, and the works at the fence along the street. ')}</div></div>`,
    ),
    shows: ['two gates'],
  },
  {
    name: 'a subject from right to left, with a number and a name',
    raw: html(
      encoded('הצעת מחיר 4711 עבור Fabrikam GmbH (דחוף)'),
      '<p dir="rtl">שלום אדל, מצורפת הצעה <b>4711</b> עבור Fabrikam GmbH.</p><table dir="rtl" border="1"><tr><td>כמות</td><td>12</td></tr></table>',
    ),
    subject: 'הצעת מחיר 4711 עבור Fabrikam GmbH (דחוף)',
    shows: ['מצורפת הצעה'],
  },
  {
    name: 'Arabic in plain text, with a link between',
    raw: text(
      encoded('تحديث بشأن البوابة ٢'),
      'مرحباً أديل،\n\nالبوابة ٢ مغلقة حتى يوم الجمعة. التفاصيل: https://fabrikam.example/gate/2?from=mail\n\nمع التحية\nمنى',
    ),
    subject: 'تحديث بشأن البوابة ٢',
    shows: ['البوابة ٢ مغلقة'],
  },
  {
    name: 'Thai, Hindi and joined emoji',
    raw: text(
      encoded('ประตู 2 👩‍👩‍👧‍👦'),
      'ประตูสองปิดจนถึงวันศุกร์กรุณาใช้ประตูหนึ่งและแจ้งสำนักงานก่อนเข้ามาในพื้นที่ก่อสร้าง\n\nद्वार दो शुक्रवार तक बंद है।\n\n👩🏽‍🔧👷🏾‍♂️🏳️‍🌈🇩🇪',
    ),
    subject: 'ประตู 2 👩‍👩‍👧‍👦',
    shows: ['द्वार दो', '👩🏽‍🔧'],
  },
  {
    name: 'a link of 600 characters, and a file path',
    raw: text(
      'Link',
      `https://fabrikam.sharepoint.example/:x:/r/sites/${'a1b2c3d4'.repeat(60)}?d=w0&csf=1\n\n\\\\fileserver\\projects\\2026\\gates\\${'very-long-folder-name\\'.repeat(6)}plan.pdf`,
    ),
    shows: ['plan.pdf'],
  },
  {
    name: 'answers within answers, in plain text',
    raw: text(
      'Re: Re: Re: Gate 2',
      `Fine with me.\n\nMona wrote:\n> Then Thursday.\n> ${repeat(6, (at) => `\n${'> '.repeat(at + 2)}On day ${at} somebody wrote a line that is about as long as lines are`)}`,
    ),
    shows: ['Fine with me.'],
  },
  {
    name: 'a heading of 72 pt, and words of one',
    raw: html(
      'SALE',
      '<p style="font-size:72pt;line-height:1">WINTERSCHLUSSVERKAUF</p><p style="font-size:1px">tiny words at the end</p>',
    ),
    shows: ['WINTERSCHLUSSVERKAUF'],
  },
];
