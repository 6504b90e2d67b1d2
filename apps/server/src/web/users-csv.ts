import { presentUser } from '@holdfast/api';
import type { UserReading } from '@holdfast/application';
import { usersInput, type UserRow, type UsersInput } from '@holdfast/contracts';
import type { z } from 'zod';

type Filters = z.output<typeof usersInput>;

const COLUMNS: readonly (readonly [string, (row: UserRow) => string])[] = [
  ['name', (row) => row.name],
  ['address', (row) => row.address],
  ['aliases', (row) => row.aliases.join(' ')],
  ['kind', (row) => row.kind],
  ['account_enabled', (row) => yesNo(row.accountEnabled)],
  ['protected', (row) => yesNo(row.protected)],
  ['effective', (row) => yesNo(row.effective)],
  ['eligible', (row) => yesNo(row.eligible)],
  ['reason', (row) => row.reason ?? ''],
  ['alternate_info', (row) => row.alternateInfo],
  ['sms', (row) => channelWords(row, 'sms')],
  ['email', (row) => channelWords(row, 'email')],
  ['last_asked_at', (row) => row.lastAskedAt ?? ''],
  ['last_sign_in_at', (row) => row.lastSignInAt ?? ''],
];

const COLLATOR = new Intl.Collator('en');

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');

const CHANNEL_WORDS: Readonly<Record<UserRow['channels'][number]['state'], string>> = {
  given: 'not verified',
  verified: 'verified',
  stale: 'verified long ago',
  'opted-out': 'opted out',
};

function channelWords(row: UserRow, kind: 'sms' | 'email'): string {
  const channel = row.channels.find((candidate) => candidate.kind === kind);
  if (channel === undefined) return '';
  return `${channel.masked} (${CHANNEL_WORDS[channel.state]})`;
}

/** The query of the address, in the words of the users page: lists with commas, `true` and `false`. Throws a `ZodError`. */
export function readFilters(query: Readonly<Record<string, unknown>>): Filters {
  const text = (name: string): string | undefined => {
    const value = query[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const isTrue = (name: string): unknown => {
    const value = text(name);
    return value === 'true' ? true : value === 'false' ? false : value;
  };
  return usersInput.parse({
    search: text('search'),
    kinds: text('kinds')?.split(','),
    protected: isTrue('protected'),
    alternateInfo: text('alternateInfo')?.split(','),
    sort: text('sort'),
    descending: isTrue('descending'),
  } satisfies Record<keyof Omit<UsersInput, 'offset' | 'limit'>, unknown>);
}

/** RFC 4180, with a byte order mark so that Excel reads UTF-8. Private numbers and addresses are masked. */
export function usersCsv(readings: readonly UserReading[], filters: Filters): string {
  const rows = readings.map(presentUser).filter((row) => isWanted(row, filters));
  rows.sort((left, right) => compare(left, right, filters.sort));
  if (filters.descending) rows.reverse();
  const lines = [
    COLUMNS.map(([title]) => title),
    ...rows.map((row) => COLUMNS.map(([, value]) => value(row))),
  ];
  return `\uFEFF${lines.map((line) => `${line.map(csvField).join(',')}\r\n`).join('')}`;
}

function isWanted(row: UserRow, filters: Filters): boolean {
  const search = filters.search.trim().toLowerCase();
  const texts = [row.name, row.address, ...row.aliases];
  return (
    texts.some((text) => text.toLowerCase().includes(search)) &&
    (filters.kinds?.includes(row.kind) ?? true) &&
    (filters.protected ?? row.protected) === row.protected &&
    (filters.alternateInfo?.includes(row.alternateInfo) ?? true)
  );
}

function compare(left: UserRow, right: UserRow, sort: Filters['sort']): number {
  const order = COLLATOR.compare(left[sort] ?? '', right[sort] ?? '');
  return order === 0 ? COLLATOR.compare(left.address, right.address) : order;
}

/** A name such as `=HYPERLINK(…)` comes from the directory and must stay text in a spreadsheet (OWASP: CSV injection). */
export function csvField(value: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
