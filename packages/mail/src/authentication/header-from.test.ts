import { startThreadTime } from '@holdfast/vitest-preset/thread-time';
import fc from 'fast-check';
import addressparser from 'nodemailer/lib/addressparser';
import { describe, expect, test } from 'vitest';
import { knownFields } from './header-fields.ts';
import { createHeaderBlock } from './header-block.ts';
import { authorsOf, plainAddress } from './header-from.ts';

function authorOf(message: string): string | null {
  const block = createHeaderBlock();
  block.take(Buffer.from(message));
  return authorsOf(knownFields(block.text()).from).only;
}

describe('the From address', () => {
  test.each([
    ['From: a@b.example', 'a@b.example'],
    ['From: "A, B" <A@B.example>', 'a@b.example'],
    ['FROM :\r\n "x@evil.example" <a@b.example>', 'a@b.example'],
    ['From: a@b.example, c@d.example', null],
    ['From: a@b.example\r\nFrom: c@d.example', null],
    ['From: Team: a@b.example;', null],
    ['From: undisclosed', null],
    ['Subject: x', null],
    ['From\r\n : a@b.example', 'a@b.example'],
    [' From: a@b.example', 'a@b.example'],
    ['From: Jörg <jörg@b.example>', 'jörg@b.example'],
    ['X-From: a@b.example', null],
    ['Subject: x\r\n\r\nFrom: a@b.example', null],
    ['\r\nFrom: a@b.example', null],
  ])('%j is %s', (header, expected) => {
    expect(authorOf(`${header}\r\n\r\nbody\r\n`)).toBe(expected);
  });
});

test('what is read without the parser is what the parser reads', () => {
  const character = fc.constantFrom(...Array.from('ab.@<>"\\,;:() +-=\t'));
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 30 }), (value) => {
      const plain = plainAddress(value.trim());
      const read = addressparser(value).map(({ address }) => address);
      expect(plain === null ? read : [plain]).toEqual(read);
    }),
    { numRuns: 20_000 },
  );
  const name = fc.string({ unit: fc.constantFrom(...Array.from('ab .,+-=\'()"')), maxLength: 12 });
  fc.assert(
    fc.property(name, (words) => {
      const value = `${words} <a.b@c.example>`.trim();
      const plain = plainAddress(value);
      const read = addressparser(value).map((entry) => entry.address);
      expect(plain === null ? read : [plain]).toEqual(read);
    }),
    { numRuns: 5_000 },
  );
});

test('a long value costs no more than its length', () => {
  const took = startThreadTime();
  expect(authorOf(`From: ${'a'.repeat(200_000)}`)).toBeNull();
  expect(took()).toBeLessThan(1000);
});
