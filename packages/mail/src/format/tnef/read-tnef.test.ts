import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aTnef, storedRtf } from '@holdfast/letters/tnef';
import { decompressRtf } from './compressed-rtf.ts';
import { readTnef } from './read-tnef.ts';

const HTML_IN_RTF =
  "{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0{\\fonttbl{\\f0 Arial;}}{\\*\\htmltag64 <p>}Gr\\'fc\\'dfe{\\*\\htmltag72 </p>}}";
const PLAIN_RTF = '{\\rtf1\\ansi Written in Outlook}';
/** The example of MS-OXRTFCP §3.1: `{\rtf1\ansi\ansicpg1252\pard hello world}`, and a line end. */
const COMPRESSED = Buffer.from(
  '2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232' +
    '0af32068656c090020627705b06c647d0a800fa0',
  'hex',
);

describe('winmail.dat', () => {
  test('gives its files with their long names, and its words', () => {
    const found = readTnef(
      aTnef({
        body: 'Hello Adele',
        files: [
          { name: 'Übersicht 2027.xlsx', content: Buffer.from('cells') },
          { name: 'logo.png', content: Buffer.from('png'), contentId: 'logo@x' },
        ],
      }),
    );
    expect(found).toMatchObject({
      text: 'Hello Adele',
      html: null,
      attachments: [
        { fileName: 'Übersicht 2027.xlsx', contentId: null },
        { fileName: 'logo.png', contentId: 'logo@x' },
      ],
    });
    expect(found?.attachments[0]?.content.toString()).toBe('cells');
  });

  test('has its HTML as it is, or within RTF', () => {
    expect(readTnef(aTnef({ html: '<p>Grüße</p>' }))?.html).toBe('<p>Grüße</p>');
    const within = readTnef(aTnef({ compressedRtf: storedRtf(HTML_IN_RTF) }));
    expect(within?.html?.trim()).toBe('<p>Grüße</p>');
    expect(within?.rtf).toBeNull();
  });

  test('keeps real RTF for whoever can read it', () => {
    const found = readTnef(aTnef({ compressedRtf: storedRtf(PLAIN_RTF) }));
    expect(found?.rtf?.toString('latin1')).toBe(PLAIN_RTF);
    expect(found?.text).toBe('');
  });

  test('with a message within gives its words as a text, and its files', () => {
    const inner = aTnef({
      subject: 'Inner',
      html: '<p>Inner <b>words</b></p>',
      files: [{ name: 'a.txt', content: Buffer.from('a') }],
    });
    const { attachments } = readTnef(aTnef({ files: [{ name: 'x', message: inner }] })) ?? {};
    expect(attachments?.map(({ fileName }) => fileName)).toEqual(['Inner.txt', 'a.txt']);
    expect(attachments?.[0]?.content.toString().trim()).toBe('Inner words');
  });

  test('within itself ends after three', () => {
    let deep = aTnef({ subject: 'bottom', body: 'x' });
    for (let level = 0; level < 50; level += 1)
      deep = aTnef({ subject: `level ${level}`, files: [{ name: 'x', message: deep }] });
    expect(readTnef(deep)?.attachments.length).toBeLessThan(4);
  });

  test('that is none is left alone', () => {
    expect(readTnef(Buffer.from('PK\u0003\u0004 a zip'))).toBeNull();
    expect(readTnef(Buffer.alloc(0))).toBeNull();
  });
});

test('compressed RTF is as the specification’s example says', () => {
  expect(decompressRtf(COMPRESSED, 1000)?.toString('latin1')).toBe(
    '{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n',
  );
});

test('whatever is cut, changed or made up: read in bounded time and memory, without a crash', () => {
  const whole = aTnef({
    html: '<p>x</p>',
    body: 'x',
    compressedRtf: storedRtf(HTML_IN_RTF),
    files: [
      { name: 'a.txt', content: Buffer.from('a') },
      {
        name: 'm',
        message: aTnef({ body: 'y', files: [{ name: 'b', content: Buffer.alloc(9) }] }),
      },
    ],
  });
  fc.assert(
    fc.property(
      fc.nat(whole.length),
      fc.uint8Array({ maxLength: 24 }),
      fc.boolean(),
      (at, bytes, isCut) => {
        const rest = isCut ? Buffer.alloc(0) : whole.subarray(at + bytes.length);
        const found = readTnef(Buffer.concat([whole.subarray(0, at), bytes, rest]));
        const size = found?.attachments.reduce((sum, { content }) => sum + content.length, 0) ?? 0;
        expect(size).toBeLessThanOrEqual(10 * whole.length);
      },
    ),
    { numRuns: 2000 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const packed = Buffer.concat([COMPRESSED.subarray(0, 16), Buffer.from(bytes)]);
      expect(decompressRtf(packed, 3000)?.length ?? 0).toBeLessThanOrEqual(3000);
    }),
    { numRuns: 1000 },
  );
});
