import { Refusal } from '@holdfast/application';
import type { Request, RequestHandler } from 'express';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whatever changes something must come from the site's own pages; otherwise `session.origin-refused`. On one's own
 * machine `localhost` and `127.0.0.1` are the same place.
 */
export function createOriginCheck(publicUrl: string): RequestHandler {
  const own = new URL(publicUrl);
  return (request, _response, next) => {
    if (SAFE_METHODS.has(request.method) || isOwnOrigin(request, own)) return next();
    throw new Refusal(
      'session.origin-refused',
      `This request did not come from ${own.origin}. Open that address and try again there.`,
    );
  };
}

function isOwnOrigin(request: Request, own: URL): boolean {
  const { origin } = request.headers;
  // A form on a page with the referrer policy no-referrer sends `Origin: null` (Fetch, "append a request Origin
  // header"). Fetch metadata cannot be set by pages.
  if (origin === undefined || origin === 'null') {
    return request.headers['sec-fetch-site'] === 'same-origin';
  }
  if (origin === own.origin) return true;
  if (!isLocal(own.hostname)) return false;
  const port = request.socket.localPort;
  return origin === `http://localhost:${port}` || origin === `http://127.0.0.1:${port}`;
}

function isLocal(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}
