import { startThreadTime } from '@holdfast/vitest-preset/thread-time';
import { describe, expect, test } from 'vitest';
import { isFormatted, isRichLink, quotedText, richTextOf, textOfRichText } from './rich-text.ts';

describe('light rich text without its formatting', () => {
  test.each([
    ['lines and empty lines', '<div>One<br></div><div><br></div><div>Two</div>', 'One\n\nTwo'],
    ['line breaks', 'One<br>Two<br><br>Three', 'One\nTwo\n\nThree'],
    ['paragraphs, with room between them', '<p>One</p><p>Two</p>', 'One\n\nTwo'],
    ['words that are only marked', '<div>a <b>bold</b> <i>word</i></div>', 'a bold word'],
    [
      'bullets',
      '<ul><li>One</li><li><div>Two</div><div>more</div></li></ul>',
      '- One\n- Two\n  more',
    ],
    ['numbers', '<ol><li>One</li><li>Two</li></ol>', '1. One\n2. Two'],
    ['lists within lists', '<ul><li>A<ol><li>B</li></ol></li></ul>', '- A\n  1. B'],
    ['an empty item', '<ul><li></li></ul>', '-'],
    [
      'quotations of each level',
      '<blockquote><div>One</div><blockquote><div>Two</div></blockquote><div><br></div></blockquote>Three',
      '> One\n>> Two\n>\nThree',
    ],
    [
      'a link with words',
      '<a href="https://a.example/?x=1&amp;y">See</a>',
      'See <https://a.example/?x=1&y>',
    ],
    [
      'a link that is its own words',
      '<a href="https://a.example/">https://a.example</a>',
      'https://a.example',
    ],
    ['an address', '<a href="mailto:lee@a.example">lee@a.example</a>', 'lee@a.example'],
    ['entities', '1 &lt; 2 &amp;amp; &#39;x&#x27; &nbsp;', "1 < 2 &amp; 'x'"],
    ['white space of the source', '<div>\n  One\n  two\n</div>\n', 'One two'],
    ['what is no tag', 'a < b', 'a < b'],
  ])('%s', (_what, html, text) => {
    expect(textOfRichText(html)).toBe(text);
  });

  test('takes no longer for hostile nesting', () => {
    const took = startThreadTime();
    textOfRichText('<blockquote>'.repeat(30_000) + 'x');
    textOfRichText('<a href="'.repeat(40_000));
    textOfRichText('<'.repeat(400_000));
    expect(took()).toBeLessThan(2000);
  });
});

describe('plain text as light rich text', () => {
  test('comes back as it was', () => {
    const text =
      '\n\nHello  Lee,\n  <indented> & more\n\nOn Monday, Lee wrote:\n> Yes\n>> No\n>\n> Hm';
    expect(textOfRichText(richTextOf(text))).toBe(text);
  });

  test('is nothing but lines and quotations', () => {
    expect(richTextOf('a\n> b')).toBe('<div>a</div><blockquote><div>b</div></blockquote>');
    expect(isFormatted(richTextOf('a\n\nb'))).toBe(false);
    expect(isFormatted('<div>a <b>b</b></div>')).toBe(true);
    expect(isFormatted('<div>a<br></div>')).toBe(false);
  });
});

test('a quotation marks each line once, keeps older levels, ends without empty lines', () => {
  expect(quotedText('Gate 4.\r\n\r\n> At eight?\r\n')).toBe('> Gate 4.\n>\n>> At eight?');
});

test('a link leads to a page or an address', () => {
  for (const good of ['https://a.example/x', 'http://a.example', 'mailto:lee@a.example'])
    expect(isRichLink(good)).toBe(true);
  for (const bad of [
    'javascript:alert(1)',
    '/x',
    '//a.example',
    'data:text/html,x',
    'https://a"b',
    '',
  ])
    expect(isRichLink(bad)).toBe(false);
});

describe('takes no time, whatever a stranger or a signed-in somebody wrote', () => {
  const MANY = 400_000;
  test.each([
    ['white space in the middle of a text', () => quotedText(`x${' '.repeat(MANY)}x`)],
    ['spaces that do not break', () => textOfRichText(`x${'\u00a0'.repeat(MANY)}x`)],
    ['quotations in one another', () => textOfRichText('<blockquote>x'.repeat(MANY / 13))],
    ['marks of quotations', () => richTextOf('>'.repeat(MANY))],
    ['lists in one another', () => textOfRichText('<ul><li>x'.repeat(MANY / 9))],
  ])('%s', (_what, make) => {
    const took = startThreadTime();
    expect(make().length).toBeLessThan(10 * 1024 * 1024);
    expect(took()).toBeLessThan(2000);
  });
});
