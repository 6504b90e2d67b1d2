import type { Request } from 'express';

/** Address of the other end of the socket, IPv4 in its own form. Forwarding headers are not believed: anyone can write them. */
export function clientIp(request: Request): string {
  return (request.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '') || 'unknown';
}
