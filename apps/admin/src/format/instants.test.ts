import { describe, expect, it } from 'vitest';
import {
  formatAgo,
  formatDay,
  formatInstant,
  formatSince,
  formatSpan,
  formatTime,
  type Place,
} from './instants.ts';

const berlin: Place = { locale: 'en-GB', timeZone: 'Europe/Berlin' };
const now = Date.parse('2026-11-23T10:00:00Z');

describe('instants', () => {
  it('names the zone wherever a minute matters', () => {
    expect(formatTime('2026-11-23T08:41:00Z', berlin)).toBe('09:41 CET');
    expect(formatInstant('2026-11-22T08:41:00Z', now, berlin)).toBe('22 Nov, 09:41 CET');
  });

  it('names the year only when it is another one', () => {
    expect(formatInstant('2025-07-01T08:00:00Z', now, berlin)).toContain('2025');
  });

  it('says since when by the clock today and with the date before', () => {
    expect(formatSince('2026-11-23T08:41:00Z', now, berlin)).toBe('09:41 CET');
    expect(formatSince('2026-11-22T08:41:00Z', now, berlin)).toBe('22 Nov, 09:41 CET');
  });

  it('counts days where the reader is, not in UTC', () => {
    // 23:30 UTC on the 22nd is already the 23rd in Berlin.
    expect(formatDay('2026-11-22T23:30:00Z', now, berlin)).toBe('today');
    expect(formatDay('2026-11-22T10:00:00Z', now, berlin)).toBe('yesterday');
    expect(formatDay('2026-11-04T10:00:00Z', now, berlin)).toBe('4 Nov');
  });

  it('says how long ago in one unit', () => {
    expect(formatAgo('2026-11-23T09:59:40Z', now, berlin)).toBe('just now');
    expect(formatAgo('2026-11-23T09:58:00Z', now, berlin)).toBe('2 min ago');
    expect(formatAgo('2026-11-20T09:58:00Z', now, berlin)).toBe('3 days ago');
  });

  it('does not run backwards when the server is ahead of this clock', () => {
    expect(formatAgo('2026-11-23T10:00:30Z', now, berlin)).toBe('just now');
    expect(formatSpan(-5_000)).toBe('0 s');
  });

  it('writes spans in two units at most', () => {
    expect(formatSpan(42_000)).toBe('42 s');
    expect(formatSpan(12 * 60_000)).toBe('12 min');
    expect(formatSpan((3 * 60 + 5) * 60_000)).toBe('3 h 05 min');
    expect(formatSpan(52 * 3_600_000)).toBe('2 d 4 h');
  });
});
