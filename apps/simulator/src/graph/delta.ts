import type { Change, Cursor, Directory } from '../tenant/directory.ts';
import type { Recipient } from '../tenant/recipient.ts';
import { badRequest, GraphError } from './graph-error.ts';
import { link, pageSizeOf, type PageRequest } from './page.ts';
import type { GraphObject } from './select.ts';

export interface DeltaSource {
  readonly directory: Directory;
  readonly type: Recipient['type'];
  /**
   * How an object is shown, in as many pieces as Graph takes for it: `since` is the version that the caller knows. None
   * for what the collection does not show.
   */
  readonly present: (recipient: Recipient, since: number | null) => readonly GraphObject[];
}

/** Everything, from a position on, for somebody who will know the directory as of `version`. */
interface WholeRound {
  readonly whole: true;
  readonly version: number;
  readonly position: number;
}

/** What changed after the cursor, for somebody who knows the directory as of `since`. */
interface ChangesRound {
  readonly whole: false;
  readonly since: number;
  readonly cursor: Cursor;
}

type Round = WholeRound | ChangesRound;

/** Removed, for good or not: all that Graph says of it. */
const removal = (change: Change): GraphObject => ({
  id: change.recipient.id,
  '@removed': { reason: change.removed },
});

/**
 * A delta round: the whole collection first, then only what changed. Tokens carry where the caller is in the history of
 * the directory; one from before a reset, or from another world, is answered with 410 like an expired one.
 */
export function deltaPage(request: PageRequest, source: DeltaSource, context: string) {
  const { $deltatoken: start, $skiptoken: next, ...query } = request.query;
  for (const name of ['$top', '$expand', '$orderby', '$search', '$count']) {
    // Reference 2.2: neither is for users and groups.
    if (query[name] !== undefined) throw badRequest(`'${name}' is not supported with delta.`);
  }
  const { directory } = source;
  const round = readRound(next ?? start, directory);
  const page = round.whole
    ? wholePage(source, round, request)
    : changesPage(source, round, request);
  const { origin } = new URL(request.url);
  return {
    '@odata.context': `${origin}/graph/v1.0/$metadata#${context}`,
    value: page.value,
    ...(page.next === null
      ? { '@odata.deltaLink': link(request.url, { ...query, $deltatoken: write(page.end) }) }
      : { '@odata.nextLink': link(request.url, { ...query, $skiptoken: write(page.next) }) }),
  };
}

interface RoundPage {
  readonly value: readonly GraphObject[];
  readonly next: Round | null;
  readonly end: Round;
}

function wholePage(source: DeltaSource, round: WholeRound, request: PageRequest): RoundPage {
  const size = pageSizeOf(request);
  const value: GraphObject[] = [];
  const end = changesSince(round.version);
  for (const [position, recipient] of source.directory.from(source.type, round.position)) {
    if (value.length >= size) return { value, next: { ...round, position }, end };
    value.push(...source.present(recipient, null));
  }
  return { value, next: null, end };
}

function changesPage(source: DeltaSource, round: ChangesRound, request: PageRequest): RoundPage {
  const size = pageSizeOf(request);
  const value: GraphObject[] = [];
  let { cursor } = round;
  for (const change of source.directory.changesAfter(source.type, cursor)) {
    const next = { ...round, cursor };
    if (value.length >= size) return { value, next, end: next };
    const { recipient, removed } = change;
    const shown = source.present(recipient, round.since);
    if (shown.length > 0) value.push(...(removed === null ? shown : [removal(change)]));
    cursor = change.cursor;
  }
  return { value, next: null, end: changesSince(source.directory.version) };
}

const changesSince = (version: number): ChangesRound => ({
  whole: false,
  since: version,
  cursor: { version, position: Number.MAX_SAFE_INTEGER },
});

function write(round: Round): string {
  const parts = round.whole
    ? ['w', round.version, round.position]
    : ['c', round.since, round.cursor.version, round.cursor.position];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

function readRound(token: unknown, directory: Directory): Round {
  const { version } = directory;
  if (token === undefined) return { whole: true, version, position: 0 };
  if (token === 'latest') return changesSince(version);
  const [kind, since, second, third] = readParts(token);
  const known = Number(since);
  if (!(known >= directory.oldest && known <= version)) throw gone();
  if (kind === 'w') return { whole: true, version: known, position: Number(second) };
  return {
    whole: false,
    since: known,
    cursor: { version: Number(second), position: Number(third) },
  };
}

function readParts(token: unknown): readonly unknown[] {
  try {
    const text = Buffer.from(typeof token === 'string' ? token : '', 'base64url').toString();
    const parts: unknown = JSON.parse(text);
    if (Array.isArray(parts)) return parts;
  } catch {
    // Not one of ours.
  }
  throw gone();
}

const gone = (): GraphError =>
  new GraphError(
    410,
    'syncStateNotFound',
    'The sync state is not found or has expired. Start a full synchronisation.',
  );
