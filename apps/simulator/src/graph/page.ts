import { badRequest } from './graph-error.ts';

export type Query = Readonly<Record<string, unknown>>;

export interface PageRequest {
  /** Absolute address of the collection, without a query. */
  readonly url: string;
  readonly query: Query;
  /** Largest page the simulator gives, whatever `$top` says: clients must follow links. */
  readonly pageSize: number;
}

function numberParameter(query: Query, name: string): number | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0 || number > 999) {
    throw badRequest(`Invalid value for '${name}': 0 to 999 is allowed.`);
  }
  return number;
}

/** An address of ours with these query parameters. */
export function link(url: string, parameters: Query): string {
  const query = new URLSearchParams(
    Object.entries(parameters).map(([name, value]) => [name, String(value)] as [string, string]),
  );
  return `${url}?${query.toString()}`;
}

/** Entries of a page: what is asked for, and never more than the simulator gives. */
export function pageSizeOf(request: PageRequest): number {
  return Math.min(numberParameter(request.query, '$top') ?? 100, request.pageSize);
}

/** One page of a list, with an opaque link to the next one while there is more. */
export function page<Item>(request: PageRequest, items: readonly Item[], context: string) {
  if (request.query['$skip'] !== undefined && context !== 'messages') {
    throw badRequest("'$skip' is not supported by the service.");
  }
  const size = pageSizeOf(request);
  const token = request.query['$skiptoken'];
  const skipped = typeof token === 'string' ? readToken(token) : skipOf(request.query);
  const more = items.length > skipped + size;
  const { $skip: _skip, ...kept } = request.query;
  return {
    '@odata.context': `${new URL(request.url).origin}/graph/v1.0/$metadata#${context}`,
    ...(more && {
      '@odata.nextLink': link(request.url, { ...kept, $skiptoken: writeToken(skipped + size) }),
    }),
    value: items.slice(skipped, skipped + size),
  };
}

const skipOf = (query: Query): number => {
  const value = Number(query['$skip'] ?? 0);
  if (!Number.isInteger(value) || value < 0) throw badRequest("Invalid value for '$skip'.");
  return value;
};

const writeToken = (offset: number): string =>
  Buffer.from(`offset:${offset}`).toString('base64url');

function readToken(token: string): number {
  const match = /^offset:(\d+)$/.exec(Buffer.from(token, 'base64url').toString());
  if (match === null) throw badRequest("Invalid value for '$skiptoken'.");
  return Number(match[1]);
}

/** A query parameter as text; empty when it is missing or given several times. */
export function textParameter(query: Query, name: string): string {
  const value = query[name];
  return typeof value === 'string' ? value : '';
}
