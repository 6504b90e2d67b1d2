import { startThreadTime } from '@holdfast/vitest-preset/thread-time';
import { expect, test } from 'vitest';
import { groundOfBody, withGround } from './ground.ts';
import { forMailPrograms } from './quotation.ts';
import { sanitiseHtml } from './sanitise-html.ts';

test.each([
  ['background:#0b5c63', 'background-color:#0b5c63'],
  ['color:#fff;background: teal', 'color:#fff;background-color:teal'],
  ['background:#fff url(https://x.example/a.png) no-repeat center', 'background-color:#fff'],
  ['background: url("x y.png") navy top left / cover', 'background-color:navy'],
  ['background:linear-gradient(90deg, #111111, #222222)', 'background-color:#111111'],
  [
    'background:rgba(0, 0, 0, 0.5) !important;margin:0',
    'background-color:rgba(0, 0, 0, 0.5);margin:0',
  ],
  ['background:url(https://x.example/a.png)', ''],
  ['background:none', ''],
  ['background-color:red', 'background-color:red'],
])('of “%s” the colour stays', (style, kept) => expect(withGround(style)).toBe(kept));

test('white words keep the ground that they stand on', () => {
  expect(
    sanitiseHtml('<a href="https://x.example" style="background:#0b5c63;color:#fff">Read</a>').html,
  ).toContain('style="background-color:#0b5c63;color:#fff"');
  expect(sanitiseHtml('<p style="background:url(x.png)">x</p>').html).toBe('<p>x</p>');
});

test('what <body> says of ground and words stays, unless it is white', () => {
  const body = '<body bgcolor="#101418" text="#e8eef2" onload="x()"><p>Night</p></body>';
  expect(sanitiseHtml(body).html).toBe(
    '<div data-body style="background-color:#101418;color:#e8eef2"><p>Night</p></div>',
  );
  expect(sanitiseHtml('<body style="margin:0;background:#f4f4f4"><p>Day</p></body>').html).toBe(
    '<div data-body style="background-color:#f4f4f4"><p>Day</p></div>',
  );
  expect(groundOfBody({ bgcolor: 'white' })).toBeNull();
  expect(groundOfBody({ style: 'background:#ffffff' })).toBeNull();
  expect(groundOfBody({})).toBeNull();
  expect(sanitiseHtml('<body><p>x</p></body>').html).toBe('<p>x</p>');
});

test.each([
  '<p style="color:black">x</p>',
  '<p style="color:#000">x</p>',
  '<p style="color:#222222">x</p>',
  '<p style="color: rgb(33, 33, 33)">x</p>',
  '<p style="color:windowtext">x</p>',
])('black gives way where nothing is said of the ground: %s', (html) => {
  expect(sanitiseHtml(html).html).toBe('<p>x</p>');
});

test('nothing but black does, and none that stands on a ground', () => {
  expect(
    sanitiseHtml(
      '<font color="#000000">a</font><p style="color:#000;margin:0;border-color:black">b</p>',
    ).html,
  ).toBe('<font>a</font><p style="margin:0;border-color:black">b</p>');
  for (const chosen of ['#1f497d', '#666666', 'red', 'rgb(0,0,80)'])
    expect(sanitiseHtml(`<p style="color:${chosen}">x</p>`).html).toContain(chosen);
  const grounded = '<p style="color:#000">b</p><table bgcolor="#ffffff"></table>';
  expect(sanitiseHtml(grounded).html).toBe(grounded);
  const words = '<p>style="color:black" bgcolor="red"</p>';
  expect(sanitiseHtml(words).html).toBe(words);
});

test('the mark is ours, and stays out of what is quoted', () => {
  const html = sanitiseHtml('<body bgcolor="#101418"><p>Night</p></body>').html;
  expect(forMailPrograms(html)).toBe('<div style="background-color:#101418"><p>Night</p></div>');
});

test('a sender cannot write our own mark', () => {
  expect(sanitiseHtml('<div data-body="">x</div>').html).toBe('<div>x</div>');
});

test('a style of many backgrounds costs no time', () => {
  const took = startThreadTime();
  withGround(`${'background:'.repeat(20_000)}${';background: a b c url('.repeat(20_000)}`);
  expect(took()).toBeLessThan(1000);
});
