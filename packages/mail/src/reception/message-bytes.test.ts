import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countReceivedFields, normaliseMessage } from './message-bytes.ts';

function normalised(text: string): string {
  const result = normaliseMessage(Buffer.from(text, 'latin1'));
  return result.kind === 'message' ? result.bytes.toString('latin1') : result.reason;
}

describe('line ends', () => {
  test.each([
    ['a\r\nb\r\n', 'a\r\nb\r\n'],
    ['a\nb\n', 'a\r\nb\r\n'],
    ['a\r\nb', 'a\r\nb\r\n'],
    ['\n', '\r\n'],
    ['', '\r\n'],
    ['\n\n.\n', '\r\n\r\n.\r\n'],
    ['a\rb\r\n', 'bare-cr'],
    ['a\r\r\n', 'bare-cr'],
    ['a\r', 'bare-cr'],
    ['a\0b\r\n', 'nul'],
  ])('%j becomes %j', (raw, expected) => {
    expect(normalised(raw)).toBe(expected);
  });

  test('come out as CRLF only, and nothing else changes', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '.', '\n', '\r\n', ' ', 'é') });
    fc.assert(
      fc.property(text, (raw) => {
        const out = normalised(raw);
        expect(out.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        expect(out.replace(/[\r\n]/g, '')).toBe(
          Buffer.from(raw, 'latin1')
            .toString('latin1')
            .replace(/[\r\n]/g, ''),
        );
        expect(normalised(out)).toBe(out);
      }),
    );
  });
});

test('Received fields are counted in the header only', () => {
  const fields = 'Received: from a\r\n\tby b\r\nreceived : x\r\nX-Received: no\r\n';
  expect(countReceivedFields(Buffer.from(`${fields}\r\nReceived: body\r\n`))).toBe(2);
});
