import type { UserReading } from '@holdfast/application';
import { aDirectoryRecord } from '@holdfast/testkit';
import { describe, expect, test } from 'vitest';
import { csvField, readFilters, usersCsv } from './users-csv.ts';

function reading(local: string, change: Parameters<typeof aDirectoryRecord>[0] = {}): UserReading {
  const primaryAddress = `${local}@contoso.example`;
  return {
    user: aDirectoryRecord({
      displayName: local,
      primaryAddress,
      addresses: [primaryAddress],
      ...change,
    }),
    eligibility: { eligible: true },
    effective: false,
    channels: [],
  };
}

const addresses = (csv: string): readonly string[] =>
  csv
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.split(',')[1] ?? '');

describe('the export of users', () => {
  test('stays text in a spreadsheet, whatever the directory says (CSV injection)', () => {
    expect(csvField('=HYPERLINK("http://evil.example")')).toBe(
      `"'=HYPERLINK(""http://evil.example"")"`,
    );
    for (const start of ['+', '-', '@', '\t', '\r']) expect(csvField(`${start}1`)).toContain("'");
    expect(csvField('Bowen, "Meg"')).toBe('"Bowen, ""Meg"""');
    expect(csvField('two\nlines')).toBe('"two\nlines"');
    expect(csvField('plain')).toBe('plain');
  });

  test('holds what the table shows: the same filters, the same order', () => {
    const users = [
      reading('ada', { protected: true }),
      reading('ben', { protected: false }),
      reading('zoe', { protected: true, kind: 'room' }),
    ];
    const csv = (query: Record<string, string>) => addresses(usersCsv(users, readFilters(query)));
    expect(csv({})).toHaveLength(3);
    expect(csv({ search: 'BE' })).toEqual(['ben@contoso.example']);
    expect(csv({ protected: 'false' })).toEqual(['ben@contoso.example']);
    expect(csv({ kinds: 'room,group' })).toEqual(['zoe@contoso.example']);
    expect(csv({ sort: 'address', descending: 'true' })[0]).toBe('zoe@contoso.example');
  });

  test('masks private numbers', () => {
    const channel = {
      state: 'verified',
      value: '+4915123456789',
      givenAt: 0,
      verifiedAt: 0,
    } as const;
    const facts = { challengeId: null, shared: false, weak: false };
    const user = reading('ada');
    const channels = [{ userId: user.user.id, kind: 'sms', channel, ...facts } as const];
    const csv = usersCsv([{ ...user, channels }], readFilters({}));
    expect(csv).toContain('••89 (verified)');
    expect(csv).not.toContain('3456789');
  });

  test('refuses a filter that it does not know', () => {
    expect(() => readFilters({ kinds: 'robot' })).toThrow();
    expect(() => readFilters({ protected: 'maybe' })).toThrow();
  });
});
