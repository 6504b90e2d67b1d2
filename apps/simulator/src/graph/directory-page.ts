import type { Directory } from '../tenant/directory.ts';
import type { Recipient } from '../tenant/recipient.ts';
import { badRequest } from './graph-error.ts';
import { link, pageSizeOf, type PageRequest } from './page.ts';
import type { GraphObject, Selection } from './select.ts';

interface DirectorySource {
  readonly directory: Directory;
  readonly type: Recipient['type'];
  /** Null for what this collection does not show. */
  readonly present: (recipient: Recipient) => GraphObject | null;
  readonly wanted: (object: GraphObject) => boolean;
  readonly select: Selection;
}

/**
 * One page of users, groups or contacts. The link holds where the next one begins, so that a change in between moves
 * nobody to a page that was read already, and no page needs more than its own objects made.
 */
export function directoryPage(request: PageRequest, source: DirectorySource, context: string) {
  if (request.query['$skip'] !== undefined) {
    throw badRequest("'$skip' is not supported by the service.");
  }
  const size = pageSizeOf(request);
  const value: GraphObject[] = [];
  let next: number | null = null;
  for (const [position, recipient] of source.directory.from(source.type, startOf(request))) {
    const object = source.present(recipient);
    if (object === null || !source.wanted(object)) continue;
    if (value.length >= size) {
      next = position;
      break;
    }
    value.push(source.select(object));
  }
  return {
    '@odata.context': `${new URL(request.url).origin}/graph/v1.0/$metadata#${context}`,
    ...(next !== null && {
      '@odata.nextLink': link(request.url, { ...request.query, $skiptoken: write(next) }),
    }),
    value,
  };
}

const write = (position: number): string => Buffer.from(`at:${position}`).toString('base64url');

function startOf(request: PageRequest): number {
  const token = request.query['$skiptoken'];
  if (token === undefined) return 0;
  const text = typeof token === 'string' ? Buffer.from(token, 'base64url').toString() : '';
  const position = /^at:(\d+)$/.exec(text)?.[1];
  if (position === undefined) throw badRequest("Invalid value for '$skiptoken'.");
  return Number(position);
}
