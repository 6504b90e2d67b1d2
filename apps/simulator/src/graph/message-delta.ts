import type { Mailbox } from '../mailbox/mailbox.ts';
import type { MailFolder, StoredMessage } from '../mailbox/message.ts';
import { badRequest, GraphError } from './graph-error.ts';
import { link, textParameter, type PageRequest } from './page.ts';

/** "Applying `$filter` in a delta query returns only up to 5,000 messages" (Microsoft, delta-query-messages). */
const MOST_WITH_FILTER = 5000;
const RECEIVED_SINCE = /^receivedDateTime (ge|gt) (\S+)$/;

/** What a link carries; opaque to clients. */
interface SyncState {
  readonly since: number;
  readonly until: number;
  readonly skip: number;
  /** Instant; null without a filter. */
  readonly receivedSince: number | null;
  readonly select: string | null;
}

export interface DeltaAnswer {
  readonly messages: readonly StoredMessage[];
  readonly removed: readonly string[];
  readonly links: Readonly<Record<string, string>>;
  readonly select: string | undefined;
}

/** One page of what happened in a folder. Parameters count at the beginning of the first round and never after. */
export function messageDelta(
  box: Mailbox,
  folder: MailFolder,
  request: PageRequest,
  prefer: string | undefined,
): DeltaAnswer {
  const state = readState(box, request);
  const { changed, removed } = box.changes(folder.id, state.since);
  const matching = changed.filter(
    ({ receivedAt }) => state.receivedSince === null || receivedAt >= state.receivedSince,
  );
  const all = state.receivedSince === null ? matching : matching.slice(0, MOST_WITH_FILTER);
  const size = Math.min(sizeOf(prefer), request.pageSize);
  const messages = all.slice(state.skip, state.skip + size);
  const isLast = state.skip + size >= all.length;
  const next = isLast
    ? { $deltatoken: write({ ...state, since: state.until, skip: 0 }) }
    : { $skiptoken: write({ ...state, skip: state.skip + size }) };
  return {
    messages,
    removed: isLast && state.since > 0 ? removed : [],
    links: {
      '@odata.context': `${new URL(request.url).origin}/graph/v1.0/$metadata#Collection(message)`,
      [isLast ? '@odata.deltaLink' : '@odata.nextLink']: link(request.url, next),
    },
    select: state.select ?? undefined,
  };
}

function readState(box: Mailbox, request: PageRequest): SyncState {
  const token =
    textParameter(request.query, '$deltatoken') || textParameter(request.query, '$skiptoken');
  if (token === '') {
    for (const name of Object.keys(request.query))
      if (!['$select', '$filter', '$top', '$orderby', 'changeType'].includes(name))
        throw badRequest(`The query parameter '${name}' is not supported.`);
    return {
      since: 0,
      until: box.version,
      skip: 0,
      receivedSince: receivedSince(textParameter(request.query, '$filter')),
      select: textParameter(request.query, '$select') || null,
    };
  }
  const gone = new GraphError(410, 'SyncStateNotFound', 'The sync state is not found or expired.');
  let state: SyncState;
  try {
    state = JSON.parse(Buffer.from(token, 'base64url').toString()) as SyncState;
  } catch {
    throw gone;
  }
  if (!box.knowsSyncState(state.until)) throw gone;
  const isNewRound = textParameter(request.query, '$deltatoken') !== '';
  return isNewRound ? { ...state, until: box.version } : state;
}

function receivedSince(filter: string): number | null {
  if (filter === '') return null;
  const at = Date.parse(RECEIVED_SINCE.exec(filter)?.[2] ?? '');
  if (Number.isNaN(at)) throw badRequest(`Unsupported filter for a delta of messages: ${filter}`);
  return at;
}

function sizeOf(prefer: string | undefined): number {
  const size = Number(/odata\.maxpagesize=(\d+)/i.exec(prefer ?? '')?.[1] ?? 10);
  return Math.min(Math.max(size, 1), 1000);
}

function write(state: SyncState): string {
  return Buffer.from(JSON.stringify(state)).toString('base64url');
}
