import type { Request } from 'express';

/**
 * Who asks: the other end of the socket, or what a proxy listed in `HOLDFAST_TRUSTED_PROXIES` forwards for. Nobody else's
 * forwarding header is believed, since anyone can write one. IPv4 in its own form.
 */
export function clientIp(request: Request): string {
  return (request.ip ?? '').replace(/^::ffff:(?=\d+\.)/, '') || 'unknown';
}
