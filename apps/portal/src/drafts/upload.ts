import { CLIENT_HEADERS, queryClient, trpc } from '../api.ts';
import { UPLOAD_PIECE_BYTES } from '../limits.ts';
import { uploading } from '../messages/en/uploading.ts';
import {
  pauseAfter,
  sendPieces,
  UploadRefusedError,
  type UploadAnswer,
  type UploadWire,
} from './send-pieces.ts';

/** A piece that takes longer than this is sent again. 256 kB at 25 kbit/s. Unit: ms. */
const PIECE_TAKES_AT_MOST = 90_000;

export interface FileToUpload {
  readonly id: string;
  readonly fileName: string;
  readonly file: Blob;
}

interface Heard {
  readonly onProgress: (received: number) => void;
  readonly onWaiting: (waits: boolean) => void;
}

/** Uploads a file however often the connection is lost. Rejects with `UploadRefusedError`, or when `signal` says so. */
export async function uploadFile(
  { id, fileName, file }: FileToUpload,
  heard: Heard,
  signal: AbortSignal,
): Promise<void> {
  const announcement = JSON.stringify({ id, name: fileName, size: file.size, type: file.type });
  const wire: UploadWire = {
    announce: (stop) =>
      ask('/uploads', 'POST', stop, announcement, { 'content-type': 'application/json' }),
    send: async (offset, piece, stop) =>
      ask(`/uploads/${id}`, 'PATCH', stop, await readable(piece), {
        'content-type': 'application/offset+octet-stream',
        'upload-offset': String(offset),
      }),
  };
  await sendPieces(file, UPLOAD_PIECE_BYTES, wire, { ...heard, rest }, signal);
}

/** Frees the room on the server; without a connection its own clean-up does. */
export async function cancelUpload(id: string): Promise<void> {
  await fetch(`/uploads/${id}`, {
    method: 'DELETE',
    headers: CLIENT_HEADERS,
    credentials: 'same-origin',
    keepalive: true,
  }).catch(() => undefined);
}

/** A file that was moved or changed since it was chosen cannot be read any more, and no try changes that. */
async function readable(piece: Blob): Promise<ArrayBuffer> {
  try {
    return await piece.arrayBuffer();
  } catch {
    throw new UploadRefusedError(uploading.unreadable);
  }
}

async function ask(
  path: string,
  method: string,
  signal: AbortSignal,
  body: BodyInit,
  headers: Readonly<Record<string, string>>,
): Promise<UploadAnswer> {
  const response = await fetch(path, {
    method,
    body,
    headers: { ...CLIENT_HEADERS, ...headers },
    credentials: 'same-origin',
    signal: AbortSignal.any([signal, AbortSignal.timeout(PIECE_TAKES_AT_MOST)]),
  });
  const offset = response.headers.get('upload-offset');
  const received = offset === null ? null : Number(offset);
  if (response.ok && received !== null) return { kind: 'here', received };
  if (response.status === 409 && received !== null) return { kind: 'elsewhere', received };
  if (response.status === 404) return { kind: 'unknown' };
  if (response.status === 401) {
    // The session is over. What was sent with this file waits for the next one, as it would without a file.
    void queryClient.invalidateQueries({ queryKey: trpc.session.state.queryKey() });
    return { kind: 'later' };
  }
  if (response.status === 429 || response.status >= 500) return { kind: 'later' };
  return { kind: 'refused', message: messageIn(await response.json().catch(() => null)) };
}

function messageIn(value: unknown): string {
  return typeof value === 'object' &&
    value !== null &&
    'message' in value &&
    typeof value.message === 'string'
    ? value.message
    : uploading.failed;
}

/** Until the pause is over or the browser says that the connection is back, whichever comes first. */
function rest(failures: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, pauseAfter(failures, Math.random()));
    addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}
