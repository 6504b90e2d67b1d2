import { expect, test } from 'vitest';
import { withReadableText } from './unlabelled-text.ts';

const letter = (header: string, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`Subject: x\r\n${header}\r\n`), body]);
const WESTERN = Buffer.from('Grüße aus Köln', 'latin1');
const readable = (message: Buffer): string => Buffer.from(withReadableText(message)).toString();

test.each([
  ['without MIME', ''],
  [
    'of a type without a charset',
    'Content-Type: text/plain\r\nContent-Transfer-Encoding: 8bit\r\n',
  ],
  ['that says ASCII', 'Content-Type: text/html; charset=us-ascii\r\n'],
])('text with bytes above 127 %s is read as Western European', (_what, header) => {
  expect(readable(letter(header, WESTERN))).toMatch(/Grüße aus Köln$/);
});

test('in every part of a message, and the parts around stay as they are', () => {
  const part = (type: string, content: Buffer): Buffer =>
    Buffer.concat([
      Buffer.from(`--b\r\nContent-Type: ${type}\r\n\r\n`),
      content,
      Buffer.from('\r\n'),
    ]);
  const message = letter(
    'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n',
    Buffer.concat([
      part('text/plain', WESTERN),
      part('application/x-data', Buffer.from([0xff, 0xfe])),
      part('text/plain', WESTERN),
      Buffer.from('--b--\r\n'),
    ]),
  );
  const mended = Buffer.from(withReadableText(message));
  expect(mended.toString().match(/Grüße aus Köln/g)).toHaveLength(2);
  expect(mended.includes(Buffer.from([0xff, 0xfe]))).toBe(true);
});

test.each([
  ['what is UTF-8', letter('', Buffer.from('Grüße'))],
  ['UTF-8 with a broken end', letter('', Buffer.from('Grüße aus Köl').subarray(0, -2))],
  ['what says its charset', letter('Content-Type: text/plain; charset=koi8-r\r\n', WESTERN)],
  ['UTF-8 that is none', letter('Content-Type: text/plain; charset=utf-8\r\n', WESTERN)],
])('%s stays as it is', (_what, message) => {
  expect(withReadableText(message)).toEqual(message);
});
