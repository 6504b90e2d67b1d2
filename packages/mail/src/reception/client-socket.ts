import type { Clock, SmtpReply } from '@holdfast/application';
import type { Socket } from 'node:net';
import { TLSSocket, type SecureContext } from 'node:tls';
import { encodeReply } from './reply-encoding.ts';

/** Replies that a client has not fetched; above it nothing more is done for it. Unit: bytes. */
const UNREAD_REPLIES = 64 * 1024;
/** A client that was told good-bye may take so long to hang up. Unit: milliseconds. */
const LINGER = 3000;
/** RFC 5321 names no limit; a handshake takes some hundred milliseconds. Unit: milliseconds. */
const HANDSHAKE_TIMEOUT = 60_000;

export interface SocketEvents {
  data(chunk: Buffer): void;
  drain(): void;
  /** The client has hung up its side. */
  end(): void;
  close(): void;
  error(error: Error): void;
}

/** One client's socket, in clear and then under TLS: gathers replies, stops reading, knows how long it waits. */
export class ClientSocket {
  /** Good-bye was said; what still comes is thrown away. */
  closing = false;
  securing = false;
  paused = false;
  ended = false;
  /** Since the last reply. */
  bytesSinceWrite = 0;
  #socket: Socket;
  #out = '';
  readonly #events: SocketEvents;
  readonly #clock: Clock;
  /** When we began to wait for what the client owes: a command, its message, the end of the handshake. */
  #since: number;
  #pausedAt = 0;
  #lastBytes: number;

  constructor(socket: Socket, clock: Clock, events: SocketEvents) {
    this.#socket = socket;
    this.#clock = clock;
    this.#events = events;
    this.#since = clock.now();
    this.#lastBytes = this.#since;
    this.#listen();
    // Reading a PROXY header has paused it.
    socket.resume();
  }

  get backlogged(): boolean {
    return this.#socket.writableLength > UNREAD_REPLIES;
  }

  /** Milliseconds since the last reply, without those that the client waited for us. */
  waited(now: number): number {
    return now - this.#since;
  }

  silent(now: number): number {
    return now - this.#lastBytes;
  }

  /** It is of no use to be polite any longer. */
  isOverdue(now: number, timeout: number): boolean {
    const waited = now - this.#since;
    if (this.closing) return waited > LINGER;
    if (this.securing) return waited > HANDSHAKE_TIMEOUT;
    // Whoever has to wait so long for us has given up, and we would not see it as long as we do not read.
    if (this.paused) return now - this.#pausedAt > timeout;
    return this.#socket.writableLength > 0 && waited > timeout;
  }

  write(text: string): void {
    this.#out += text;
  }

  /** What was answered to one packet leaves in one. */
  flush(): void {
    if (this.#out === '') return;
    const out = this.#out;
    this.#out = '';
    this.#since = this.#clock.now();
    this.#lastBytes = this.#since;
    this.bytesSinceWrite = 0;
    if (this.#socket.writable) this.#socket.write(out, 'latin1');
  }

  /** What is not read waits with the client. */
  pause(wanted: boolean): void {
    if (wanted === this.paused || this.closing) return;
    this.paused = wanted;
    const now = this.#clock.now();
    if (wanted) {
      this.#pausedAt = now;
      this.#socket.pause();
    } else {
      this.#since += now - this.#pausedAt;
      this.#lastBytes = now;
      this.#socket.resume();
    }
  }

  /** RFC 3207. False when something unread was sent in clear behind STARTTLS: that must not count as secured. */
  secure(context: SecureContext, secured: (tls: string) => void): boolean {
    if (this.#socket.readableLength > 0) return false;
    this.flush();
    this.#leave();
    const plain = this.#socket;
    const socket = new TLSSocket(plain, { isServer: true, secureContext: context });
    // A renegotiation would let a client make us compute for nothing (CVE-2011-1473).
    socket.disableRenegotiation();
    socket.once('secure', () => {
      this.securing = false;
      this.#since = this.#clock.now();
      secured(`${socket.getProtocol() ?? 'TLS'} ${socket.getCipher().name}`);
    });
    this.securing = true;
    this.#since = this.#clock.now();
    this.#socket = socket;
    this.#listen();
    return true;
  }

  hangUp(): void {
    this.flush();
    if (this.closing) return;
    this.closing = true;
    this.#since = this.#clock.now();
    // Read on until the client hangs up: closing over unread bytes would reset, and take our last reply with it.
    this.#socket.end();
    this.#socket.resume();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  readonly #onData = (chunk: Buffer): void => {
    if (this.closing) return;
    this.bytesSinceWrite += chunk.length;
    this.#lastBytes = this.#clock.now();
    this.#events.data(chunk);
  };
  readonly #onDrain = (): void => this.#events.drain();
  readonly #onEnd = (): void => {
    this.ended = true;
    this.#events.end();
  };
  readonly #onClose = (): void => {
    this.closing = true;
    this.#events.close();
  };
  readonly #onError = (error: Error): void => this.#events.error(error);

  #listen(): void {
    this.#socket
      .on('data', this.#onData)
      .on('drain', this.#onDrain)
      .on('end', this.#onEnd)
      .on('close', this.#onClose)
      .on('error', this.#onError);
  }

  /** Errors of the plain socket are still heard: without a listener they would end the process. */
  #leave(): void {
    this.#socket
      .off('data', this.#onData)
      .off('drain', this.#onDrain)
      .off('end', this.#onEnd)
      .off('close', this.#onClose);
  }
}

/** For a connection that is not even begun. */
export function turnAway(socket: Socket, reply: SmtpReply): void {
  socket.on('error', () => undefined);
  socket.resume();
  socket.end(encodeReply(reply), 'latin1');
  const timer = setTimeout(() => socket.destroy(), LINGER);
  socket.once('close', () => clearTimeout(timer));
}
