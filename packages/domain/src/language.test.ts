import { describe, expect, it } from 'vitest';
import { acceptedLanguage, languageOf } from './language.ts';

describe('the language', () => {
  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['EN_us', 'en'],
    ['den', null],
    ['', null],
    [null, null],
  ])('of %s is %s', (tag, language) => {
    expect(languageOf(tag)).toBe(language);
  });

  it.each([
    ['de-DE,de;q=0.9,en;q=0.8', 'de'],
    ['en-US,en;q=0.9,de;q=0.8', 'en'],
    ['fr-CH, fr;q=0.9, de;q=0.7, en;q=0.8', 'en'],
    ['fr, de;q=0', null],
    ['*', null],
    [undefined, null],
  ])('that a browser with %s wants is %s', (header, language) => {
    expect(acceptedLanguage(header)).toBe(language);
  });
});
