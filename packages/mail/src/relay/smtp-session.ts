import type { AttemptOutcome } from '@holdfast/domain';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';
import type { Capabilities } from './capabilities.ts';
import type { SmtpLogin } from './client-login.ts';
import {
  createClientMachine,
  type ClientStep,
  type ClientWait,
  type TlsUse,
} from './client-machine.ts';
import type { TransactionRequest, TransactionResult } from './client-transaction.ts';
import { createDotStuffer } from './dot-stuffing.ts';
import { network } from './outcome.ts';
import { describeError } from '../spool/file-system.ts';

/** Milliseconds without progress, by what is awaited. */
export type RelayTimeouts = Readonly<Record<'connect' | Exclude<ClientWait, 'nothing'>, number>>;

export interface SessionTarget {
  /** Name for SNI, the certificate and the trace. */
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly helo: string;
  readonly tls: TlsUse;
  /** How to sign in; null where nobody asks. */
  readonly login: SmtpLogin | null;
  /** What certificates are checked against. */
  readonly trust: SecureContext;
  readonly timeouts: RelayTimeouts;
}

export interface MessageSource {
  stream(): AsyncIterable<Uint8Array>;
}

export interface SmtpSession {
  readonly target: SessionTarget;
  readonly capabilities: Capabilities;
  /** Version, cipher and whether the name was verified, for the trace; null in clear. */
  readonly tls: string | null;
  isOpen(): boolean;
  /** One transaction at a time. Rejects only with what the message's own stream threw. */
  send(request: TransactionRequest, message: MessageSource | null): Promise<TransactionResult>;
  quit(): void;
  close(): void;
}

export type Opened =
  | { readonly kind: 'open'; readonly session: SmtpSession }
  | { readonly kind: 'failed'; readonly outcome: AttemptOutcome };

/** Pieces are gathered up to this before they are written: a small message leaves with its final dot in one write. */
const GATHERED_BYTES = 64 * 1024;
/** Milliseconds that a host gets to take our QUIT. */
const QUIT_PATIENCE = 2000;

/** Greeted, encrypted where the target says so, and ready for a message; or why not. */
export function openSession(target: SessionTarget): Promise<Opened> {
  const { promise, resolve } = Promise.withResolvers<Opened>();
  createSession(target, resolve);
  return promise;
}

/** The shell around the machine: socket, timer and body; every decision is in `client-machine.ts`. */
function createSession(target: SessionTarget, opened: (result: Opened) => void): void {
  const machine = createClientMachine(target);
  let socket: Socket = connect({ host: target.address, port: target.port, noDelay: true });
  let open = false;
  let connected = false;
  let tls: string | null = null;
  let timer: NodeJS.Timeout | null = null;
  let current: {
    readonly message: MessageSource | null;
    readonly resolve: (result: TransactionResult) => void;
    readonly reject: (error: unknown) => void;
  } | null = null;

  function wait(milliseconds: number): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(
      () => lose(network('timeout', `no answer in ${milliseconds} ms`)),
      milliseconds,
    );
  }

  function rest(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  function shut(): void {
    open = false;
    rest();
    socket.destroy();
  }

  function lose(outcome: AttemptOutcome): void {
    perform(machine.lost(outcome));
    shut();
  }

  function perform(steps: readonly ClientStep[]): void {
    for (const step of steps) {
      switch (step.kind) {
        case 'write':
          socket.write(step.text);
          break;
        case 'body':
          void sendBody();
          break;
        case 'start-tls':
          encrypt();
          break;
        case 'ready':
          open = true;
          opened({ kind: 'open', session: session(step.capabilities) });
          break;
        case 'settled':
          if (!step.result.reusable) shut();
          current?.resolve(step.result);
          current = null;
          break;
        case 'ended':
          shut();
          opened({ kind: 'failed', outcome: step.outcome });
          break;
      }
    }
    const waitsFor = machine.waitsFor();
    if (waitsFor === 'nothing') rest();
    else if (connected) wait(target.timeouts[waitsFor]);
  }

  const onData = (bytes: Buffer): void => perform(machine.receive(bytes));
  const onError = (error: Error): void => lose(lost(describeError(error)));
  const onClose = (): void => lose(lost('the connection was closed'));

  /** Before the session is ready it says something about the way to the host, afterwards about this conversation. */
  function lost(text: string): AttemptOutcome {
    return network(open ? 'dropped' : 'connect', text);
  }

  function attach(to: Socket): void {
    socket = to;
    to.on('data', onData);
    to.on('error', onError);
    to.on('close', onClose);
  }

  function encrypt(): void {
    const clear = socket;
    clear.removeAllListeners('data');
    clear.removeAllListeners('close');
    clear.removeListener('error', onError);
    // The TLS socket reports what happens below it; this one must only not throw.
    clear.on('error', () => undefined);
    const verified = target.tls === 'must';
    const secure: TLSSocket = connectTls({
      socket: clear,
      host: target.host,
      ...(isIP(target.host) === 0 && { servername: target.host }),
      secureContext: target.trust,
      rejectUnauthorized: verified,
    });
    secure.once('secureConnect', () => {
      const { name } = secure.getCipher();
      const trusted = secure.authorized ? 'verified' : 'unverified';
      tls = `${secure.getProtocol() ?? 'TLS'} ${name} ${trusted}`;
      perform(machine.secured());
    });
    attach(secure);
  }

  async function sendBody(): Promise<void> {
    const mine = current;
    if (mine === null || mine.message === null) return;
    try {
      const stuffer = createDotStuffer();
      let gathered: Uint8Array[] = [];
      let bytes = 0;
      for await (const piece of mine.message.stream()) {
        if (current !== mine) return;
        const stuffed = stuffer.take(piece);
        gathered.push(stuffed);
        bytes += stuffed.length;
        if (bytes < GATHERED_BYTES) continue;
        const flushed = socket.write(joined(gathered, bytes));
        gathered = [];
        bytes = 0;
        wait(target.timeouts.block);
        if (!flushed) await drained(socket);
      }
      if (current !== mine) return;
      const end = stuffer.end();
      gathered.push(end);
      machine.bodySent();
      socket.write(joined(gathered, bytes + end.length));
      wait(target.timeouts.dot);
    } catch (error) {
      // Without the final dot: the far end throws away what it has got so far.
      if (current === mine) {
        current = null;
        shut();
      }
      mine.reject(error);
    }
  }

  function session(capabilities: Capabilities): SmtpSession {
    return {
      target,
      capabilities,
      tls,
      isOpen: () => open,
      send(request, message) {
        const { promise, resolve, reject } = Promise.withResolvers<TransactionResult>();
        current = { message, resolve, reject };
        perform(machine.submit(request));
        return promise;
      },
      quit() {
        if (!open) return;
        open = false;
        perform(machine.quit());
        socket.end();
        const leaving = socket;
        setTimeout(() => leaving.destroy(), QUIT_PATIENCE).unref();
      },
      close: shut,
    };
  }

  wait(target.timeouts.connect);
  socket.once('connect', () => {
    connected = true;
    wait(target.timeouts.greeting);
  });
  attach(socket);
}

function joined(pieces: readonly Uint8Array[], bytes: number): Uint8Array {
  const [only] = pieces;
  return only !== undefined && pieces.length === 1 ? only : Buffer.concat(pieces, bytes);
}

/** Resolves when the socket takes more, or never will. */
function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      socket.removeListener('drain', done);
      socket.removeListener('close', done);
      resolve();
    };
    socket.once('drain', done);
    socket.once('close', done);
  });
}
