import { expect, test } from 'vitest';
import { fillIn, HOSTILE_HTML, type Trick } from '../testing/hostile-html/index.ts';
import { createMessageFormat } from './message-format.ts';

const format = createMessageFormat({ authservId: 'mx.holdfast.example' });
/** Elements of ours, and nothing within `<…>` that could be read in two ways. */
const TAG =
  /^<\/?(?:a|abbr|address|article|aside|b|bdi|bdo|big|blockquote|br|caption|center|cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|header|hr|i|img|ins|kbd|li|main|mark|ol|p|pre|q|rp|rt|ruby|s|samp|section|small|span|strike|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|time|tr|tt|u|ul|var|wbr)((?: [a-z-]+(?:="[^"<>]*")?)*)(?: \/)?>$/;
const ATTRIBUTE = / ([a-z-]+)(?:="([^"<>]*)")?/g;
const NAMES = new Set(
  'align valign width height bgcolor dir lang title style href rel target src alt border hspace vspace data-cid data-blocked-src data-quote color face size start type cellpadding cellspacing colspan rowspan nowrap span'.split(
    ' ',
  ),
);

/** What is wrong with it; empty when nothing is. */
function faultsOf(html: string): readonly string[] {
  const faults: string[] = [];
  for (const [tag] of html.matchAll(/<[^>]*>?/g)) {
    const found = TAG.exec(tag);
    if (found === null) faults.push(`tag ${tag.slice(0, 80)}`);
    for (const [, name = '', value = ''] of (found?.[1] ?? '').matchAll(ATTRIBUTE)) {
      if (!NAMES.has(name)) faults.push(`attribute ${name}`);
      if (name === 'href' && !/^(?:https?:|mailto:|tel:)/i.test(value)) faults.push(value);
      if (name === 'src' && !/^data:image\/(?:png|jpe?g|gif|webp);base64,/i.test(value))
        faults.push(value);
      if (name === 'data-blocked-src' && !/^https?:\/\//i.test(value)) faults.push(value);
      if (
        name === 'style' &&
        /[\\(<]|position|expression|@/i.test(value.replaceAll(/(?:rgb|hsl)a?\(/gi, ''))
      )
        faults.push(value);
    }
  }
  return faults;
}

async function read(trick: Trick, at: number) {
  const aims = { run: `canary(${at})`, host: `t${at}.hostile.example` };
  const body = trick.bytes?.(aims) ?? Buffer.from(fillIn(trick.html, aims));
  const head = [
    'From: a@b.example',
    'MIME-Version: 1.0',
    `Content-Type: text/html; charset=${trick.charset ?? 'utf-8'}`,
    'Content-Transfer-Encoding: base64',
  ];
  const lines = body.toString('base64').replace(/.{76}/g, '$&\r\n');
  return format.read(Buffer.from(`${head.join('\r\n')}\r\n\r\n${lines}\r\n`));
}

test('every name in the collection is its own', () => {
  expect(new Set(HOSTILE_HTML.map(({ name }) => name)).size).toBe(HOSTILE_HTML.length);
  expect(HOSTILE_HTML.length).toBeGreaterThan(600);
});

test('nothing of what strangers try comes through the server', { timeout: 60_000 }, async () => {
  const through: string[] = [];
  for (const [at, trick] of HOSTILE_HTML.entries()) {
    const { html } = await read(trick, at);
    const faults = faultsOf(html ?? '');
    if (faults.length > 0)
      through.push(`${trick.name}: ${faults.slice(0, 3).join(' | ').slice(0, 300)}`);
  }
  expect(through).toEqual([]);
});

test.each(
  HOSTILE_HTML.filter(({ name }) => name.startsWith('size')).map(
    (trick) => [trick.name, trick] as const,
  ),
)('%s is read in bounded time', async (_name, trick) => {
  const began = performance.now();
  await read(trick, 0);
  expect(performance.now() - began).toBeLessThan(5000);
});
