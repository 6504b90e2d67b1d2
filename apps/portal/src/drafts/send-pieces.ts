/** What the server says of a file on its way. */
export type UploadAnswer =
  | { readonly kind: 'here'; readonly received: number }
  /** The piece does not begin where the last one ended. */
  | { readonly kind: 'elsewhere'; readonly received: number }
  /** The server does not know the file: it was cleaned up. */
  | { readonly kind: 'unknown' }
  /** Busy or broken; tried again. */
  | { readonly kind: 'later' }
  | { readonly kind: 'refused'; readonly message: string };

/** The ways to the server; each rejects when no answer came. */
export interface UploadWire {
  announce(signal: AbortSignal): Promise<UploadAnswer>;
  send(offset: number, piece: Blob, signal: AbortSignal): Promise<UploadAnswer>;
}

export interface UploadCourse {
  readonly onProgress: (received: number) => void;
  /** No answer comes; it goes on by itself. False again with the next answer. */
  readonly onWaiting: (waits: boolean) => void;
  /** Rests after the n-th failure in a row, counted from 1, or until the connection is back. */
  readonly rest: (failures: number, signal: AbortSignal) => Promise<void>;
}

/** The server said no, in words to show. */
export class UploadRefusedError extends Error {}

/** Longest pause between two tries. Unit: ms. */
const LONGEST_PAUSE = 30_000;

/** `random`: 0 to 1, so that a thousand phones do not come back in the same second. */
export function pauseAfter(failures: number, random: number): number {
  const pause = Math.min(LONGEST_PAUSE, 1000 * 2 ** Math.min(failures - 1, 10));
  return Math.round(pause * (0.5 + random / 2));
}

/**
 * Sends a file piece by piece and goes on where it was cut, for as long as it takes. The server alone says how much it
 * has: an answer that was lost is asked for again by announcing the file once more, which begins nothing anew. Rejects
 * with `UploadRefusedError`, or when `signal` says so.
 */
export async function sendPieces(
  file: Blob,
  pieceBytes: number,
  wire: UploadWire,
  course: UploadCourse,
  signal: AbortSignal,
): Promise<void> {
  let received: number | null = null;
  let failures = 0;
  while (received === null || received < file.size) {
    signal.throwIfAborted();
    const answer = await ask(file, pieceBytes, wire, received, signal);
    switch (answer.kind) {
      case 'here':
      case 'elsewhere':
        received = answer.received;
        failures = 0;
        course.onWaiting(false);
        course.onProgress(received);
        break;
      case 'unknown':
      case 'later':
        failures += 1;
        received = null;
        course.onWaiting(true);
        await course.rest(failures, signal);
        break;
      case 'refused':
        throw new UploadRefusedError(answer.message);
    }
  }
}

async function ask(
  file: Blob,
  pieceBytes: number,
  wire: UploadWire,
  received: number | null,
  signal: AbortSignal,
): Promise<UploadAnswer> {
  try {
    if (received === null) return await wire.announce(signal);
    return await wire.send(received, file.slice(received, received + pieceBytes), signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof UploadRefusedError) throw error;
    return { kind: 'later' };
  }
}
