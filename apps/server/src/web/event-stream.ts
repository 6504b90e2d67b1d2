import { checkWatchers, type Ports, type Signal, type Watcher } from '@holdfast/application';
import { Router, type Response } from 'express';
import { streams as openStreams } from '../composition/metrics.ts';
import { requireMailboxUser } from './portal-session.ts';
import type { SessionCookie } from './session-cookie.ts';

/** A phone, a tablet, a desk, some tabs each. One more, and the oldest ends. */
export const MAX_STREAMS_PER_USER = 8;
/** Of one process. Beyond, pages look by themselves as they always do. */
const MAX_STREAMS = 4_000;
/** Proxies end what is silent for a minute. Unit: ms. */
const HEARTBEAT_EVERY = 25_000;
/** A session that is over is out within 5 s. Unit: ms. */
const CHECK_EVERY = 3_000;
/** A burst of mail is one hint. Unit: ms. */
const GATHER = 500;
/** A page that reads no more is let go, and asks again when it wakes. Unit: bytes. */
const MAX_UNREAD = 16 * 1024;
/** How long a page waits before it comes back, so that a restart is not met by everybody at once. Unit: ms. */
const RETRY = { least: 3_000, spread: 7_000 } as const;

interface Stream extends Watcher {
  readonly response: Response;
  /** What the event was when it was looked at last. */
  word: string | null;
  gathering: NodeJS.Timeout | null;
}

/** `mail`: something in the mailbox changed. `state`: the event did. `gone`: the session is over. No event has content. */
type Hint = 'mail' | 'state' | 'gone';

/**
 * `GET /stream`: hints as server-sent events, fed by `NOTIFY`, for pages that look by themselves every now and then anyway.
 * `stopping` ends all of them, else a restart would wait for each.
 */
export function createEventStream(
  ports: Ports,
  cookie: SessionCookie,
  stopping: AbortSignal,
): Router {
  const streams = new Set<Stream>();
  const watch = createWatch(ports, streams, stopping);
  const router = Router();
  router.get('/stream', async (request, response) => {
    const actor = await requireMailboxUser(ports, cookie, request);
    const token = cookie.read(request);
    if (token === null || stopping.aborted || streams.size >= MAX_STREAMS) return refuse(response);
    const { organisationId, userId } = actor;
    const tokenHash = ports.secrets.hashToken(token);
    const stream: Stream = {
      organisationId,
      userId,
      tokenHash,
      response,
      word: null,
      gathering: null,
    };
    await watch();
    stream.word = (await checkWatchers(ports, [stream])).get(stream) ?? null;
    // Gone while we looked: nothing would ever take it out of the list.
    if (response.closed) return;
    // Stopped while we looked: nobody would end it any more, and the role would wait for it.
    if (stopping.aborted) return refuse(response);
    endOldest(streams, userId);
    streams.add(stream);
    openStreams.inc();
    response.on('close', () => {
      openStreams.dec();
      streams.delete(stream);
      if (stream.gathering !== null) clearTimeout(stream.gathering);
    });
    response.set({
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store, no-transform',
      // nginx holds answers back otherwise.
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    const retry = RETRY.least + Math.floor(Math.random() * RETRY.spread);
    write(stream, `retry: ${retry}\n\n`);
  });
  return router;
}

function refuse(response: Response): void {
  response.status(503).set('Retry-After', '60').end();
}

function endOldest(streams: ReadonlySet<Stream>, userId: string): void {
  const own = [...streams].filter((stream) => stream.userId === userId);
  for (const stream of own.slice(0, Math.max(0, own.length + 1 - MAX_STREAMS_PER_USER)))
    stream.response.end();
}

/** Begins to listen and to look with the first stream; both go on as long as the process. */
function createWatch(
  ports: Ports,
  streams: ReadonlySet<Stream>,
  stopping: AbortSignal,
): () => Promise<void> {
  let listening = false;
  let looking = false;
  const timers: NodeJS.Timeout[] = [];
  const look = async (): Promise<void> => {
    if (looking || streams.size === 0) return;
    looking = true;
    await checkAll(ports, streams).finally(() => {
      looking = false;
    });
  };
  const safely = (work: () => Promise<void>): void =>
    void work().catch((error: unknown) =>
      // The database is away: pages notice by their own looking.
      ports.log.warn('streams could not be looked after', { error: String(error) }),
    );
  stopping.addEventListener('abort', () => {
    for (const timer of timers) clearInterval(timer);
    for (const { response } of streams) response.end();
  });
  return async () => {
    if (timers.length === 0 && !stopping.aborted)
      timers.push(
        setInterval(() => safely(look), CHECK_EVERY),
        setInterval(() => {
          for (const stream of streams) write(stream, ': here\n\n');
        }, HEARTBEAT_EVERY),
      );
    if (listening) return;
    listening = true;
    try {
      await ports.database.listen((signal) => hear(streams, signal));
    } catch (error) {
      listening = false;
      ports.log.warn('no hints of new mail', { error: String(error) });
    }
  };
}

function hear(streams: ReadonlySet<Stream>, signal: Signal): void {
  if (signal.channel !== 'mailbox') return;
  for (const stream of streams) {
    const isMeant =
      stream.organisationId === signal.organisationId && signal.userIds.includes(stream.userId);
    if (!isMeant || stream.gathering !== null) continue;
    stream.gathering = setTimeout(() => {
      stream.gathering = null;
      tell(stream, 'mail');
    }, GATHER);
  }
}

async function checkAll(ports: Ports, streams: ReadonlySet<Stream>): Promise<void> {
  for (const [stream, word] of await checkWatchers(ports, [...streams])) {
    if (word === null) {
      tell(stream, 'gone');
      stream.response.end();
    } else {
      if (stream.word !== null && stream.word !== word) tell(stream, 'state');
      stream.word = word;
    }
  }
}

function tell(stream: Stream, hint: Hint): void {
  write(stream, `event: ${hint}\ndata: {}\n\n`);
}

function write({ response }: Stream, text: string): void {
  if (response.writableEnded) return;
  if (response.writableLength > MAX_UNREAD) response.destroy();
  else response.write(text);
}
