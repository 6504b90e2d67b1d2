import { dkimRecordName, dkimRecordValue } from '@holdfast/domain';
import { dkimVerify } from 'mailauth';
import { beforeAll, describe, expect, test } from 'vitest';
import { composeMessage } from '../format/compose-message.ts';
import { createMessageSigner } from './message-signer.ts';

const signer = createMessageSigner();
const AT = Date.UTC(2026, 10, 25, 18);
let key: { readonly privateKey: string; readonly publicKey: string };
beforeAll(async () => {
  key = await signer.createKeyPair();
});

const sign = (message: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from(
      signer.sign(message, {
        domain: 'contoso.example',
        selector: 'holdfast1',
        privateKey: key.privateKey,
        at: AT,
      }),
      'latin1',
    ),
    message,
  ]);

/** The result of the one signature, as a recipient's mailauth sees it. */
async function verified(message: Uint8Array) {
  const { results } = await dkimVerify(Buffer.from(message), {
    resolver: async (name) => {
      if (name !== dkimRecordName('holdfast1', 'contoso.example')) throw new Error('no such name');
      return [[dkimRecordValue(key.publicKey)]];
    },
  });
  const [only, ...more] = results;
  expect(more).toEqual([]);
  return only;
}

const raw = (...lines: string[]): Buffer => Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf8');

const PLAIN = raw(
  'From: Megan Bowen <megan.bowen@contoso.example>',
  'To: ada@fabrikam.example',
  'Subject: Figures',
  'Date: Wed, 25 Nov 2026 18:00:00 +0000',
  'Message-ID: <one@mx1.holdfast.example>',
  '',
  'Hello',
);

describe('a signature', () => {
  test.each([
    ['a plain message', PLAIN],
    ['no body', raw('From: a@contoso.example', 'Subject: x', '')],
    ['an empty last line, and more of them', raw('From: a@contoso.example', '', 'x', '', '', '')],
    [
      'white space everywhere',
      raw('From:   a@contoso.example  ', 'Subject:  a \t b', '', ' x \t y  ', '\t', ' '),
    ],
    [
      'folded fields',
      raw('From: Long', ' <a@contoso.example>', 'References: <1@x>', '\t<2@x>', '', 'x'),
    ],
    [
      'UTF-8 in header and body',
      raw('From: Zoë <a@contoso.example>', 'Subject: Ölstand', '', '日本語'),
    ],
    [
      'two To fields',
      raw('From: a@contoso.example', 'To: x@y.example', 'To: z@y.example', '', 'x'),
    ],
  ])('over %s verifies', async (_what, message) => {
    const result = await verified(sign(message));
    expect(result?.status.result).toBe('pass');
    expect(result?.signingDomain).toBe('contoso.example');
  });

  test('over what we compose, attachment and all, verifies', async () => {
    const message = await composeMessage({
      messageId: '<two@mx1.holdfast.example>',
      date: AT,
      from: { name: 'Megan Böwen', address: 'megan.bowen@contoso.example' },
      to: [{ name: '', address: 'ada@fabrikam.example' }],
      cc: [{ name: '', address: 'lee@contoso.example' }],
      subject:
        'Größe – a subject that is long enough to be folded when it is written into the header',
      text: 'Hello  \n\nworld ',
      html: null,
      inReplyTo: '<zero@fabrikam.example>',
      references: ['<minus-one@fabrikam.example>', '<zero@fabrikam.example>'],
      attachments: [
        {
          fileName: 'größe.bin',
          contentType: 'application/octet-stream',
          content: Buffer.alloc(9000, 7),
        },
      ],
      headers: {},
    });
    expect((await verified(sign(message)))?.status.result).toBe('pass');
  });

  test('over text, HTML and its pictures verifies, however long the lines of the HTML are', async () => {
    const message = await composeMessage({
      messageId: '<three@mx1.holdfast.example>',
      date: AT,
      from: { name: 'Megan Böwen', address: 'megan.bowen@contoso.example' },
      to: [{ name: '', address: 'ada@fabrikam.example' }],
      cc: [],
      subject: 'Figures',
      text: 'Grüße  \n.\n\n> quoted ',
      html: `<div>Grüße  </div>\n.\n<blockquote>${'ö <b>word</b> '.repeat(500)}</blockquote><img src="cid:quoted-1@x">  `,
      inReplyTo: null,
      references: [],
      attachments: [
        {
          fileName: 'logo.png',
          contentType: 'image/png',
          content: Buffer.alloc(900, 7),
          contentId: 'quoted-1@x',
        },
      ],
      headers: {},
    });
    expect((await verified(sign(message)))?.status.result).toBe('pass');
  });

  test('is one field of lines below 78 characters, without a body length', () => {
    const signed = sign(PLAIN).toString('latin1');
    const field = signed.slice(0, signed.indexOf('\r\nFrom:'));
    expect(field.startsWith('DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;')).toBe(true);
    expect(Math.max(...field.split('\r\n').map((line) => line.length))).toBeLessThan(78);
    expect(
      field
        .split('\r\n')
        .slice(1)
        .every((line) => line.startsWith('\t')),
    ).toBe(true);
    expect(field).not.toMatch(/[\s;]l=/);
  });

  test.each([
    ['a second From', 'From: mallory@evil.example\r\n'],
    ['a second Subject', 'Subject: Other figures\r\n'],
    ['a Cc that was not there', 'Cc: all@evil.example\r\n'],
    ['a Reply-To that was not there', 'Reply-To: mallory@evil.example\r\n'],
  ])('breaks when somebody adds %s', async (_what, added) => {
    const signed = sign(PLAIN).toString('latin1');
    const changed = signed.replace('From: Megan', `${added}From: Megan`);
    expect((await verified(Buffer.from(changed, 'latin1')))?.status.result).toBe('fail');
  });

  test('breaks when the body changes by a letter, and not by white space that mail systems change', async () => {
    const signed = sign(PLAIN).toString('latin1');
    const body = (text: string): Buffer =>
      Buffer.from(signed.replace('\r\nHello\r\n', text), 'latin1');
    expect((await verified(body('\r\nHallo\r\n')))?.status.result).not.toBe('pass');
    expect((await verified(body('\r\nHello  \r\n\r\n')))?.status.result).toBe('pass');
  });

  test('is refused for a message without exactly one From', () => {
    expect(() => sign(raw('Subject: x', '', 'x'))).toThrow('From');
    expect(() =>
      sign(raw('From: a@contoso.example', 'From: b@contoso.example', '', 'x')),
    ).toThrow();
  });
});
