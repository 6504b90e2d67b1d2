import { startThreadTime } from '@holdfast/vitest-preset/thread-time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDotStuffer } from './dot-stuffing.ts';

function stuffed(pieces: readonly Uint8Array[]): string {
  const stuffer = createDotStuffer();
  const out = pieces.map((piece) => Buffer.from(stuffer.take(piece)));
  return Buffer.concat([...out, stuffer.end()]).toString('latin1');
}

const one = (text: string): string => stuffed([Buffer.from(text, 'latin1')]);

describe('a message on the wire', () => {
  test.each([
    ['a\r\nb\r\n', 'a\r\nb\r\n.\r\n'],
    ['.\r\n', '..\r\n.\r\n'],
    ['..a\r\n.b', '...a\r\n..b\r\n.\r\n'],
    ['', '.\r\n'],
    ['no end', 'no end\r\n.\r\n'],
    ['a\n.\nb\n', 'a\r\n..\r\nb\r\n.\r\n'],
    ['a\r.\rb\r', 'a\r\n..\r\nb\r\n.\r\n'],
    ['a\r\r\n.\r\n', 'a\r\n\r\n..\r\n.\r\n'],
  ])('%j leaves as %j', (message, wire) => {
    expect(one(message)).toBe(wire);
  });

  const alphabet = fc.constantFrom('\r', '\n', '\r\n', '.', '..', 'x', '\0', 'é');
  const message = fc.array(alphabet, { maxLength: 60 }).map((parts) => parts.join(''));

  test('is the same however the bytes are cut', () => {
    fc.assert(
      fc.property(message, fc.array(fc.nat(60), { maxLength: 8 }), (text, cuts) => {
        const bytes = Buffer.from(text, 'latin1');
        const edges = [
          0,
          ...cuts.map((cut) => Math.min(cut, bytes.length)).toSorted((a, b) => a - b),
          bytes.length,
        ];
        const pieces = edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
        expect(stuffed(pieces)).toBe(one(text));
      }),
    );
  });

  test('ends once, has no bare CR or LF, and is what it was when it had none (CVE-2023-51764)', () => {
    fc.assert(
      fc.property(message, (text) => {
        const wire = one(text);
        expect(wire).not.toMatch(/\r(?!\n)|(?<!\r)\n/);
        expect(wire.indexOf('\r\n.\r\n') === wire.length - 5 || wire === '.\r\n').toBe(true);
        const lines = wire.slice(0, -3).replace(/(^|\n)\./g, '$1');
        const clean = text.replace(/\r\n|\r|\n/g, '\r\n');
        expect(lines).toBe(clean === '' || clean.endsWith('\n') ? clean : `${clean}\r\n`);
      }),
    );
  });

  test('a piece in which nothing changes is not copied', () => {
    const piece = Buffer.from('plain\r\ntext\r\n');
    expect(createDotStuffer().take(piece)).toBe(piece);
  });

  test('25 MB of dots take less than a second', () => {
    const piece = Buffer.from('.\r\n'.repeat(25_000));
    const stuffer = createDotStuffer();
    const took = startThreadTime();
    for (let count = 0; count < 333; count += 1) stuffer.take(piece);
    expect(took()).toBeLessThan(1000);
  });
});
