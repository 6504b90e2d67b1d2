import { base64, letter, type RealMail } from './letter.ts';

const bytes = (...hex: readonly string[]): Buffer => Buffer.from(hex.join(''), 'hex');

/** Texts as programs of their countries still write them, and labels that are not true. */
export const CHARSETS: readonly RealMail[] = [
  {
    name: 'GB18030 from a Chinese bank',
    // 您的账单
    raw: letter(
      { 'Content-Type': 'text/plain; charset=gb18030', 'Content-Transfer-Encoding': '8bit' },
      bytes('c4fab5c4d5cbb5a5'),
    ),
    shows: ['您的账单'],
  },
  {
    name: 'GB2312 label on GBK bytes',
    // 朱镕基: 镕 is in GBK only
    raw: letter({ 'Content-Type': 'text/plain; charset=gb2312' }, bytes('d6ece946bbf9')),
    shows: ['朱镕基'],
  },
  {
    name: 'Shift_JIS with a half-width name',
    // 会議ｶﾅ
    raw: letter({ 'Content-Type': 'text/plain; charset=Shift_JIS' }, bytes('89ef8b63b6c5')),
    shows: ['会議ｶﾅ'],
  },
  {
    name: 'ISO-2022-JP as Japanese phones write',
    // 会議
    raw: letter(
      {
        'Content-Type': 'text/plain; charset=ISO-2022-JP',
        Subject: '=?ISO-2022-JP?B?GyRCMnE1RBsoQg==?=',
      },
      bytes('1b2442', '32713544', '1b2842'),
    ),
    subject: '会議',
    shows: ['会議'],
  },
  {
    name: 'EUC-KR from Korea',
    // 회의
    raw: letter({ 'Content-Type': 'text/plain; charset=euc-kr' }, bytes('c8b8c0c7')),
    shows: ['회의'],
  },
  {
    name: 'Big5 from Taiwan',
    // 會議
    raw: letter({ 'Content-Type': 'text/plain; charset=big5' }, bytes('b77cc4b3')),
    shows: ['會議'],
  },
  {
    name: 'KOI8-R from an old server',
    // Привет
    raw: letter({ 'Content-Type': 'text/plain; charset=koi8-r' }, bytes('f0d2c9d7c5d4')),
    shows: ['Привет'],
  },
  {
    name: 'windows-1252 labelled as latin 1: quotes, dash and the euro',
    raw: letter(
      { 'Content-Type': 'text/plain; charset=iso-8859-1', 'Content-Transfer-Encoding': '8bit' },
      bytes('93', '3132', '809496', '94'),
    ),
    shows: ['“12€”–”'],
  },
  {
    name: 'UTF-8 labelled as US-ASCII',
    raw: letter({ 'Content-Type': 'text/plain; charset=us-ascii' }, 'Grüße aus Köln'),
    shows: ['Grüße aus Köln'],
  },
  {
    name: 'a charset that nobody knows',
    raw: letter({ 'Content-Type': 'text/plain; charset=x-unknown' }, 'plain words remain'),
    shows: ['plain words remain'],
  },
  {
    name: 'no charset, no MIME, 8 bits',
    raw: letter({ 'X-Mailer': 'a printer' }, bytes('5363616e', 'fc')),
    shows: ['Scanü'],
  },
  {
    name: 'quoted-printable that is broken',
    raw: letter(
      {
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Transfer-Encoding': 'quoted-printable',
      },
      'Fl=C3=A4che =XY 5 = 5 und =E2=82=AC 12=\nend',
    ),
    shows: ['Fläche', '€ 12end'],
  },
  {
    name: 'base64 with rubbish between',
    raw: letter(
      { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Transfer-Encoding': 'base64' },
      `${base64('Hello from ')}\n!!\n${base64('the scanner.')}`,
    ),
    shows: ['Hello from'],
  },
  {
    name: 'a subject in pieces, cut within a character',
    raw: letter(
      {
        Subject: '=?utf-8?B?5Lya6K2w44Gu44GK55+l?=\r\n =?utf-8?B?44KJ44Gb?=',
        'Content-Type': 'text/plain; charset=utf-8',
      },
      'x',
    ),
    subject: '会議のお知らせ',
    shows: ['x'],
  },
  {
    name: 'UTF-16 with its mark',
    raw: letter(
      { 'Content-Type': 'text/plain; charset=utf-16', 'Content-Transfer-Encoding': 'base64' },
      base64(Buffer.from('\ufeffGruß', 'utf16le')),
    ),
    shows: ['Gruß'],
  },
];
