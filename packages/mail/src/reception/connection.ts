import type {
  Answer,
  Clock,
  Log,
  ReceptionPolicy,
  SessionFacts,
  SmtpReply,
} from '@holdfast/application';
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { describeError } from '../spool/file-system.ts';
import type { AdmittedClient, Limited } from './client-limits.ts';
import { BodyPieces } from './body-pieces.ts';
import { isTooSlow, type PaceLimits } from './data-pace.ts';
import { encodeReply } from './reply-encoding.ts';
import * as say from './replies.ts';
import type { Action, MessageHead, RefusalReason } from './session-actions.ts';
import { SessionMachine, type SessionOptions } from './session-machine.ts';
import { upgradeToTls } from './tls-upgrade.ts';

/** What all sessions of one reception share. */
export interface SharedReception {
  readonly session: SessionOptions;
  readonly policy: ReceptionPolicy;
  readonly log: Log;
  /** Monotonic, milliseconds. */
  readonly clock: Clock;
  readonly secureContext: () => SecureContext | null;
  /** Milliseconds that a client may take for a command. */
  readonly socketTimeout: number;
  readonly pace: PaceLimits;
  readonly refused: (reason: RefusalReason) => void;
  /** True once the reception stops: sessions then end as soon as they may. */
  stopping: boolean;
}

/** Bytes that a client may send ahead while an answer is owed; then it is not read from. */
const READ_AHEAD = 64 * 1024;
/** Replies that a client has not fetched; above it nothing more is done for it. Unit: bytes. */
const UNREAD_REPLIES = 64 * 1024;
/** A client that was told good-bye may take so long to hang up. Unit: milliseconds. */
const LINGER = 3000;
/** RFC 5321 names no limit; a handshake takes some hundred milliseconds. Unit: milliseconds. */
const HANDSHAKE_TIMEOUT = 60_000;

let sessions = 0;

/** The shell around one machine: a socket, the policy, time. It decides nothing about the protocol. */
export class Connection {
  readonly machine: SessionMachine;
  readonly id: string;
  readonly #shared: SharedReception;
  readonly #clientIp: string;
  readonly #client: AdmittedClient;
  #socket: Socket;
  #out = '';
  #paused = false;
  #running = false;
  #closing = false;
  #securing = false;
  /** A message is with the policy as a whole: its reply is final and must not be replaced. */
  #committing = false;
  #body: BodyPieces | null = null;
  #early: Promise<SmtpReply> | null = null;
  #facts: SessionFacts | null = null;
  /** Since when we wait for what the client owes: a command, its message, the end of the handshake. */
  #since: number;
  #pausedAt = 0;
  #dataBytes = 0;
  #lastBytes = 0;
  /** The client has hung up its side. */
  #ended = false;
  readonly #closed = Promise.withResolvers<void>();

  constructor(socket: Socket, clientIp: string, client: AdmittedClient, shared: SharedReception) {
    this.#socket = socket;
    this.#client = client;
    this.#clientIp = clientIp;
    this.#shared = shared;
    this.#since = shared.clock.now();
    sessions += 1;
    this.id = sessions.toString(36);
    this.machine = new SessionMachine(shared.session);
    this.#listen(socket);
  }

  /** Resolves when the socket is gone. */
  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  get committing(): boolean {
    return this.#committing;
  }

  introduce(): void {
    if (this.#closing) return;
    this.machine.introduce();
    this.run();
  }

  refuse(reply: SmtpReply, reason: RefusalReason | null): void {
    this.machine.refuse(reply, reason);
    this.run();
  }

  /** 421 at once, or behind the reply of the message that is being committed. */
  stop(): void {
    if (this.#committing || this.#closing) return;
    if (this.#securing) this.#socket.destroy();
    else this.refuse(say.STOPPING, null);
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** Called now and then: ends what takes too long. */
  checkTime(now: number): void {
    const waited = now - this.#since;
    if (this.#closing) {
      if (waited > LINGER) this.#socket.destroy();
    } else if (this.#securing) {
      if (waited > HANDSHAKE_TIMEOUT) this.#socket.destroy();
    } else if (this.#socket.writableLength > 0 && waited > this.#shared.socketTimeout) {
      this.#socket.destroy();
    } else if (this.machine.phase === 'command' && waited > this.#shared.socketTimeout) {
      this.refuse(say.IDLE_TOO_LONG, 'timeout');
    } else if (this.machine.phase === 'data' && !this.#paused) {
      const tooSlow = isTooSlow(waited, this.#dataBytes, this.#shared.pace);
      if (tooSlow || now - this.#lastBytes > this.#shared.socketTimeout) {
        this.refuse(say.DATA_TOO_SLOW, 'timeout');
      }
    }
  }

  run(): void {
    if (this.#running) return;
    this.#running = true;
    while (!this.#securing && this.#body?.full !== true && !this.#backlogged()) {
      const action = this.machine.next();
      if (action === null) break;
      this.#perform(action);
    }
    this.#running = false;
    this.#flush();
    this.#regulate();
    if (this.#ended && !this.#committing) this.#hangUp();
  }

  readonly #onData = (chunk: Buffer): void => {
    if (this.#closing) return;
    if (this.machine.phase === 'data') {
      this.#dataBytes += chunk.length;
      this.#lastBytes = this.#shared.clock.now();
    }
    this.machine.receive(chunk);
    this.run();
  };
  readonly #onDrain = (): void => this.run();
  /** A client may hang up its side and still wait for the reply to its message. */
  readonly #onEnd = (): void => {
    this.#ended = true;
    if (!this.#committing) this.#hangUp();
  };
  readonly #onClose = (): void => {
    this.#closing = true;
    this.#body?.fail('The client went away');
    this.#body = null;
    this.#closed.resolve();
  };

  #listen(socket: Socket): void {
    socket.on('data', this.#onData);
    socket.on('drain', this.#onDrain);
    socket.on('end', this.#onEnd);
    socket.on('close', this.#onClose);
    socket.on('error', (error) => {
      this.#shared.log.debug('SMTP connection', { session: this.id, error: describeError(error) });
    });
  }

  #leave(socket: Socket): void {
    socket.off('data', this.#onData);
    socket.off('drain', this.#onDrain);
    socket.off('end', this.#onEnd);
    socket.off('close', this.#onClose);
  }

  #perform(action: Action): void {
    switch (action.kind) {
      case 'write':
        this.#out += action.text;
        return;
      case 'mail':
        return this.#askMail(action);
      case 'recipient':
        return this.#askRecipient(action);
      case 'message':
        return this.#commit(() => this.#ask(action.head, action.body));
      case 'message-begins':
        return this.#begin(action.head);
      case 'piece':
        this.#body?.push(action.bytes);
        return;
      case 'message-ends':
        return this.#finish();
      case 'message-refused':
        this.#body?.fail('The message was refused');
        this.#body = null;
        this.#early = null;
        return;
      case 'start-tls':
        return this.#startTls();
      case 'xclient':
        return this.machine.refuse(say.NOT_PERMITTED);
      case 'refused':
        this.#shared.refused(action.reason);
        this.#shared.log.debug('Refused', { session: this.id, reason: action.reason });
        return;
      case 'close':
        return this.#hangUp();
    }
  }

  #askMail(action: Extract<Action, { kind: 'mail' }>): void {
    const limited = this.#client.message(this.#shared.clock.now());
    if (limited !== null) return this.machine.answerMail(action, this.#limit(limited));
    this.#settle(
      () => this.#shared.policy.mailFrom(this.#factsNow(), action.announced),
      (refusal) => this.machine.answerMail(action, refusal),
      () => this.machine.answerMail(action, say.OUR_FAULT),
    );
  }

  #askRecipient({ announced, address }: Extract<Action, { kind: 'recipient' }>): void {
    const limited = this.#client.recipient(this.#shared.clock.now());
    const refuse = (reply: SmtpReply): void =>
      this.machine.answerRecipient({ accept: false, reply });
    if (limited !== null) return refuse(this.#limit(limited));
    this.#settle(
      () => this.#shared.policy.recipient(this.#factsNow(), announced, address),
      (answer) => {
        const unknown = !answer.accept && answer.reply.enhanced === '5.1.1';
        if (unknown) this.#client.unknownRecipient(this.#shared.clock.now());
        this.machine.answerRecipient(answer);
      },
      () => refuse(say.OUR_FAULT),
    );
  }

  #limit({ reply, reason }: Limited): SmtpReply {
    this.#shared.refused(reason);
    return reply;
  }

  #ask(head: MessageHead, body: Uint8Array | BodyPieces): Answer<SmtpReply> {
    const { announced, recipients } = head;
    const { from, bodyType, smtpUtf8 } = announced;
    const session = this.#factsNow();
    return this.#shared.policy.message({ session, from, recipients, bodyType, smtpUtf8, body });
  }

  /** A message that is passed on while it comes: the policy may have made up its mind before the end. */
  #begin(head: MessageHead): void {
    const body = new BodyPieces(() => this.run());
    this.#body = body;
    this.#early = (async () => this.#ask(head, body))();
    // Looked at when the message ends; until then a failure is nobody's.
    this.#early.catch(() => undefined);
  }

  #finish(): void {
    const early = this.#early ?? Promise.reject(new Error('No message was begun'));
    this.#body?.end();
    this.#body = null;
    this.#early = null;
    this.#commit(() => early);
  }

  #commit(ask: () => Answer<SmtpReply>): void {
    this.#committing = true;
    const done = (reply: SmtpReply): void => {
      this.#committing = false;
      this.machine.answerMessage(reply);
      if (this.#shared.stopping) this.machine.refuse(say.STOPPING);
    };
    this.#settle(ask, done, () => done(say.OUR_FAULT));
  }

  /** Whatever the policy throws becomes `451` (invariant 1). */
  #settle<T>(ask: () => Answer<T>, done: (answer: T) => void, failed: () => void): void {
    const fail = (error: unknown): void => {
      const facts = { session: this.id, error: describeError(error) };
      this.#shared.log.error('Reception failed inside', facts);
      failed();
    };
    let answer: Answer<T>;
    try {
      answer = ask();
    } catch (error) {
      return fail(error);
    }
    if (!(answer instanceof Promise)) return done(answer);
    answer.then(
      (value) => {
        done(value);
        this.run();
      },
      (error: unknown) => {
        fail(error);
        this.run();
      },
    );
  }

  #startTls(): void {
    this.#flush();
    const context = this.#shared.secureContext();
    if (context === null || this.#socket.readableLength > 0)
      return this.machine.refuse(say.OUT_OF_STEP);
    this.#securing = true;
    this.#since = this.#shared.clock.now();
    this.#leave(this.#socket);
    this.#socket = upgradeToTls(this.#socket, context, (tls) => {
      this.#securing = false;
      this.#since = this.#shared.clock.now();
      this.machine.secured(tls);
      this.run();
    });
    this.#listen(this.#socket);
  }

  #factsNow(): SessionFacts {
    const { helo, tls, extended } = this.machine;
    const protocol = extended ? 'ESMTP' : 'SMTP';
    const facts = this.#facts;
    if (facts?.helo === helo && facts.tls === tls && facts.protocol === protocol) return facts;
    this.#facts = { id: this.id, clientIp: this.#clientIp, helo, protocol, tls };
    return this.#facts;
  }

  #backlogged(): boolean {
    return this.#socket.writableLength > UNREAD_REPLIES;
  }

  #flush(): void {
    if (this.#out === '') return;
    const out = this.#out;
    this.#out = '';
    this.#since = this.#shared.clock.now();
    this.#lastBytes = this.#since;
    this.#dataBytes = 0;
    if (this.#socket.writable) this.#socket.write(out, 'latin1');
  }

  /** Reads on, or stops reading: what is not read waits with the client. */
  #regulate(): void {
    const enough =
      this.#body?.full === true || this.#backlogged() || this.machine.waiting > READ_AHEAD;
    if (enough === this.#paused || this.#closing) return;
    this.#paused = enough;
    const now = this.#shared.clock.now();
    if (enough) {
      this.#pausedAt = now;
      this.#socket.pause();
    } else {
      // What the client waited for us is not its own slowness.
      this.#since += now - this.#pausedAt;
      this.#lastBytes = now;
      this.#socket.resume();
    }
  }

  #hangUp(): void {
    this.#flush();
    if (this.#closing) return;
    this.#closing = true;
    this.#since = this.#shared.clock.now();
    this.#body?.fail('The session was ended');
    this.#body = null;
    // Read on until the client hangs up: closing over unread bytes would reset, and take our last reply with it.
    this.#socket.end();
    this.#socket.resume();
  }
}

/** A connection that is not even begun. */
export function turnAway(socket: Socket, reply: SmtpReply): void {
  socket.on('error', () => undefined);
  socket.resume();
  socket.end(encodeReply(reply), 'latin1');
  const timer = setTimeout(() => socket.destroy(), LINGER);
  socket.once('close', () => clearTimeout(timer));
}
