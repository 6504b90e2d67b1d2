import { describe, expect, test } from 'vitest';
import { replyText, forwardText } from '../quoting.ts';
import {
  losesFormatting,
  quotedBelow,
  withFormatting,
  withHtml,
  withoutFormatting,
  withoutQuotation,
  type FormsOfText,
} from './forms-of-text.ts';
import { linkAddress } from './link-address.ts';
import { hasRichSignature, withoutRichSignature, withRichSignature } from './rich-signature.ts';

const original = {
  text: 'Gate 4.\r\n\r\n> At eight?\r\n',
  html: '<table><tr><td>Gate 4.</td></tr></table>',
};
const about = { itemId: 'x', mode: 'reply', parts: [] } as const;
const answer: FormsOfText = {
  text: `Thanks.${replyText('Mona wrote:', original.text)}`,
  html: null,
  about,
};

describe('formatting', () => {
  test('on: words become lines, and a quotation of HTML is left to the server', () => {
    const rich = withFormatting(answer, original);
    expect(rich.html).toBe('<div>Thanks.</div><div><br></div><div>Mona wrote:</div>');
    expect(rich.about).toEqual({ ...about, quote: true });
    expect(rich.text).toBe(answer.text);
    expect(quotedBelow(rich)).toBe('\n> Gate 4.\n>\n>> At eight?\n');
  });

  test('on: what was changed in the quotation is part of the text, as is a quotation of plain text', () => {
    const changed = { ...answer, text: answer.text.replace('eight', 'nine') };
    for (const [content, of] of [
      [changed, original],
      [answer, { ...original, html: null }],
      [answer, null],
    ] as const) {
      const rich = withFormatting(content, of);
      expect(rich.html).toContain('<blockquote><div>Gate 4.</div>');
      expect(rich.about).toEqual(about);
      expect(rich.text.trimEnd()).toBe(content.text.trimEnd());
    }
  });

  test('on: a forwarded message goes along as it looks', () => {
    const lee = { name: '', address: 'lee@contoso.example' };
    const message = { ...original, from: null, to: [lee], subject: 'Gate' };
    const labels = {
      begin: '-- Forwarded --',
      from: 'From',
      date: 'Date',
      subject: 'Subject',
      to: 'To',
    };
    const text = `Look${forwardText(message as never, 'Monday', labels)}`;
    const rich = withFormatting(
      { text, html: null, about: { ...about, mode: 'forward' } },
      original,
    );
    expect(rich.about).toMatchObject({ quote: true });
    expect(rich.html).not.toContain('Gate 4.');
    expect(rich.text).toBe(text);
  });

  test('the plain text keeps up with what is written, and keeps what is quoted below', () => {
    const rich = withFormatting(answer, original);
    const written = { ...rich, ...withHtml(rich, '<ul><li>One <b>gate</b></li></ul>') };
    expect(written.text).toBe('- One gate\n> Gate 4.\n>\n>> At eight?\n');
    const plain = withoutFormatting(written);
    expect(plain).toMatchObject({ html: null, text: written.text, about: { quote: false } });
    expect(withoutQuotation(written)).toMatchObject({
      text: '- One gate',
      about: { quote: false },
    });
  });

  test('off: asks only where something is lost', () => {
    const rich = { text: 'a', html: '<div>a</div><div><br></div>', about: null };
    expect(losesFormatting(rich)).toBe(false);
    expect(losesFormatting({ ...rich, html: '<div><b>a</b></div>' })).toBe(true);
    expect(losesFormatting({ ...rich, about: { ...about, quote: true } })).toBe(true);
    expect(losesFormatting({ ...rich, html: null })).toBe(false);
  });
});

describe('a signature in formatted text', () => {
  const signature = 'Megan <Bowen>\n+49 $1';
  const lines = '<div><br></div><div>Megan &lt;Bowen&gt;</div><div>+49 $1</div>';

  test('ends a new message, and goes again as it came', () => {
    const signed = withRichSignature('<div>Hello</div>', signature, false);
    expect(signed).toBe(`<div>Hello</div>${lines}`);
    expect(withRichSignature(signed, signature, false)).toBe(signed);
    expect(withoutRichSignature(signed, signature)).toBe('<div>Hello</div>');
  });

  test('is known again as editors write it', () => {
    const edited = `<div>Hello<br></div>${lines.replaceAll('</div>', '<br></div>').replaceAll('<br><br>', '<br>')}`;
    expect(hasRichSignature(edited, signature)).toBe(true);
    expect(withoutRichSignature(edited, signature)).toBe('<div>Hello</div>');
  });

  test('stands above what is quoted or forwarded', () => {
    const wrote = '<div><br></div><div>Mona wrote:</div>';
    expect(withRichSignature(`<div><br></div>${wrote}`, signature, true)).toBe(
      `<div><br></div>${lines}${wrote}`,
    );
    const quoted = `${wrote}<blockquote><div>Yes</div></blockquote>`;
    expect(withRichSignature(quoted, signature, false)).toBe(`${lines}${quoted}`);
    const forwarded =
      '<div><br></div><div>---------- Forwarded message ----------</div><div>From: x</div>';
    expect(withRichSignature(forwarded, signature, true)).toBe(`${lines}${forwarded}`);
    expect(withRichSignature('<div>Dear Lee:</div>', signature, false)).toBe(
      `<div>Dear Lee:</div>${lines}`,
    );
  });

  test('that is empty is never put in', () => {
    expect(withRichSignature('<div>a</div>', ' ', false)).toBe('<div>a</div>');
  });
});

test('a link is typed as people type it', () => {
  for (const [typed, href] of [
    ['example.com', 'https://example.com'],
    [' example.com:8080/x?y ', 'https://example.com:8080/x?y'],
    ['http://example.com', 'http://example.com'],
    ['lee@fabrikam.example', 'mailto:lee@fabrikam.example'],
    ['mailto:lee@fabrikam.example', 'mailto:lee@fabrikam.example'],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['two words.example', null],
    ['word', null],
    ['', null],
  ] as const)
    expect(linkAddress(typed), typed).toBe(href);
});
