import { describe, expect, test } from 'vitest';
import { likelyMailDomain } from './mail-domain-typo.ts';

describe('a slip in the domain of a private address', () => {
  test.each([
    ['gamil.com', 'gmail.com'],
    ['gmial.com', 'gmail.com'],
    ['gmai.com', 'gmail.com'],
    ['gmaill.com', 'gmail.com'],
    ['gmail.con', 'gmail.com'],
    ['gmail.co', 'gmail.com'],
    ['hotmial.com', 'hotmail.com'],
    ['outlok.com', 'outlook.com'],
    ['icloud.comm', 'icloud.com'],
    ['t-onlin.de', 't-online.de'],
    ['wbe.de', 'web.de'],
  ])('%s is asked about: %s', (typed, meant) => {
    expect(likelyMailDomain(typed)).toBe(meant);
  });

  test.each([
    'gmail.com',
    'gmx.com',
    'mail.com',
    'hotmail.de',
    'ymail.com',
    'posteo.example',
    'a.de',
    'contoso.example',
    'grail.org',
  ])('%s is taken as it is', (typed) => {
    expect(likelyMailDomain(typed)).toBeNull();
  });
});
