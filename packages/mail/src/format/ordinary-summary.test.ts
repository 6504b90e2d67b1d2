import { describe, expect, test } from 'vitest';
import { DEFAULT_FORMAT_LIMITS } from './format-limits.ts';
import { ordinarySearchable, ordinarySummary } from './ordinary-summary.ts';

/** Milliseconds, on a machine with a lot else to do; the worst takes half a second on a quiet one. */
const PATIENCE = 5000;

function timeOf(message: Buffer): number {
  const began = performance.now();
  ordinarySummary(message, DEFAULT_FORMAT_LIMITS);
  ordinarySearchable(message, DEFAULT_FORMAT_LIMITS);
  return performance.now() - began;
}

function repeated(piece: string, length: number): string {
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

describe('one pass, whatever is repeated', () => {
  test.each(['To', 'Subject', 'References', 'Content-Type', 'Date', 'Content-Disposition'])(
    'in the field %s',
    (name) => {
      for (const piece of ['g:a@b;', 'a@b,', '(', '<', '"', '=?utf-8?B?', '=?', ' ', '\\"', 'é']) {
        const text = `${name}: text/plain; ${repeated(piece, 60_000)}\r\n\r\nText\r\n`;
        expect(timeOf(Buffer.from(text, 'latin1'))).toBeLessThan(PATIENCE);
      }
    },
  );

  test.each(['<', '<!--', '<a "', '<style>', '&', '<p>', '<head>', '<a b=\'c">', '=\r\n', ' '])(
    'in HTML: %j',
    (piece) => {
      const text = `Content-Type: text/html\r\n\r\n${repeated(piece, 250_000)}`;
      expect(timeOf(Buffer.from(text, 'latin1'))).toBeLessThan(PATIENCE);
    },
  );

  test.each(['--b', '\r\n--b', '\r\n--b ', '--b--'])('between boundaries: %j', (piece) => {
    const head = 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n';
    const text = `${head}${repeated(piece, 5_000_000)}\r\n--b--\r\n`;
    expect(timeOf(Buffer.from(text, 'latin1'))).toBeLessThan(PATIENCE);
  });
});
