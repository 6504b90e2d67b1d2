import type { Directory } from '../tenant/directory.ts';
import type { Recipient } from '../tenant/recipient.ts';
import { GraphError } from './graph-error.ts';
import { link, page, type PageRequest } from './page.ts';
import type { GraphObject } from './select.ts';

export interface DeltaSource {
  readonly directory: Directory;
  readonly types: readonly Recipient['type'][];
  /** Null for what this collection does not show. */
  readonly present: (recipient: Recipient) => GraphObject | null;
}

/** State at the start of a round: what to compare with, and where the next round begins. */
interface Round {
  readonly since: number;
  readonly until: number;
}

/**
 * A delta round: the whole collection first, then only what changed. The token carries the version of the directory;
 * one from before a reset, or from another world, is answered with 410 like an expired one.
 */
export function deltaPage(request: PageRequest, source: DeltaSource, context: string) {
  const { $deltatoken: token, ...query } = request.query;
  const version = source.directory.version;
  if (token === 'latest') return { ...emptyRound(request, query, version, context) };
  const round = readRound(token, version);
  const changed = (
    round.since === 0 ? source.directory.all() : source.directory.changedSince(round.since)
  )
    .map(source.present)
    .filter((object) => object !== null);
  const removed =
    round.since === 0
      ? []
      : source.directory
          .removedSince(round.since)
          .filter((removal) => source.types.includes(removal.type))
          .map((removal) => ({ id: removal.id, '@removed': { reason: 'changed' } }));
  const { '@odata.nextLink': next, ...rest } = page(
    { ...request, query: { ...query, $deltatoken: writeRound(round) } },
    [...changed, ...removed],
    context,
  );
  if (next !== undefined) return { ...rest, '@odata.nextLink': next };
  return { ...rest, '@odata.deltaLink': deltaLink(request, query, round.until) };
}

const writeRound = (round: Round): string =>
  Buffer.from(JSON.stringify([round.since, round.until])).toString('base64url');

function deltaLink(request: PageRequest, query: PageRequest['query'], version: number): string {
  const { $skiptoken: _skip, ...kept } = query;
  return link(request.url, {
    ...kept,
    $deltatoken: writeRound({ since: version, until: 0 }),
  });
}

function emptyRound(
  request: PageRequest,
  query: PageRequest['query'],
  version: number,
  context: string,
) {
  return {
    ...page({ ...request, query: {} }, [], context),
    '@odata.deltaLink': deltaLink(request, query, version),
  };
}

function readRound(token: unknown, version: number): Round {
  if (token === undefined) return { since: 0, until: version };
  const gone = new GraphError(
    410,
    'syncStateNotFound',
    'The sync state is not found or has expired. Start a full synchronisation.',
  );
  let parsed: unknown;
  try {
    parsed = JSON.parse(
      Buffer.from(typeof token === 'string' ? token : '', 'base64url').toString(),
    );
  } catch {
    throw gone;
  }
  if (!Array.isArray(parsed)) throw gone;
  const [since, until] = parsed.map(Number);
  if (since === undefined || until === undefined || !(since <= version)) throw gone;
  return { since, until: until === 0 ? version : until };
}
