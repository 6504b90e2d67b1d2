import type { AttachmentPart } from '@holdfast/application';
import { MAX_RICH_TEXT } from '@holdfast/contracts';
import { describe, expect, test } from 'vitest';
import { HOSTILE_HTML } from '../testing/hostile-html/index.ts';
import { createMessageFormat } from './message-format.ts';

const format = createMessageFormat({ authservId: 'mx.holdfast.example' });

describe('what a person wrote', () => {
  test('keeps bold, italic, lists, links and quotations', () => {
    const html =
      '<div>a <b>b</b> <i>c</i> <strong>d</strong> <em>e</em><br /></div><ul><li>f</li></ul>' +
      '<ol><li>g</li></ol><blockquote><p>h</p></blockquote><a href="https://a.example/?x&amp;y">i</a>';
    expect(format.richText(html)).toBe(html);
  });

  test.each([
    ['styles and classes', '<div style="color:red" class="x" id="quoted">a</div>', '<div>a</div>'],
    ['pictures', 'a<img src="https://a.example/x.png" onerror="alert(1)">b', 'ab'],
    ['scripts and their words', 'a<script>alert(1)</script>b', 'ab'],
    ['tables, but not their words', '<table><tr><td>a</td></tr></table>', 'a'],
    [
      'links to anywhere else',
      '<a href="java\nscript:alert(1)">a</a><a href="/x">b</a>',
      '<a>a</a><a>b</a>',
    ],
    [
      'everything of a link but its address',
      '<a href="mailto:a@b.example" onclick="x()" target="x">a</a>',
      '<a href="mailto:a@b.example">a</a>',
    ],
    ['comments', 'a<!-- b -->c', 'ac'],
  ])('loses %s', (_what, html, clean) => {
    expect(format.richText(html)).toBe(clean);
  });

  test.each([
    '<div>',
    '<b>',
    '<x>',
    '<ul><li>',
    '<blockquote>',
    '<a href="https://a.example">',
    '<b></i>',
    '<blockquote>x',
    '<ul><li>x',
    '<div>&gt;',
    '&nbsp;',
  ])('takes no time whatever is nested: %s', (piece) => {
    const began = performance.now();
    const clean = format.richText(
      `${piece.repeat(Math.floor(MAX_RICH_TEXT / piece.length) - 1)}deep`,
    );
    expect(performance.now() - began).toBeLessThan(5000);
    expect(clean).toContain('deep');
  });

  test('is nothing but that, whatever was sent as it', () => {
    const allowed =
      /^(?:[^<>]|<\/?(?:b|blockquote|br|div|em|i|li|ol|p|strong|ul|a)(?: \/)?>|<a href="(?:https?:\/\/|mailto:)[^"<>\s]+">)*$/i;
    for (const { html } of HOSTILE_HTML)
      expect(format.richText(html.slice(0, MAX_RICH_TEXT))).toMatch(allowed);
  });
});

const picture = (index: number, contentId: string): AttachmentPart => ({
  index,
  fileName: 'x.png',
  contentType: 'image/png',
  size: 10,
  contentId,
  inline: true,
});

describe('a message that is quoted as it looks', () => {
  const html =
    '<p style="color: red">a</p><img data-cid="logo&amp;1@x" width="20" alt="Logo" />' +
    '<img data-blocked-src="https://a.example/x.png" alt="A &quot;chart&quot;" /><img data-blocked-src="https://a.example/y.png" />';
  const options = {
    as: 'reply',
    mayTake: () => true,
    contentIdOf: (index: number) => `quoted-${index}@x`,
  } as const;

  test('takes its own pictures along, and loads nothing', () => {
    const message = { html, text: '', parts: [picture(3, '<logo&1@x>')] };
    const quoted = format.quotation(message, options);
    expect(quoted.pictures).toEqual([3]);
    expect(quoted.html).toContain(
      '<p style="color: red">a</p><img width="20" alt="Logo" src="cid:quoted-3@x">[A &quot;chart&quot;]</blockquote>',
    );
    expect(quoted.html).not.toContain('a.example');
  });

  test('names its pictures for other programs as they are named in mail', () => {
    expect(format.forMailPrograms(html)).toBe(
      '<p style="color: red">a</p><img width="20" alt="Logo" src="cid:logo&amp;1@x">[A &quot;chart&quot;]',
    );
  });

  test('marks older quotations as mail programs do', () => {
    const older =
      '<blockquote data-quote="block" style="color: red">a data-quote="block"</blockquote><div data-quote="rest">b</div>';
    expect(format.forMailPrograms(older)).toBe(
      '<blockquote type="cite" style="color: red">a data-quote="block"</blockquote><div>b</div>',
    );
  });

  test('names pictures that do not fit, are no pictures, or are not there', () => {
    const parts = [picture(3, 'logo&1@x')];
    const asked = [
      { parts: [], mayTake: () => true },
      { parts, mayTake: () => false },
      { parts: [{ ...picture(3, 'logo&1@x'), contentType: 'image/svg+xml' }], mayTake: () => true },
    ];
    for (const { parts: there, mayTake } of asked) {
      const quoted = format.quotation({ html, text: '', parts: there }, { ...options, mayTake });
      expect(quoted.pictures).toEqual([]);
      expect(quoted.html).toContain('[Logo]');
    }
  });

  test('is its text where it has no HTML', () => {
    const quoted = format.quotation({ html: null, text: 'a < b\n> c\n', parts: [] }, options);
    expect(quoted.html).toContain('<div>a &lt; b</div><blockquote><div>c</div></blockquote>');
  });
});

describe('what was composed here', () => {
  const composed = (html: string | null) =>
    format.compose({
      messageId: '<a@x>',
      date: 0,
      from: { name: 'Ada', address: 'ada@contoso.example' },
      to: [{ name: '', address: 'lee@fabrikam.example' }],
      cc: [],
      subject: 'Figures',
      text: 'a',
      html,
      inReplyTo: null,
      references: [],
      attachments: [
        { fileName: 'f.txt', contentType: 'text/plain', content: Buffer.from('f') },
        {
          fileName: 'x.png',
          contentType: 'image/png',
          content: Buffer.from('p'),
          contentId: 'quoted-0@x',
        },
      ],
      headers: {},
    });

  test('is a text and an HTML part that belong together, pictures with the HTML, files beside both', async () => {
    const source = Buffer.from(await composed('<b>a</b><img src="cid:quoted-0@x">')).toString();
    const at = (what: string) => source.indexOf(what);
    expect(at('multipart/mixed')).toBeGreaterThan(0);
    expect(at('multipart/alternative')).toBeGreaterThan(at('multipart/mixed'));
    expect(at('text/plain')).toBeGreaterThan(at('multipart/alternative'));
    expect(at('multipart/related')).toBeGreaterThan(at('text/plain'));
    expect(at('text/html')).toBeGreaterThan(at('multipart/related'));
    expect(at('Content-ID: <quoted-0@x>')).toBeGreaterThan(at('text/html'));
    const { parts } = await format.read(Buffer.from(source));
    expect(parts.map(({ fileName, inline }) => `${fileName} ${inline}`)).toEqual([
      'x.png true',
      'f.txt false',
    ]);
  });

  test('gives back what its writer wrote, without what was quoted below', async () => {
    const quoted = format.quotation(
      { html: '<p>old</p>', text: '', parts: [] },
      { as: 'forward', mayTake: () => false, contentIdOf: String },
    );
    const own = '<div>new <b>words</b> id="quoted"</div>';
    expect(
      await format.written(await composed(`<html><body>${own}${quoted.html}</body></html>`)),
    ).toEqual({
      html: own,
      isQuoting: true,
    });
    expect(await format.written(await composed(`<html><body>${own}</body></html>`))).toMatchObject({
      html: own,
    });
    expect(await format.written(await composed(null))).toEqual({ html: null, isQuoting: false });
  });
});
