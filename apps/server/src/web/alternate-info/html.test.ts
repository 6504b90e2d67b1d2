import { describe, expect, test } from 'vitest';
import { flag, html } from './html.ts';

describe('html', () => {
  test('escapes every inserted value, in text and in attributes', () => {
    const hostile = `"><script>alert('x')</script>&\``;
    const page = html`<p title="${hostile}">${hostile}</p>`.source;
    expect(page).not.toContain('<script');
    expect(page).toBe(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&#96;">' +
        '&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&#96;</p>',
    );
  });

  test('keeps nested templates and lists of them', () => {
    const rows = ['a', '<b>'].map((name) => html`<li>${name}</li>`);
    expect(
      html`<ul>
        ${rows}
      </ul>`.source.replaceAll(/\s+/g, ''),
    ).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul>');
  });

  test('an object that only looks like a template is not trusted', () => {
    const forged = { source: '<script>' };
    expect(() => html`${forged as unknown as string}`.source).toThrow();
  });

  test('prints numbers, and nothing for null, undefined, true and false', () => {
    expect(html`${0}|${null}|${undefined}|${false}|${true}`.source).toBe('0||||');
  });

  test('flags are printed only when they are on', () => {
    expect(html`<input${flag('checked', true)}${flag('disabled', false)}>`.source).toBe(
      '<input checked>',
    );
  });
});
