import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readProxyHeader } from './proxy-header.ts';

const SIGNATURE = '0d0a0d0a000d0a515549540a';
const v2 = (hex: string): Buffer => Buffer.from(SIGNATURE + hex.replaceAll(' ', ''), 'hex');
const V4 = v2('21 11 000c c0000201 c6336402 1234 0019');

test.each([
  [Buffer.from('PROXY TCP4 192.0.2.1 198.51.100.2 4321 25\r\nEHLO'), 43, '192.0.2.1'],
  [Buffer.from('PROXY TCP6 2001:db8::1 2001:db8::2 4321 25\r\n'), 44, '2001:db8::1'],
  [Buffer.from('PROXY UNKNOWN\r\n'), 15, null],
  [V4, 28, '192.0.2.1'],
  [
    v2(`21 21 0024 20010db8${'0'.repeat(23)}1 ${'0'.repeat(32)} 1234 0019`),
    52,
    '2001:db8:0:0:0:0:0:1',
  ],
  [v2('20 00 0000'), 16, null],
  [v2('21 11 000f c0000201 c6336402 1234 0019 040000'), 31, '192.0.2.1'],
])('%s is read', (bytes, length, source) => {
  expect(readProxyHeader(bytes)).toEqual({ kind: 'header', length, source });
});

test.each([
  Buffer.from('EHLO client.example\r\n'),
  Buffer.from('PROXY TCP4 192.0.2.999 198.51.100.2 4321 25\r\n'),
  Buffer.from('PROXY UDP4 192.0.2.1 198.51.100.2 4321 25\r\n'),
  Buffer.from(`PROXY TCP4 ${'1'.repeat(200)}`),
  v2('31 11 000c c0000201 c6336402 1234 0019'),
  v2('22 11 000c c0000201 c6336402 1234 0019'),
  v2('21 11 0004 c0000201'),
  v2('21 11 ffff'),
])('%s is no header', (bytes) => {
  expect(readProxyHeader(bytes)).toEqual({ kind: 'invalid' });
});

test('a header that comes in parts is waited for', () => {
  const text = Buffer.from('PROXY TCP4 192.0.2.1 198.51.100.2 4321 25\r\n');
  for (const whole of [text, V4]) {
    for (let length = 0; length < whole.length; length += 1) {
      expect(readProxyHeader(whole.subarray(0, length))).toEqual({ kind: 'incomplete' });
    }
  }
});

test('nothing makes it throw', () => {
  const begin = fc.constantFrom(Buffer.alloc(0), Buffer.from('PROXY '), v2(''), v2('21'));
  fc.assert(
    fc.property(begin, fc.uint8Array({ maxLength: 60 }), (first, rest) => {
      const header = readProxyHeader(Buffer.concat([first, rest]));
      expect(['incomplete', 'invalid', 'header']).toContain(header.kind);
    }),
  );
});
