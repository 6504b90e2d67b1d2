import { describe, expect, test } from 'vitest';
import { asksOfViews, isEmptySearch, parseSearch, type SearchTerm } from './search-query.ts';

/** A Thursday, 01:10 in Vienna and still Wednesday in New York. */
const NOW = Date.UTC(2026, 10, 26, 0, 10);
const VIENNA = { now: NOW, zone: 'Europe/Vienna' };

/** `-subject"a b*"`: excluded, part, phrase in quotes, beginnings with a star. */
function written({ words, isPhrase, part, isExcluded }: SearchTerm): string {
  const text = words.map(({ word, isBeginning }) => `${word}${isBeginning ? '*' : ''}`).join(' ');
  return `${isExcluded ? '-' : ''}${part ?? ''}${isPhrase ? `"${text}"` : `(${text})`}`;
}

const termsOf = (query: string): readonly string[] => parseSearch(query, VIENNA).terms.map(written);
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

describe('words of a search', () => {
  test.each([
    ['Invoice of Köln', ['(invoice*)', '(of)', '(koln*)']],
    ['from:anna@contoso subject:report', ['from(anna* contoso*)', 'subject(report*)']],
    ['FROM: anna', ['from(anna*)']],
    ['to:ben cc:eva', ['to(ben*)', 'to(eva*)']],
    ['file:plan.pdf', ['file(plan* pdf*)']],
    ['"annual report"', ['"annual report"']],
    ['“annual report”', ['"annual report"']],
    ['subject:"annual report" x', ['subject"annual report"', '(x)']],
    ['"annual', ['(annual)']],
    ['"annual report', ['"annual report"']],
    ['report -draft', ['(report*)', '-(draft*)']],
    ['-"first draft" -from:ben', ['-"first draft"', '-from(ben*)']],
    ['会議室', ['(会議 議室)']],
    ['室', ['(室*)']],
    ['"会議室 3"', ['"会議 議室 3"']],
    ['12:30 http://x.example', ['(12 30)', '(http* x example*)']],
    ['e-mail', ['(e mail*)']],
    [' :*&|!() \' " ', []],
    ['-', []],
  ])('%s', (query, terms) => {
    expect(termsOf(query)).toEqual(terms);
    expect(parseSearch(query, VIENNA).unclear).toEqual([]);
  });

  test('a phrase knows how far apart its words stand', () => {
    const [term] = parseSearch('"会議室 three"', VIENNA).terms;
    expect(term?.words.map(({ place }) => place)).toEqual([0, 1, 3]);
  });

  test('no more are looked for than 16 terms of 200 characters', () => {
    expect(termsOf('a '.repeat(99))).toHaveLength(16);
    expect(termsOf('x'.repeat(300))).toEqual([`(${'x'.repeat(40)}*)`]);
  });
});

describe('operators of a search', () => {
  test.each([
    ['has:attachment', { hasAttachment: true }],
    ['-has:attachments', { hasAttachment: false }],
    ['in:inbox', { folders: ['inbox'] }],
    ['in:Spam in:trash', { folders: ['junk', 'deleted'] }],
    ['-in:junk', { folders: ['inbox', 'sent', 'archive', 'deleted'] }],
    ['in:anywhere', { folders: null }],
    ['is:unread', { isUnread: true }],
    ['is:read', { isUnread: false }],
    ['-is:unread', { isUnread: false }],
    ['is:flagged', { isFlagged: true }],
    ['is:starred', { isFlagged: true }],
    ['-is:flagged', { isFlagged: false }],
  ])('%s', (query, expected) => {
    expect(parseSearch(query, VIENNA)).toMatchObject({ ...expected, terms: [], unclear: [] });
  });

  test.each([
    ['on:2026-11-20', '2026-11-19T23:00:00.000Z', '2026-11-20T23:00:00.000Z'],
    ['on:20.11.2026', '2026-11-19T23:00:00.000Z', '2026-11-20T23:00:00.000Z'],
    ['on:20.11.', '2026-11-19T23:00:00.000Z', '2026-11-20T23:00:00.000Z'],
    ['on:24.12.', '2025-12-23T23:00:00.000Z', '2025-12-24T23:00:00.000Z'],
    ['after:2026/11/20', '2026-11-19T23:00:00.000Z', null],
    ['since:2026-11-20', '2026-11-19T23:00:00.000Z', null],
    ['before:2026-11-20', null, '2026-11-19T23:00:00.000Z'],
    ['after:1.11.2026 before:3.11.2026', '2026-10-31T23:00:00.000Z', '2026-11-02T23:00:00.000Z'],
    ['on:today', '2026-11-25T23:00:00.000Z', '2026-11-26T23:00:00.000Z'],
    ['on:yesterday', '2026-11-24T23:00:00.000Z', '2026-11-25T23:00:00.000Z'],
    ['on:thursday', '2026-11-25T23:00:00.000Z', '2026-11-26T23:00:00.000Z'],
    ['on:Fri', '2026-11-19T23:00:00.000Z', '2026-11-20T23:00:00.000Z'],
    ['after:7d', '2026-11-18T23:00:00.000Z', null],
    ['after:2w', '2026-11-11T23:00:00.000Z', null],
    // The day on which clocks go back has 25 hours.
    ['on:2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
  ])('%s, in Vienna', (query, from, until) => {
    const search = parseSearch(query, VIENNA);
    expect([iso(search.from), iso(search.until)]).toEqual([from, until]);
    expect(search).toMatchObject({ terms: [], unclear: [] });
  });

  test('a day begins where the reader is, and in UTC where that is not known', () => {
    const inZone = (zone: string) => iso(parseSearch('after:today', { now: NOW, zone }).from);
    expect(inZone('America/New_York')).toBe('2026-11-25T05:00:00.000Z');
    expect(inZone('Nowhere/Land')).toBe('2026-11-26T00:00:00.000Z');
  });

  test.each([
    ['has:wings', ['has:wings'], ['(has* wings*)']],
    ['in:kitchen tea', ['in:kitchen'], ['(in kitchen*)', '(tea*)']],
    ['is:odd', ['is:odd'], ['(is odd*)']],
    ['before:11/12/2026', ['before:11/12/2026'], ['(before* 11 12 2026*)']],
    ['on:2026-02-30', ['on:2026-02-30'], ['(on 2026* 02 30)']],
    ['label:work', ['label:work'], ['(label* work*)']],
  ])('%s is searched as words, and said', (query, unclear, terms) => {
    expect(parseSearch(query, VIENNA).unclear).toEqual(unclear);
    expect(termsOf(query)).toEqual(terms);
  });
});

describe('what a search asks of', () => {
  test('nothing, when there is neither word nor operator in it', () => {
    for (const query of ['', '  ', '"', '***', 'in:anywhere'])
      expect(isEmptySearch(parseSearch(query, VIENNA))).toBe(true);
    for (const query of ['a', 'has:attachment', 'is:read', '-in:junk'])
      expect(isEmptySearch(parseSearch(query, VIENNA))).toBe(false);
  });

  test('the text alone, or what its reader did with it', () => {
    expect(asksOfViews(parseSearch('tea has:attachment from:ben', VIENNA))).toBe(false);
    for (const query of ['in:sent', 'is:read', 'is:flagged', 'on:today'])
      expect(asksOfViews(parseSearch(query, VIENNA))).toBe(true);
  });
});
