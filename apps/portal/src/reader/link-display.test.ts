import { describe, expect, test } from 'vitest';
import { describeLink, doubtOf } from './link-display.ts';
import { safeStyle } from './style-attribute.ts';

describe('a link is doubted', () => {
  test.each([
    ['https://bank.example/login', 'https://evil.example/login', 'other-host', 'evil.example'],
    ['bank.example', 'https://click.mailer.example/x', 'other-host', 'click.mailer.example'],
    [
      '  www.bank.example/a ',
      'https://bank.example.evil.example/',
      'other-host',
      'bank.example.evil.example',
    ],
    ['b\u200bank.example', 'https://evil.example/', 'other-host', 'evil.example'],
    ['ba\u00adnk.example', 'https://evil.example/', 'other-host', 'evil.example'],
    ['\u202ebank.example\u202c', 'https://evil.example/', 'other-host', 'evil.example'],
    ['bank。example', 'https://evil.example/', 'other-host', 'evil.example'],
    ['bank․example', 'https://evil.example/', 'other-host', 'evil.example'],
    ['ｂａｎｋ．ｅｘａｍｐｌｅ', 'https://evil.example/', 'other-host', 'evil.example'],
    ['https:⁄⁄bank.example⁄login', 'https://evil.example/', 'other-host', 'evil.example'],
    [
      'Sign in at https://bank.example/login.',
      'https://evil.example/',
      'other-host',
      'evil.example',
    ],
    ['→ www.bank.example', 'https://evil.example/', 'other-host', 'evil.example'],
    ['https://apple.com', 'https://аррӏе.com/', 'other-host', 'xn--80ak6aa92e.com'],
    ['Sign in', 'https://аррӏе.com/', 'look-alike', 'xn--80ak6aa92e.com'],
    ['Sign in', 'https://bank.example@evil.example/', 'hides-host', 'evil.example'],
    ['boss@contoso.example', 'mailto:x@evil.example', 'other-host', 'x@evil.example'],
  ])('“%s” that leads to %s: %s', (text, href, reason, leads) => {
    expect(doubtOf(text, href)).toMatchObject({ reason, leads });
  });

  test.each([
    ['Read more', 'https://news.example/x'],
    ['https://bank.example/login', 'https://bank.example/login'],
    ['www.bank.example', 'https://bank.example/'],
    ['bank.example', 'https://login.bank.example/'],
    ['plan.pdf', 'https://files.example/1'],
    ['bücher.example', 'https://www.bücher.example/'],
    ['tom@x.example', 'mailto:Tom@x.example?subject=y'],
    ['v1.2', 'https://x.example/'],
    ['All at www.bank.example!', 'https://www.bank.example/all'],
    ['Node.js and ASP.NET', 'https://x.example/'],
    ['x', 'not a link'],
  ])('but not “%s” that leads to %s', (text, href) => {
    const doubt = doubtOf(text, href);
    expect(doubt?.reason === 'look-alike' ? null : doubt).toBeNull();
  });
});

test('what a link shows of itself begins with the host', () => {
  expect(describeLink('https://аррӏе.com/a?b=1')).toBe('xn--80ak6aa92e.com/a?b=1');
  expect(describeLink('mailto:tom%40x.example')).toBe('tom@x.example');
  expect(describeLink('https://x.example/')).toBe('x.example');
  expect(describeLink('tel:+49%E0')).toBe('+49%E0');
});

test('letters of a style are no larger than a phone can show, and the others as they were', () => {
  expect(safeStyle('font-size: 72pt')).toBe('font-size:min(72pt,11vw)');
  expect(safeStyle('font-size:14.5px')).toBe('font-size:14.5px');
  expect(safeStyle('width:600px;font-size:120%')).toBe('width:600px;font-size:120%');
});

test('of a style only looks are left', () => {
  expect(
    safeStyle('color: #333; font-family: Arial, sans-serif;border-left:1px solid rgb(1, 2, 3)'),
  ).toBe('color:#333;font-family:Arial, sans-serif;border-left:1px solid rgb(1, 2, 3)');
  for (const style of [
    'background:url(https://x.example)',
    'background-image:image-set("https://x.example" 1x)',
    'background-color:u\\72l(x)',
    'border-image:url(x)',
    'border-image-source:none',
    'position:fixed',
    'color:var(--x)',
    '--x:1',
    'cursor:none',
    'width:expression(alert(1))',
    'content:"x"',
    'color',
    '',
  ])
    expect(safeStyle(style)).toBe('');
});
