import type { Clock, Log, Reception, ReceptionPolicy } from '@holdfast/application';
import { parseIp, rangeContains, type IpRange } from '@holdfast/domain';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { CARRIED_EXTENSIONS } from '../carried-extensions.ts';
import { ClientLimits, type ClientLimitSettings } from './client-limits.ts';
import { turnAway } from './client-socket.ts';
import { Connection, type SharedReception } from './connection.ts';
import { PACE, type PaceLimits } from './data-pace.ts';
import { GreetedClients, GREETING_DELAY } from './greeted-clients.ts';
import { createHopGuard } from './hop-guard.ts';
import { readProxied } from './proxied-socket.ts';
import { NO_PROXY_HEADER, STOPPING } from './replies.ts';
import type { RefusalReason } from './session-actions.ts';

export interface ReceptionLimits extends ClientLimitSettings {
  /** Bytes, announced as SIZE. */
  readonly maxMessageBytes: number;
  /** Bytes of one line of a message, without its end. */
  readonly maxLineBytes: number;
  readonly maxRecipients: number;
  /** Milliseconds that a command may take; RFC 5321 §4.5.3.2.7 wants at least 5 minutes. Default 300 s. */
  readonly socketTimeout?: number;
  /** Milliseconds that `stop` waits for messages under way; more than the slowest commit. Default 60 s. */
  readonly closeTimeout?: number;
  readonly pace?: PaceLimits;
}

export interface SmtpReceptionOptions {
  /** 0: any free port. */
  readonly port: number;
  /** Address to listen on. */
  readonly bind: string;
  /** Our public names; the first one greets. */
  readonly hostnames: readonly string[];
  /** Asked at each STARTTLS, so that a new certificate is taken at once; null: STARTTLS is not offered. */
  readonly tls: { current(): SecureContext } | null;
  readonly policy: ReceptionPolicy;
  readonly log: Log;
  readonly limits: ReceptionLimits;
  /** Load balancers: every connection of theirs begins with a PROXY header, and theirs only. */
  readonly proxies?: readonly IpRange[];
  /** Hosts that may say by XCLIENT for whom they speak. */
  readonly xclients?: readonly IpRange[];
  /** Milliseconds that an unknown client waits for its greeting. Default 250. */
  readonly greetingDelay?: number;
  /** Told of each session or message that was refused by the reception itself. */
  readonly refused?: (reason: RefusalReason) => void;
  /** Told how many connections are open, at each change. */
  readonly connected?: (open: number) => void;
  /** Monotonic milliseconds; for tests. */
  readonly clock?: Clock;
}

/** The port is taken; the message says what to do. */
export class PortInUseError extends Error {
  readonly code = 'EADDRINUSE';
  readonly port: number;
  constructor(port: number) {
    super(
      `Port ${port} is taken by another program: stop it, or set HOLDFAST_MX_PORT to a free port`,
    );
    this.name = 'PortInUseError';
    this.port = port;
  }
}

const DEFAULT_SOCKET_TIMEOUT = 300_000;
const DEFAULT_CLOSE_TIMEOUT = 60_000;
/** How often sessions are looked at for having taken too long. Unit: milliseconds. */
const SWEEP_INTERVAL = 1000;
/** Connections that the kernel holds while we are busy; Node's 511 is small for a burst after an outage. */
const BACKLOG = 4096;

/** Listens, lets in, and hands each socket to a `Connection`. */
export function createSmtpReception(options: SmtpReceptionOptions): Reception {
  const { limits, log } = options;
  const clock = options.clock ?? { now: () => performance.now() };
  const clients = new ClientLimits(limits);
  const greeted = new GreetedClients();
  const connections = new Set<Connection>();
  /** Sockets of balancers that have not said yet for whom. */
  const arriving = new Set<Socket>();
  const shared: SharedReception = {
    ...sharedBy(options, clock),
    admit: (ip) => clients.connect(ip, clock.now()),
    behaved: (ip) => {
      if (!clients.isUnlimited(ip)) greeted.remember(ip, clock.now());
    },
  };
  let sweep: NodeJS.Timeout | null = null;

  function accept(socket: Socket): void {
    const ip = plainIp(socket.remoteAddress);
    // The client is gone already.
    if (ip === null) return void socket.destroy();
    if (!isListed(options.proxies, ip)) return begin(socket, ip, null);
    arriving.add(socket);
    readProxied(socket).then(
      (client) => {
        arriving.delete(socket);
        if (socket.destroyed) return;
        if (client !== null) return begin(socket, client.source ?? ip, client.rest);
        shared.refused('proxy-header');
        turnAway(socket, NO_PROXY_HEADER);
      },
      () => socket.destroy(),
    );
  }

  function begin(socket: Socket, ip: string, early: Buffer | null): void {
    if (shared.stopping) return turnAway(socket, STOPPING);
    const admission = shared.admit(ip);
    if ('reason' in admission) {
      shared.refused(admission.reason);
      return turnAway(socket, admission.reply);
    }
    const mayXclient = isListed(options.xclients, ip);
    const connection = new Connection(socket, { ip, client: admission, mayXclient }, shared);
    connections.add(connection);
    options.connected?.(clients.open);
    connection.closed.then(
      () => {
        connections.delete(connection);
        options.connected?.(clients.open);
      },
      () => undefined,
    );
    if (early !== null && early.length > 0) connection.receiveEarly(early);
    if (clients.isUnlimited(ip) || greeted.isKnown(ip, clock.now())) return connection.introduce();
    setTimeout(() => connection.introduce(), options.greetingDelay ?? GREETING_DELAY);
  }

  // What a client pipelines is answered in one write, so nothing is gained by waiting for more (Nagle).
  const server = createServer({ noDelay: true, allowHalfOpen: true }, accept);
  server.on('error', (error) => log.error('Listening for mail', { error: error.message }));

  return {
    async start() {
      const port = await listen(server, options);
      const timeout = shared.socketTimeout;
      sweep = setInterval(
        () => {
          const now = clock.now();
          for (const connection of connections) connection.checkTime(now);
        },
        Math.min(SWEEP_INTERVAL, timeout),
      ).unref();
      return { port };
    },
    async stop() {
      if (shared.stopping) return;
      shared.stopping = true;
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      for (const socket of arriving) socket.destroy();
      for (const connection of connections) connection.stop();
      const patience = limits.closeTimeout ?? DEFAULT_CLOSE_TIMEOUT;
      // A reply that is still owed then is never given: the client tries again, and that is a duplicate at most.
      const timer = setTimeout(() => {
        for (const connection of connections) connection.destroy();
      }, patience);
      await closed;
      clearTimeout(timer);
      if (sweep !== null) clearInterval(sweep);
    },
  };
}

function sharedBy(
  options: SmtpReceptionOptions,
  clock: Clock,
): Omit<SharedReception, 'admit' | 'behaved'> {
  const { limits, hostnames, tls } = options;
  return {
    session: {
      hostname: hostnames[0] ?? 'localhost',
      maxMessageBytes: limits.maxMessageBytes,
      maxLineBytes: limits.maxLineBytes,
      maxRecipients: limits.maxRecipients,
      startTls: tls !== null,
      smtpUtf8: CARRIED_EXTENSIONS.smtpUtf8,
      hops: createHopGuard(hostnames),
    },
    policy: options.policy,
    log: options.log,
    clock,
    secureContext: () => tls?.current() ?? null,
    socketTimeout: limits.socketTimeout ?? DEFAULT_SOCKET_TIMEOUT,
    pace: limits.pace ?? PACE,
    refused: options.refused ?? (() => undefined),
    stopping: false,
  };
}

function listen(server: Server, options: SmtpReceptionOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      reject(error.code === 'EADDRINUSE' ? new PortInUseError(options.port) : error);
    };
    server.once('error', failed);
    server.listen({ port: options.port, host: options.bind, backlog: BACKLOG }, () => {
      server.removeListener('error', failed);
      const { port } = server.address() as AddressInfo;
      options.log.info('Listening for mail', { bind: options.bind, port });
      resolve(port);
    });
  });
}

function isListed(ranges: readonly IpRange[] = [], ip: string): boolean {
  if (ranges.length === 0) return false;
  const address = parseIp(ip);
  return address !== null && ranges.some((range) => rangeContains(range, address));
}

/** IPv4 in an IPv6 socket (RFC 4291 §2.5.5.2) is written as IPv4; a zone says nothing about the client. */
function plainIp(address: string | undefined): string | null {
  if (address === undefined) return null;
  return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
}
