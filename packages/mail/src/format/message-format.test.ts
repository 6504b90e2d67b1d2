import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMessageFormat } from './message-format.ts';

const format = createMessageFormat({ authservId: 'mx.holdfast.example' });

function message(...lines: readonly string[]): Buffer {
  return Buffer.from(lines.join('\r\n') + '\r\n', 'utf8');
}

const PLAIN = [
  'Message-ID: <1@outside.example>',
  'Date: Mon, 23 Nov 2026 10:00:00 +0100 (CET)',
  'From: =?utf-8?Q?J=C3=BCrgen?= <j@outside.example>',
  'To: Team: Megan <megan@contoso.example>, alex@contoso.example;',
  'References: <a@x> <b@x>',
  'In-Reply-To: <b@x>',
  'Subject: =?utf-8?B?5LyaIOitsA==?=',
];

describe('the summary', () => {
  test('has what a list shows', async () => {
    const source = message(...PLAIN, '', 'Hello   Megan,', '', 'see you.');
    expect(await format.summarise(source)).toEqual({
      messageId: '<1@outside.example>',
      inReplyTo: '<b@x>',
      references: ['<a@x>', '<b@x>'],
      subject: '会 議',
      from: { name: 'Jürgen', address: 'j@outside.example' },
      to: [
        { name: 'Megan', address: 'megan@contoso.example' },
        { name: '', address: 'alex@contoso.example' },
      ],
      cc: [],
      sentAt: Date.UTC(2026, 10, 23, 9),
      preview: 'Hello Megan, see you.',
      attachments: 0,
    });
  });

  test('invents nothing where fields are missing or unreadable', async () => {
    const summary = await format.summarise(message('Date: yesterday-ish', '', 'x'));
    expect(summary).toMatchObject({ messageId: null, from: null, sentAt: null, subject: '' });
  });

  test('shows no control characters and no reversed names', async () => {
    const summary = await format.summarise(
      message('Subject: a\u202egnp.exe\u0007b', 'From: "x\u0000\u202ey" <a@b.example>', '', 'x'),
    );
    expect(summary.subject).toBe('a gnp.exe b');
    expect(summary.from?.name).not.toMatch(/[\u0000\u202e]/);
  });

  test('takes the preview from HTML when there is no text', async () => {
    const html = ['Content-Type: text/html', '', '<style>p{}</style><p>Hello <b>you</b></p>'];
    expect((await format.summarise(message(...html))).preview).toBe('Hello you');
  });

  test('never rejects, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async (bytes) => {
        expect((await format.summarise(bytes)).preview.length).toBeLessThanOrEqual(200);
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ['an unknown charset', ['Content-Type: text/plain; charset=x-nonsense', '', 'hello']],
    ['broken base64', ['Content-Transfer-Encoding: base64', '', 'aGVsbG8@@@=']],
    ['a boundary that never comes', ['Content-Type: multipart/mixed; boundary=x', '', '--y', 'z']],
    ['a header without end', [`X: ${'y'.repeat(2_000_000)}`]],
    [
      'parts without end',
      [
        'Content-Type: multipart/mixed; boundary=x',
        '',
        ...Array.from({ length: 3000 }, () => '--x\r\nContent-Type: image/png\r\n\r\nz'),
      ],
    ],
    [
      'parts within parts',
      Array.from(
        { length: 2000 },
        (_, depth) => `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}`,
      ),
    ],
  ])('survives %s', async (_what, lines) => {
    await expect(format.read(message(...lines))).resolves.toBeDefined();
  });

  test('stops at its time limit with what it has', async () => {
    const hurried = createMessageFormat({ authservId: 'x', limits: { time: 0 } });
    await expect(hurried.summarise(message(...PLAIN, '', 'x'))).resolves.toBeDefined();
  });
});

const MIXED = message(
  'From: a@b.example',
  'Content-Type: multipart/mixed; boundary=x',
  '',
  '--x',
  'Content-Type: multipart/related; boundary=y',
  '',
  '--y',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>See <img src="cid:logo@x"><img src="https://t.example/p.gif"></p>',
  '--y',
  'Content-Type: image/png; name=logo.png',
  'Content-ID: <logo@x>',
  'Content-Transfer-Encoding: base64',
  '',
  'aGVsbG8=',
  '--y--',
  '--x',
  'Content-Type: message/rfc822',
  '',
  'Subject: inner',
  '',
  'inner',
  '--x',
  'Content-Type: application/pdf',
  'Content-Disposition: attachment; filename="../../etc/pass\u202ewd.pdf"',
  '',
  'PDF',
  '--x--',
);

describe('reading', () => {
  test('gives sanitised HTML and every leaf', async () => {
    const read = await format.read(MIXED);
    expect(read.html).toContain('data-cid="logo@x"');
    expect(read.html).toContain('data-blocked-src="https://t.example/p.gif"');
    expect(read.hasRemoteContent).toBe(true);
    expect(read.attachments).toBe(2);
    expect(read.parts).toMatchObject([
      { index: 0, fileName: 'logo.png', contentId: 'logo@x', inline: true, size: 5 },
      { index: 1, fileName: 'message-2.eml', contentType: 'message/rfc822', inline: false },
      { index: 2, contentType: 'application/pdf', inline: false },
    ]);
    expect(read.parts[2]?.fileName).not.toMatch(/[/\\\u202e]|^\./);
  });

  test('hands out one attachment, or null', async () => {
    const found = await format.attachment(MIXED, 0);
    expect(Buffer.from(found?.content ?? []).toString()).toBe('hello');
    expect(await format.attachment(MIXED, 3)).toBeNull();
  });

  test('believes only our own Authentication-Results, and only on top', async () => {
    const ours = 'Authentication-Results: mx.holdfast.example; spf=pass';
    const theirs = 'Authentication-Results: evil.example; spf=pass';
    const read = async (...lines: string[]) =>
      (await format.read(message(...lines, '', 'x'))).authenticationResults;
    expect(await read(ours, theirs)).toBe('mx.holdfast.example; spf=pass');
    expect(await read(theirs, ours)).toBeNull();
    expect(await read('Subject: x')).toBeNull();
  });
});

const COMPOSED = {
  messageId: '<new@contoso.example>',
  date: Date.UTC(2026, 10, 23, 9),
  from: { name: 'Megan Bowen', address: 'megan@contoso.example' },
  to: [{ name: 'Jürgen', address: 'j@outside.example' }],
  cc: [],
  subject: 'Grüße',
  text: 'Hello\nJürgen',
  html: null,
  inReplyTo: '<b@x>',
  references: ['<a@x>', '<b@x>'],
  attachments: [
    { fileName: 'ü.txt', contentType: 'text/plain', content: Buffer.from('attached\n') },
  ],
  headers: { 'Auto-Submitted': 'auto-replied' },
};

describe('composing', () => {
  test('is read back as it was meant, with CRLF line ends only', async () => {
    const bytes = Buffer.from(await format.compose(COMPOSED));
    const text = bytes.toString('latin1');
    expect(text.endsWith('\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text).toMatch(/^Auto-Submitted: auto-replied\r$/m);
    const read = await format.read(bytes);
    expect(read).toMatchObject({
      messageId: COMPOSED.messageId,
      subject: 'Grüße',
      from: COMPOSED.from,
      to: COMPOSED.to,
      references: COMPOSED.references,
      inReplyTo: '<b@x>',
      sentAt: COMPOSED.date,
      attachments: 1,
    });
    expect(read.text.trim()).toBe('Hello\nJürgen');
    expect(read.parts[0]?.fileName).toBe('ü.txt');
  });

  test('nothing in it can begin a header field of its own', async () => {
    const evil = 'x\r\nBcc: all@contoso.example';
    const bytes = await format.compose({
      ...COMPOSED,
      subject: evil,
      from: { name: evil, address: 'megan@contoso.example' },
      headers: { 'X-Note': evil },
    });
    expect(Buffer.from(bytes).toString('latin1')).not.toMatch(/^Bcc:/im);
  });

  test('a bounce is a report that names each recipient and the reason', async () => {
    const bytes = await format.composeBounce({
      messageId: '<bounce@mx.holdfast.example>',
      date: Date.UTC(2026, 10, 23, 9),
      reportingMta: 'mx.holdfast.example',
      from: { name: 'Mail Delivery System', address: 'postmaster@contoso.example' },
      to: 'a@outside.example',
      arrivedAt: Date.UTC(2026, 10, 22, 9),
      recipients: [
        {
          address: 'nobody@contoso.example',
          reply: '550 5.1.10 No such recipient\r\nX-Evil: 1',
          host: 'mx.contoso.example',
          at: Date.UTC(2026, 10, 23, 8),
        },
        {
          address: 'jürgen@contoso.example',
          reply: 'timeout: no answer in 60000 ms',
          host: null,
          at: Date.UTC(2026, 10, 23, 8),
        },
      ],
      inReplyTo: '<1@outside.example>',
      original: message(...PLAIN, '', 'secret body'),
    });
    const text = Buffer.from(bytes).toString('latin1');
    expect(text).toMatch(/^Content-Type: multipart\/report;\s+report-type=delivery-status/m);
    expect(text).toMatch(/^Final-Recipient: rfc822; nobody@contoso\.example\r$/m);
    expect(text).toMatch(/^Status: 5\.1\.10\r$/m);
    expect(text).toMatch(/^Action: failed\r$/m);
    expect(text).toMatch(/^Remote-MTA: dns; mx\.contoso\.example\r$/m);
    expect(text).toMatch(/^Arrival-Date: Sun, 22 Nov 2026 09:00:00 \+0000\r$/m);
    expect(text).toMatch(/^Final-Recipient: utf-8; j\\x\{FC\}rgen@contoso\.example\r$/m);
    expect(text).toMatch(/^Status: 4\.4\.7\r$/m);
    expect(text).toMatch(/^Message-ID: <1@outside\.example>\r$/m);
    expect(text).not.toMatch(/^X-Evil|secret body/m);
    const summary = await format.summarise(bytes);
    expect(summary.subject).toMatch(/^Undelivered mail/);
    expect(summary.inReplyTo).toBe('<1@outside.example>');
    expect(summary.references).toEqual(['<1@outside.example>']);
  });
});
