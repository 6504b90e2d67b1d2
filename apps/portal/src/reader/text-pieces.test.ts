import { describe, expect, test } from 'vitest';
import { foldQuoted, linkify } from './text-pieces.ts';

function links(text: string): readonly string[] {
  return linkify(text).flatMap((piece) => (piece.kind === 'link' ? [piece.href] : []));
}

test('an address ends where marks would turn it round', () => {
  expect(linkify('https://x.example/\u202efdp.exe')[0]).toEqual({
    kind: 'link',
    text: 'https://x.example/',
    href: 'https://x.example/',
  });
});

describe('addresses in plain text', () => {
  test('become links without the punctuation around them', () => {
    expect(
      links('See https://x.example/a. (Or https://x.example/b_(c)), mail ann@x.example!'),
    ).toEqual(['https://x.example/a', 'https://x.example/b_(c)', 'mailto:ann@x.example']);
  });

  test('nothing but http, https and mailto', () => {
    expect(links('javascript:alert(1) file:///etc/passwd data:text/html,x')).toEqual([]);
  });

  test('no letter is lost', () => {
    const text = 'a https://x.example, b';
    expect(
      linkify(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });
});

describe('folding the quotation at the end', () => {
  test('with the line that says whose words they are', () => {
    expect(foldQuoted('Yes.\n\nOn Monday, Ann wrote:\n> When?\n>\n> Ann\n')).toEqual({
      own: 'Yes.',
      quoted: 'On Monday, Ann wrote:\n> When?\n>\n> Ann',
    });
  });

  test('answers between the lines stay unfolded', () => {
    const text = '> When?\nAt eight.\n> Where?\nGate 4.';
    expect(foldQuoted(text)).toEqual({ own: text, quoted: '' });
  });

  test('a message that is only a quotation is shown', () => {
    expect(foldQuoted('> all of it').quoted).toBe('');
  });

  test("Outlook's rule above the older message", () => {
    expect(foldQuoted('Fine.\n\n-----Original Message-----\nFrom: Ann').quoted).toBe(
      '-----Original Message-----\nFrom: Ann',
    );
  });

  test('an ordinary text is left alone', () => {
    expect(foldQuoted('Points:\n1. a\n2. b')).toEqual({ own: 'Points:\n1. a\n2. b', quoted: '' });
  });
});

test.each([
  ['white space', `x${' '.repeat(200_000)}x`],
  ['dashes', `x\n${'-'.repeat(200_000)}x`],
  ['dots', `${'a.'.repeat(100_000)}`],
  ['dots in a link', `https://x.example/${'.'.repeat(200_000)}x`],
  ['brackets in a link', `https://x.example/${')'.repeat(200_000)}`],
])('a stranger’s %s keep no phone busy', (_what, text) => {
  const began = performance.now();
  foldQuoted(text);
  linkify(text);
  expect(performance.now() - began).toBeLessThan(1500);
});
