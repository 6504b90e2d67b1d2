import { SIGNED_SAMPLES } from '@holdfast/letters/signed-samples';
import { aTnef, storedRtf } from '@holdfast/letters/tnef';

/**
 * Messages of all kinds, whole and broken, made anew and always the same: what both ways of summarising must agree on,
 * and what the fuzz run starts from.
 */
export interface CorpusMessage {
  readonly name: string;
  readonly bytes: Buffer;
}

const BASE = [
  'Received: from a.example (a.example [192.0.2.1])\r\n\tby mx.contoso.example with ESMTPS id 1;\r\n\tMon, 23 Nov 2026 10:00:00 +0000',
  'Message-ID: <1@outside.example>',
  'Date: Mon, 23 Nov 2026 10:00:00 +0100 (CET)',
  'From: "Jane Doe" <jane@outside.example>',
  'To: megan@contoso.example',
  'Subject: Numbers',
  'MIME-Version: 1.0',
];

const HEADERS: Readonly<Record<string, readonly string[]>> = {
  'plain fields': BASE,
  'encoded words': [
    'From: =?utf-8?Q?J=C3=BCrgen_M=C3=BCller?= <j@outside.example>',
    'To: =?iso-8859-1?Q?Andr=E9?= <andre@contoso.example>, =?utf-8?B?5bGx55Sw?= <yamada@contoso.example>',
    'Subject: =?utf-8?B?5Lya?=\r\n =?utf-8?B?6K2w?= and =?iso-8859-2?Q?=E8esk=FD?=',
  ],
  'an encoded word cut within a character': [
    'Subject: =?utf-8?B?5Lyg5L?=\r\n =?utf-8?B?6K2w?=',
    'From: a@b.example',
  ],
  'a group and comments': [
    'From: jane@outside.example (Jane (of Sales))',
    'To: Team: Megan <megan@contoso.example>, alex@contoso.example;, nobody: ;',
    'Cc: "Doe, John" <john@contoso.example>,\r\n\t<x@y.example>',
  ],
  'raw 8-bit fields': [
    'From: "Zoë" <zoe@outside.example>',
    'Subject: Grüße und 会議 ✓',
    'To: 用户@例子.example',
  ],
  'latin 1 bytes in a field': ['Subject: caf\xe9 au lait', 'From: a@b.example'],
  threads: [
    'Message-ID: <c@x>',
    'In-Reply-To: <b@x>',
    'References: <a@x>\r\n <b@x>',
    'References: <z@x> not-an-id',
    'From: a@b.example',
  ],
  'ids without brackets': [
    'Message-ID: abc@x',
    'In-Reply-To: your mail of Monday <b@x>',
    'From: a@b',
  ],
  'fields twice': [
    'Subject: first',
    'Subject: second',
    'From: one@a.example',
    'From: two@b.example',
    'To: x@a.example',
    'To: y@b.example',
    'Message-ID: <1@x>',
    'Message-ID: <2@x>',
    'Date: Mon, 23 Nov 2026 10:00:00 +0100',
    'Date: Tue, 24 Nov 2026 10:00:00 +0100',
  ],
  'empty fields': ['Subject:', 'Subject: then', 'From:', 'To: ', 'Date:', 'Message-ID:'],
  'dates nobody can read': ['Date: yesterday-ish', 'From: a@b.example', 'Subject: x'],
  'punycode and an encoded address': [
    'From: <info@xn--bcher-kva.example>',
    'To: =?utf-8?Q?evil=40a.example?= <=?utf-8?B?YUBiLmV4YW1wbGU=?=>',
  ],
  'control characters': ['Subject: a\x07b\x1b[31m', 'From: "x\x01y" <a@b.example>'],
  'a folded subject of white space': ['Subject: one\r\n \t \r\n two', 'From: a@b.example'],
  'a space before the colon': ['Subject : odd', 'From: a@b.example'],
  'a line that is no field': ['Subject: x', 'this is no field', 'From: a@b.example'],
  'an mbox line': ['From someone Mon Nov 23 10:00:00 2026', 'Subject: x'],
  'no fields at all': [],
  'many recipients': [
    ...BASE.slice(0, 4),
    `To: ${Array.from({ length: 1200 }, (_, at) => `u${at}@contoso.example`).join(',\r\n ')}`,
  ],
};

const part = (fields: readonly string[], body: string): string =>
  `${fields.join('\r\n')}${fields.length > 0 ? '\r\n' : ''}\r\n${body}`;
const multipart = (kind: string, boundary: string, parts: readonly string[]): readonly string[] => [
  `Content-Type: multipart/${kind}; boundary="${boundary}"`,
  `--${boundary}\r\n${parts.join(`\r\n--${boundary}\r\n`)}\r\n--${boundary}--\r\n`,
];
const base64 = (text: string, encoding: BufferEncoding = 'utf8'): string =>
  (
    Buffer.from(text, encoding)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\r\n');

const WRAPPED = aTnef({
  html: '<p>Hello</p>',
  files: [
    { name: 'a.txt', content: Buffer.from('a') },
    {
      name: 'm',
      message: aTnef({
        subject: 'Inner',
        body: 'inner',
        compressedRtf: storedRtf('{\\rtf1\\ansi x}'),
      }),
    },
  ],
}).toString('base64');
const TEXT = 'Hello   Megan,\r\n\r\nthe numbers of *last* month are in.\r\n-- \r\nJane\r\n';
const HTML =
  '<html><head><title>no</title><style>p{color:red}</style></head><body><!-- no --><p>Hello <b>M</b>egan&nbsp;&amp; all,</p><table><tr><td>one</td><td>two &lt;3</td></tr></table><script>var no</script></body></html>';
const PLAIN = 'Content-Type: text/plain; charset=utf-8';
const PICTURE = part(
  [
    'Content-Type: image/png; name=logo.png',
    'Content-ID: <logo@x>',
    'Content-Transfer-Encoding: base64',
  ],
  base64('not a picture'),
);
const PDF = part(
  [
    'Content-Type: application/pdf; name="r.pdf"',
    'Content-Disposition: attachment; filename="report.pdf"',
    'Content-Transfer-Encoding: base64',
  ],
  base64('not a document'),
);

/** Each: fields of the content, then the content. */
const BODIES: Readonly<Record<string, readonly string[]>> = {
  'text without a type': [TEXT],
  'signed in one piece': [
    'Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m',
    'Content-Transfer-Encoding: base64',
    base64(SIGNED_SAMPLES.opaque, 'base64'),
  ],
  'Outlook’s own wrapping': multipart('mixed', 'b1', [
    part([PLAIN], TEXT),
    part(
      ['Content-Type: application/ms-tnef; name=winmail.dat', 'Content-Transfer-Encoding: base64'],
      base64(WRAPPED, 'base64'),
    ),
  ]),
  empty: [''],
  'only white space': [' \r\n\t\r\n'],
  'text in UTF-8': [PLAIN, 'Content-Transfer-Encoding: 8bit', 'Grüße, 会議, ✓\r\n'],
  'text with comments in its type': ['Content-Type: text/plain (plain) ; charset=(c) "utf-8"', 'ü'],
  'text in Latin 1': ['Content-Type: text/plain; charset=ISO-8859-1', 'caf\xe9 \xfc\r\n'],
  'text in windows-1252': [
    'Content-Type: text/plain; charset="windows-1252"',
    '\x93quoted\x94 \x80\r\n',
  ],
  'text in ISO-2022-JP': [
    'Content-Type: text/plain; charset=ISO-2022-JP',
    '\x1b$B2q5D\x1b(B ok\r\n',
  ],
  'text in GB2312': ['Content-Type: text/plain; charset=gb2312', '\xbb\xe1\xd2\xe9\r\n'],
  'text in UTF-16': [
    'Content-Type: text/plain; charset=utf-16le',
    'Content-Transfer-Encoding: base64',
    base64('Hello 会議', 'utf16le'),
  ],
  'text in UTF-7': ['Content-Type: text/plain; charset=utf-7', '+ADw-script+AD4-\r\n'],
  'text in a charset nobody knows': [
    'Content-Type: text/plain; charset=x-nonsense',
    'hello \xff\r\n',
  ],
  'bytes that are no UTF-8': [PLAIN, 'a\xff\xfe\x80b\r\n'],
  'quoted-printable': [
    PLAIN,
    'Content-Transfer-Encoding: quoted-printable',
    'Gr=C3=BC=C3=9Fe aus=20K=\r\n=C3=B6ln  \r\nund mehr =3D=3D\r\n',
  ],
  'broken quoted-printable': [
    PLAIN,
    'Content-Transfer-Encoding: quoted-printable',
    'a=ZZb= c=\r\n=4',
  ],
  base64: [PLAIN, 'Content-Transfer-Encoding: BASE64', base64('Grüße aus Köln, '.repeat(20))],
  'broken base64': [PLAIN, 'Content-Transfer-Encoding: base64', 'aGVs@@bG8=\r\nZm9v=YmFy'],
  'base64 without its end': [PLAIN, 'Content-Transfer-Encoding: base64', 'aGVsbG8gd29ybGQ'],
  'an unknown encoding': [PLAIN, 'Content-Transfer-Encoding: x-uuencode', TEXT],
  'format=flowed': [
    'Content-Type: text/plain; format=flowed',
    '> quoted \r\n> on\r\n stuffed \r\nand soft \r\nend\r\n-- \r\nme\r\n',
  ],
  'format=flowed; delsp=yes': [
    'Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes',
    '会 \r\n議\r\n',
  ],
  'long text': [PLAIN, 'word and word, '.repeat(8000)],
  'long lines of white space': [PLAIN, `${' '.repeat(5000)}then`],
  HTML: ['Content-Type: text/html; charset=utf-8', HTML],
  'HTML in quoted-printable': [
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    HTML.replaceAll('=', '=3D'),
  ],
  'HTML without an end': ['Content-Type: text/html', '<p>a <b>b<!-- c <p>d'],
  'HTML full of brackets': [
    'Content-Type: text/html',
    `a < b <${'<'.repeat(3000)} c > d <a href="x>y">z</a> <a href="unclosed>w</a>`,
  ],
  'HTML after a large style': [
    'Content-Type: text/html',
    `<style>${'p{}'.repeat(60_000)}</style>Here`,
  ],
  'very large HTML': ['Content-Type: text/html', `<p>Top</p>${'<p>filler</p>'.repeat(30_000)}`],
  'an attachment alone': [
    'Content-Type: application/zip',
    'Content-Transfer-Encoding: base64',
    base64('zip'),
  ],
  'text as an attachment': [
    'Content-Type: text/plain',
    'Content-Disposition: attachment; filename=a.txt',
    'text',
  ],
  'a disposition nobody knows': [
    'Content-Type: text/plain',
    'Content-Disposition: form-data; name=x',
    'text',
  ],
  'a disposition without a type': ['Content-Disposition: attachment; filename=a.pdf', 'text'],
  'a type that is none': ['Content-Type: nonsense', 'text'],
  'two types': ['Content-Type: text/html', 'Content-Type: text/plain', '<p>which?</p>'],
  alternative: multipart('alternative', 'b1', [
    part([PLAIN], TEXT),
    part(['Content-Type: text/html'], HTML),
  ]),
  'alternative whose text is empty': multipart('alternative', 'b1', [
    part([PLAIN], '\r\n'),
    part(['Content-Type: text/html'], HTML),
  ]),
  'alternative of HTML alone': multipart('alternative', 'b1', [
    part(['Content-Type: text/html'], HTML),
  ]),
  'mixed with an attachment': multipart('mixed', 'b-_=1', [part([PLAIN], TEXT), PDF]),
  'mixed with two texts': multipart('mixed', 'b1', [
    part([PLAIN], 'one'),
    part([PLAIN], 'two'),
    part(['Content-Type: text/html'], HTML),
  ]),
  related: multipart('related', 'b1', [part(['Content-Type: text/html'], HTML), PICTURE]),
  'mixed of alternative of related': multipart('mixed', 'outer', [
    multipart('alternative', 'middle', [
      part([PLAIN], TEXT),
      multipart('related', 'inner', [part(['Content-Type: text/html'], HTML), PICTURE]).join(
        '\r\n\r\n',
      ),
    ]).join('\r\n\r\n'),
    PDF,
  ]),
  'an embedded message': multipart('mixed', 'b1', [
    part([PLAIN], 'see below'),
    part(['Content-Type: message/rfc822'], 'Subject: inner\r\n\r\ninner text'),
  ]),
  'an embedded message shown inline': multipart('mixed', 'b1', [
    part(
      ['Content-Type: message/rfc822', 'Content-Disposition: inline'],
      'Subject: inner\r\n\r\ninner',
    ),
  ]),
  'a delivery report': multipart('report; report-type=delivery-status', 'b1', [
    part([PLAIN], 'could not be delivered'),
    part(
      ['Content-Type: message/delivery-status'],
      'Reporting-MTA: dns; a.example\r\n\r\nAction: failed\r\n',
    ),
    part(['Content-Type: text/rfc822-headers'], 'Subject: x\r\n'),
  ]),
  'an invitation': multipart('alternative', 'b1', [
    part([PLAIN], 'Meeting'),
    part(['Content-Type: text/calendar; method=REQUEST'], 'BEGIN:VCALENDAR'),
  ]),
  signed: multipart('signed; protocol="application/pkcs7-signature"', 'b1', [
    part([PLAIN], TEXT),
    part(['Content-Type: application/pkcs7-signature; name=smime.p7s'], 'x'),
  ]),
  'a digest': multipart('digest', 'b1', [
    part([], 'Subject: one\r\n\r\none'),
    part([], 'Subject: two\r\n\r\ntwo'),
  ]),
  'parts without headers': multipart('mixed', 'b1', [part([], 'bare'), part([], 'bare too')]),
  'a preamble and an epilogue': [
    'Content-Type: multipart/mixed; boundary=b1',
    'This is MIME.\r\n--b1\r\n\r\ntext\r\n--b1--\r\nepilogue --b1\r\n--b1\r\n\r\nnot a part\r\n',
  ],
  'white space after boundaries': [
    'Content-Type: multipart/mixed; boundary="b1"',
    '--b1 \t\r\n\r\ntext\r\n--b1--  \r\n',
  ],
  'a boundary never closed': ['Content-Type: multipart/mixed; boundary=b1', '--b1\r\n\r\ntext\r\n'],
  'a boundary that never comes': [
    'Content-Type: multipart/mixed; boundary=b1',
    '--other\r\n\r\ntext\r\n',
  ],
  'no boundary named': ['Content-Type: multipart/mixed', '--b1\r\n\r\ntext\r\n--b1--\r\n'],
  'a boundary that begins like another': multipart('mixed', 'b', [
    multipart('alternative', 'b1', [part([PLAIN], 'in')]).join('\r\n\r\n'),
    PDF,
  ]),
  'an inner multipart never closed': multipart('mixed', 'out', [
    'Content-Type: multipart/alternative; boundary=in\r\n\r\n--in\r\n\r\ninner',
    PDF,
  ]),
  'a part cut within its header': [
    'Content-Type: multipart/mixed; boundary=b1',
    '--b1\r\nContent-Type: text/plain\r\n--b1--\r\n',
  ],
  'a multipart in base64': [
    'Content-Type: multipart/mixed; boundary=b1',
    'Content-Transfer-Encoding: base64',
    '--b1\r\n\r\ntext\r\n--b1--\r\n',
  ],
  'names in RFC 2231 and RFC 2047': multipart('mixed', 'b1', [
    part(
      ["Content-Disposition: attachment; filename*=utf-8''%C3%BC.txt", 'Content-Type: text/plain'],
      'x',
    ),
    part(['Content-Type: application/pdf; name="=?utf-8?B?w7wucGRm?="'], 'x'),
  ]),
  'many parts': multipart(
    'mixed',
    'b1',
    Array.from({ length: 300 }, () => part([PLAIN], 'z')),
  ),
  'parts within parts': [
    'Content-Type: multipart/mixed; boundary=d0',
    `${Array.from({ length: 40 }, (_, depth) => `--d${depth}\r\nContent-Type: multipart/mixed; boundary=d${depth + 1}\r\n\r\n`).join('')}deep`,
  ],
};

export function mimeCorpus(): readonly CorpusMessage[] {
  const made: CorpusMessage[] = [];
  const add = (name: string, fields: readonly string[], body: readonly string[]): void => {
    const lines = [...fields, ...body.slice(0, -1)];
    const text = `${lines.join('\r\n')}${lines.length > 0 ? '\r\n' : ''}\r\n${body.at(-1) ?? ''}`;
    made.push({ name, bytes: asBytes(text) });
  };
  for (const [name, body] of Object.entries(BODIES)) {
    add(name, BASE, body);
    add(`${name}, between other fields`, ['X-First: 1', ...BASE.toReversed()], body);
  }
  for (const [name, fields] of Object.entries(HEADERS)) {
    add(name, fields, [TEXT]);
    add(`${name}, with HTML`, fields, ['Content-Type: text/html', HTML]);
    add(`${name}, with parts`, fields, BODIES['mixed with an attachment'] ?? ['']);
  }
  const whole = made.find(({ name }) => name === 'mixed of alternative of related');
  const bytes = whole?.bytes ?? Buffer.alloc(0);
  for (let cut = 0; cut < bytes.length; cut += 47) {
    made.push({ name: `cut off after ${cut} bytes`, bytes: bytes.subarray(0, cut) });
  }
  made.push({
    name: 'line feeds alone',
    bytes: Buffer.from(asBytes(bytes.toString('latin1').replaceAll('\r\n', '\n'))),
  });
  return made;
}

/** Characters beyond U+00FF as UTF-8, those below as the bytes they are, unless such a character shows that all is text. */
function asBytes(text: string): Buffer {
  // oxlint-disable-next-line no-control-regex
  return /[^\x00-\xff]/.test(text) || /[äöüßëéÄÖÜ](?=[a-zA-ZäöüßäÜ, "])/.test(text)
    ? Buffer.from(text, 'utf8')
    : Buffer.from(text, 'latin1');
}
