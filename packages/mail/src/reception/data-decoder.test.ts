import { startThreadTime } from '@holdfast/vitest-preset/thread-time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { naiveData } from '../testing/naive-smtp.ts';
import { DataDecoder, type DataLimits, type DataProblem } from './data-decoder.ts';

const WIDE: DataLimits = { maxBytes: 1_000_000, maxLineBytes: 1_000_000 };

interface Decoded {
  readonly ended: boolean;
  readonly problem: DataProblem | null;
  readonly message: string;
  /** What was not taken. */
  readonly rest: string;
}

/** `cuts`: lengths of the chunks, used in turn. */
function decode(wire: string, cuts: readonly number[], limits: DataLimits = WIDE): Decoded {
  const bytes = Buffer.from(wire, 'latin1');
  const decoder = new DataDecoder(limits);
  const pieces: Buffer[] = [];
  let at = 0;
  for (let turn = 0; at < bytes.length && !decoder.ended; turn += 1) {
    const length = Math.max(1, cuts[turn % cuts.length] ?? bytes.length);
    const chunk = bytes.subarray(at, at + length);
    const taken = decoder.take(chunk, 0);
    pieces.push(...decoder.pieces());
    at += taken;
  }
  const { ended, problem } = decoder;
  // What was decoded before a problem was seen is worth nothing, and depends on the cuts.
  const message = problem === null ? Buffer.concat(pieces).toString('latin1') : '';
  return { ended, problem, message, rest: wire.slice(at) };
}

const whole = (wire: string, limits?: DataLimits): Decoded => decode(wire, [wire.length], limits);

describe('data', () => {
  test.each([
    ['a\r\nb\r\n.\r\n', 'a\r\nb\r\n'],
    ['.\r\n', '\r\n'],
    ['\r\n.\r\n', '\r\n'],
    ['..\r\n...\r\n.a\r\n.\r\n', '.\r\n..\r\na\r\n'],
    ['a\nb\n\r\n.\r\n', 'a\r\nb\r\n\r\n'],
    ['a\n\n\r\n.\r\n', 'a\r\n\r\n\r\n'],
  ])('%j is %j', (wire, message) => {
    expect(whole(wire)).toEqual({ ended: true, problem: null, message, rest: '' });
  });

  test.each([
    ['a\rb\r\n.\r\n', 'bare-cr'],
    ['a\r\r\n.\r\n', 'bare-cr'],
    ['a\0b\r\n.\r\n', 'nul'],
    ['.\r.\r\n.\r\n', 'bare-cr'],
  ] as const)('%j is read to its end and refused', (wire, problem) => {
    expect(whole(wire)).toMatchObject({ ended: true, problem, rest: '' });
  });

  test.each([
    '\n.\n',
    '\n.\r',
    '\r.\n',
    '\r.\r',
    '\n.\r\n',
    '\r.\r\n',
    '\r\n.\n',
    '\r\n.\r',
    '\r\n.\r\r\n',
    '\r\n\0.\r\n',
    '\r\n.\0\r\n',
    '\r\n\x85.\x85',
    '\r\n\v.\v',
  ])('%j ends nothing', (variant) => {
    const rest = 'MAIL FROM:<evil@x.example>\r\n';
    expect(whole(`a${variant}${rest}`)).toMatchObject({ ended: false, rest: '' });
  });

  test('a dot behind a bare LF stays, and cannot end the message at the next hop', () => {
    const { message } = whole('a\n.\nb\n..\nc\r\n.\r\n');
    expect(message).toBe('a\r\n.\r\nb\r\n..\r\nc\r\n');
    // As a relay sends it: stuffed behind every CRLF.
    const sent = `${message.replace(/^\./gm, '..')}.\r\n`;
    expect(naiveData(sent)).toEqual({ message, rest: '' });
  });

  test('what stands behind its end is left alone', () => {
    expect(whole('a\r\n.\r\nMAIL').rest).toBe('MAIL');
  });
});

describe('limits', () => {
  test('a message of just the size passes, one byte more does not', () => {
    const limits = { ...WIDE, maxBytes: 10 };
    expect(whole('12345678\r\n.\r\n', limits)).toMatchObject({ problem: null });
    expect(whole('123456789\r\n.\r\n', limits)).toMatchObject({ problem: 'too-big', message: '' });
  });

  test('a line of just the length passes, one byte more does not, wherever it is cut', () => {
    const limits = { ...WIDE, maxLineBytes: 10 };
    for (const cut of [1, 3, 100]) {
      const at = (line: string): Decoded => decode(`a\r\n${line}\r\n.\r\n`, [cut], limits);
      expect(at('1234567890')).toMatchObject({ problem: null });
      expect(at('.1234567890')).toMatchObject({ problem: null });
      expect(at('12345678901')).toMatchObject({ problem: 'line-too-long', ended: true });
    }
  });
});

describe('whatever the chunks', () => {
  const token = fc.constantFrom(
    'a',
    'bc',
    '.',
    '..',
    '\r',
    '\n',
    '\r\n',
    '\r\n.',
    '\0',
    '\r\n.\r\n',
  );
  const mail = fc.array(token, { maxLength: 40 }).map((tokens) => tokens.join(''));
  const rarely = fc.array(
    fc.constantFrom('ab', '.', '..', '\n', '\r\n', '\r\n.', 'x'.repeat(1500)),
    {
      maxLength: 40,
    },
  );
  const wires = fc.oneof(
    mail,
    rarely.map((tokens) => `${tokens.join('')}\r\n.\r\n`),
  );
  const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 });

  test('the same bytes come out, those that the plain reading gives', () => {
    fc.assert(
      fc.property(wires, cuts, (wire, chunks) => {
        const decoded = decode(wire, chunks);
        expect(decoded).toEqual(whole(wire));
        const naive = naiveData(wire);
        const expected =
          naive === null ? null : { message: naive.message ?? 'refused', rest: naive.rest };
        const { ended, problem, message, rest } = decoded;
        const seen = { message: problem === null ? message : 'refused', rest };
        expect(ended ? seen : null).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test('limits fall the same way', () => {
    const limits = { maxBytes: 30, maxLineBytes: 12 };
    fc.assert(
      fc.property(wires, cuts, (wire, chunks) => {
        const [one, many] = [whole(wire, limits), decode(wire, chunks, limits)];
        expect(many.problem).toBe(one.problem);
        expect(many.ended).toBe(one.ended);
      }),
      { numRuns: 1000 },
    );
  });

  test('what comes out has CRLF line ends only', () => {
    fc.assert(
      fc.property(wires, cuts, (wire, chunks) => {
        expect(decode(wire, chunks).message.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      }),
    );
  });
});

test('25 MB of dot-stuffed lines take less than a second of CPU', () => {
  const wire = Buffer.from('..\r\n'.repeat(6_400_000));
  const took = startThreadTime();
  const decoder = new DataDecoder({ ...WIDE, maxBytes: wire.length });
  let length = 0;
  for (let at = 0; at < wire.length; at += 65_536) {
    decoder.take(wire.subarray(at, at + 65_536), 0);
    for (const piece of decoder.pieces()) length += piece.length;
  }
  expect(length).toBe(6_400_000 * 3);
  expect(took()).toBeLessThan(1000);
});
