import { alternateInfo, directoryKind, userSort, type UsersInput } from '@holdfast/contracts';
import { z } from 'zod';

/** Rows of one page of the table. */
export const USERS_PER_PAGE = 50;

/** Those who have no verified channel: an emergency login cannot be sent to them. */
export const UNREACHED = ['missing', 'opted-out', 'asked', 'given'] as const;

/** What stands in the address; every part optional, so that `/users` is everybody. */
export interface UserSearch {
  readonly q?: string;
  readonly info?: string;
  readonly kind?: string;
  readonly protected?: 'yes' | 'no';
  /** A column, with `-` before it for descending. */
  readonly sort?: string;
  readonly page?: string;
  /** Opens *Request alternate info*. */
  readonly ask?: string;
}

const text = z.string().max(200).optional().catch(undefined);
const schema = z.object({
  q: text,
  info: text,
  kind: text,
  protected: z.enum(['yes', 'no']).optional().catch(undefined),
  sort: text,
  page: text,
  ask: text,
});

/** Tolerant: an address typed by hand or from an older version shows what can be understood of it. */
export function readUserSearch(search: Record<string, unknown>): UserSearch {
  const read = schema.parse(search);
  return Object.fromEntries(
    Object.entries(read).filter(([, value]) => value !== undefined && value !== ''),
  );
}

/** The address as the question to the server. */
export function toUsersInput(search: UserSearch): Required<UsersInput> {
  const descending = search.sort?.startsWith('-') === true;
  const sort = userSort.safeParse(descending ? search.sort?.slice(1) : search.sort);
  const page = Math.max(1, Math.trunc(Number(search.page ?? '1')) || 1);
  return {
    search: search.q ?? '',
    kinds: listOf(directoryKind, search.kind),
    protected: search.protected === undefined ? null : search.protected === 'yes',
    alternateInfo: listOf(alternateInfo, search.info),
    sort: sort.success ? sort.data : 'name',
    descending: sort.success && descending,
    offset: (page - 1) * USERS_PER_PAGE,
    limit: USERS_PER_PAGE,
  };
}

/** Address of the export of exactly what the table shows; lists are comma-separated. */
export function exportHref(search: UserSearch): string {
  const input = toUsersInput(search);
  const query = new URLSearchParams();
  if (input.search !== '') query.set('search', input.search);
  if (input.kinds !== null) query.set('kinds', input.kinds.join(','));
  if (input.protected !== null) query.set('protected', String(input.protected));
  if (input.alternateInfo !== null) query.set('alternateInfo', input.alternateInfo.join(','));
  query.set('sort', input.sort);
  if (input.descending) query.set('descending', 'true');
  return `/export/users.csv?${query.toString()}`;
}

export function splitList(value: string | undefined): readonly string[] {
  return value === undefined ? [] : value.split(',').filter((entry) => entry !== '');
}

function listOf<T>(entry: z.ZodType<T>, value: string | undefined): T[] | null {
  const read = splitList(value).flatMap((part) => {
    const parsed = entry.safeParse(part);
    return parsed.success ? [parsed.data] : [];
  });
  return read.length === 0 ? null : read;
}
