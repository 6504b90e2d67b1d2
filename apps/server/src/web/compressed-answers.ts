import compression from 'compression';
import type { RequestHandler } from 'express';

/** An answer this small fits into a packet or two anyway. Unit: bytes. */
const THRESHOLD = 1024;

/**
 * What shrinks goes out as brotli or gzip: on a slow phone network the front end and a list of messages arrive in a third of
 * the time. A stream of events does not wait to be compressed.
 */
export function compressedAnswers(): RequestHandler {
  return compression({
    threshold: THRESHOLD,
    filter(request, response) {
      const type = String(response.getHeader('Content-Type') ?? '');
      return !type.startsWith('text/event-stream') && compression.filter(request, response);
    },
  });
}
