import type { Socket } from 'node:net';
import { readProxyHeader } from './proxy-header.ts';

/** A balancer sends its header with the first packet. Unit: milliseconds. */
const HEADER_TIMEOUT = 10_000;

export interface ProxiedClient {
  /** Null: the balancer itself. */
  readonly source: string | null;
  /** What came behind the header. */
  readonly rest: Buffer;
}

/** Reads the header that a listed balancer begins with. Null: there was none that is worth its name. */
export function readProxied(socket: Socket): Promise<ProxiedClient | null> {
  return new Promise((resolve) => {
    let received = Buffer.alloc(0);
    const finish = (client: ProxiedClient | null): void => {
      clearTimeout(timer);
      socket.off('data', look).off('end', gone).off('close', gone).off('error', gone);
      socket.pause();
      resolve(client);
    };
    const gone = (): void => finish(null);
    const look = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk]);
      const header = readProxyHeader(received);
      if (header.kind === 'incomplete') return;
      if (header.kind === 'invalid') return finish(null);
      finish({ source: header.source, rest: received.subarray(header.length) });
    };
    const timer = setTimeout(gone, HEADER_TIMEOUT);
    socket.on('data', look).on('end', gone).on('close', gone).on('error', gone);
  });
}
