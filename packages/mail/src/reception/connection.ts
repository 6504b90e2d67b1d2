import type {
  Answer,
  Clock,
  Log,
  ReceptionPolicy,
  SessionFacts,
  SmtpReply,
} from '@holdfast/application';
import { parseIp } from '@holdfast/domain';
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { describeError } from '../spool/file-system.ts';
import type { BodyPieces } from './body-pieces.ts';
import type { AdmittedClient, Limited } from './client-limits.ts';
import { ClientSocket } from './client-socket.ts';
import { isTooSlow, type PaceLimits } from './data-pace.ts';
import { MessageHandover } from './message-handover.ts';
import * as say from './replies.ts';
import type { Action, MessageHead, RefusalReason } from './session-actions.ts';
import { SessionMachine, type SessionOptions } from './session-machine.ts';

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
  readonly admit: (ip: string) => AdmittedClient | Limited;
  /** The client waited for its greeting and then began a message. */
  readonly behaved: (ip: string) => void;
  /** True once the reception stops: sessions then end as soon as they may. */
  stopping: boolean;
}

/** Bytes that a client may send ahead while an answer is owed; then it is not read from. */
const READ_AHEAD = 64 * 1024;

let sessions = 0;

/** The shell around one machine: a socket, the policy, time. It decides nothing about the protocol. */
export class Connection {
  readonly id: string;
  readonly #machine: SessionMachine;
  readonly #shared: SharedReception;
  readonly #socket: ClientSocket;
  readonly #message: MessageHandover;
  #client: AdmittedClient;
  #clientIp: string;
  /** The name that a listed XCLIENT host gives for whom it speaks. */
  #namedHelo: string | null = null;
  #running = false;
  #behaved = false;
  #facts: SessionFacts | null = null;
  readonly #closed = Promise.withResolvers<void>();

  constructor(
    socket: Socket,
    who: { readonly ip: string; readonly client: AdmittedClient; readonly mayXclient: boolean },
    shared: SharedReception,
  ) {
    this.#clientIp = who.ip;
    this.#client = who.client;
    this.#shared = shared;
    sessions += 1;
    this.id = sessions.toString(36);
    this.#machine = new SessionMachine(shared.session, who.mayXclient);
    this.#message = new MessageHandover(
      (head, body) => this.#askMessage(head, body),
      () => this.#run(),
    );
    this.#socket = new ClientSocket(socket, shared.clock, {
      data: (chunk) => {
        this.#machine.receive(chunk);
        this.#run();
      },
      drain: () => this.#run(),
      end: () => {
        if (!this.#message.committing) this.#hangUp('The client went away');
      },
      close: () => {
        this.#message.fail('The client went away');
        this.#client.release();
        this.#closed.resolve();
      },
      error: (error) => {
        shared.log.debug('SMTP connection', { session: this.id, error: describeError(error) });
      },
    });
  }

  /** Resolves when the socket is gone. */
  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  introduce(): void {
    if (this.#socket.closing) return;
    this.#machine.introduce();
    this.#run();
  }

  /** Bytes that came before anything was said. */
  receiveEarly(bytes: Buffer): void {
    this.#machine.receive(bytes);
    this.#run();
  }

  /** 421 at once, or behind the reply of the message that is being committed. */
  stop(): void {
    if (this.#message.committing || this.#socket.closing) return;
    if (this.#socket.securing) this.#socket.destroy();
    else this.#refuse(say.STOPPING, null);
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** Called now and then: ends what takes too long. */
  checkTime(now: number): void {
    const { socketTimeout, pace } = this.#shared;
    if (this.#socket.isOverdue(now, socketTimeout)) return this.#socket.destroy();
    if (this.#socket.closing || this.#socket.paused) return;
    const waited = this.#socket.waited(now);
    if (this.#machine.phase === 'command' && waited > socketTimeout) {
      this.#refuse(say.IDLE_TOO_LONG, 'timeout');
    } else if (this.#machine.phase === 'data') {
      const silent = this.#socket.silent(now) > socketTimeout;
      if (silent || isTooSlow(waited, this.#socket.bytesSinceWrite, pace)) {
        this.#refuse(say.DATA_TOO_SLOW, 'timeout');
      }
    }
  }

  #refuse(reply: SmtpReply, reason: RefusalReason | null): void {
    // First: a policy that is behind would hold up the refusal too.
    this.#message.fail('The session was ended');
    this.#machine.refuse(reply, reason);
    this.#run();
  }

  #run(): void {
    if (this.#running) return;
    this.#running = true;
    while (!this.#socket.securing && !this.#message.full && !this.#socket.backlogged) {
      const action = this.#machine.next();
      if (action === null) break;
      this.#perform(action);
    }
    this.#running = false;
    this.#socket.flush();
    this.#socket.pause(
      this.#message.full || this.#socket.backlogged || this.#machine.waiting > READ_AHEAD,
    );
    if (this.#socket.ended && !this.#message.committing) this.#hangUp('The client went away');
  }

  #perform(action: Action): void {
    switch (action.kind) {
      case 'write':
        return this.#socket.write(action.text);
      case 'mail':
        return this.#askMail(action);
      case 'recipient':
        return this.#askRecipient(action);
      case 'message':
        return this.#commit(() => this.#message.whole(action.head, action.body));
      case 'message-begins':
        return this.#message.begin(action.head);
      case 'piece':
        return this.#message.piece(action.bytes);
      case 'message-ends':
        return this.#commit(() => this.#message.end());
      case 'message-refused':
        return this.#message.fail('The message was refused');
      case 'start-tls':
        return this.#startTls();
      case 'xclient':
        return this.#become(action.attributes);
      case 'refused':
        return this.#count(action.reason);
      case 'close':
        return this.#hangUp('The session was ended');
    }
  }

  #askMail(action: Extract<Action, { kind: 'mail' }>): void {
    if (!this.#behaved) this.#shared.behaved(this.#clientIp);
    this.#behaved = true;
    const limited = this.#client.message(this.#shared.clock.now());
    if (limited !== null) return this.#machine.answerMail(action, this.#limit(limited));
    this.#settle(
      () => this.#shared.policy.mailFrom(this.#factsNow(), action.announced),
      (refusal) => this.#machine.answerMail(action, refusal),
      () => this.#machine.answerMail(action, say.OUR_FAULT),
    );
  }

  #askRecipient({ announced, address }: Extract<Action, { kind: 'recipient' }>): void {
    const limited = this.#client.recipient(this.#shared.clock.now());
    const refuse = (reply: SmtpReply): void =>
      this.#machine.answerRecipient({ accept: false, reply });
    if (limited !== null) return refuse(this.#limit(limited));
    this.#settle(
      () => this.#shared.policy.recipient(this.#factsNow(), announced, address),
      (answer) => {
        const unknown = !answer.accept && answer.reply.enhanced === '5.1.1';
        if (unknown) this.#client.unknownRecipient(this.#shared.clock.now());
        this.#machine.answerRecipient(answer);
      },
      () => refuse(say.OUR_FAULT),
    );
  }

  #askMessage(head: MessageHead, body: Uint8Array | BodyPieces): Answer<SmtpReply> {
    const { announced, recipients } = head;
    const { from, bodyType, smtpUtf8 } = announced;
    const session = this.#factsNow();
    return this.#shared.policy.message({ session, from, recipients, bodyType, smtpUtf8, body });
  }

  #commit(ask: () => Answer<SmtpReply>): void {
    const done = (reply: SmtpReply): void => {
      this.#message.committing = false;
      this.#machine.answerMessage(reply);
      if (this.#shared.stopping) this.#machine.refuse(say.STOPPING);
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
        this.#run();
      },
      (error: unknown) => {
        fail(error);
        this.#run();
      },
    );
  }

  #startTls(): void {
    const context = this.#shared.secureContext();
    const begun =
      context !== null &&
      this.#socket.secure(context, (tls) => {
        this.#machine.secured(tls);
        this.#run();
      });
    if (!begun) this.#machine.refuse(say.OUT_OF_STEP, 'out-of-step');
  }

  /** XCLIENT: a listed host speaks for somebody else, who is limited as if he had connected himself. */
  #become(attributes: ReadonlyMap<string, string>): void {
    const given = attributes.get('ADDR')?.replace(/^IPV6:/i, '') ?? '[UNAVAILABLE]';
    const ip = /^\[(?:UNAVAILABLE|TEMPUNAVAIL)\]$/i.test(given) ? this.#clientIp : given;
    if (parseIp(ip) === null) return this.#machine.answerXclient(say.BAD_ARGUMENT);
    const helo = attributes.get('HELO');
    this.#namedHelo = helo === undefined || helo.startsWith('[') ? null : helo;
    if (ip !== this.#clientIp) {
      const admission = this.#shared.admit(ip);
      if ('reason' in admission) return this.#machine.refuse(this.#limit(admission));
      this.#client.release();
      this.#client = admission;
      this.#clientIp = ip;
    }
    this.#facts = null;
    this.#machine.answerXclient(null);
  }

  #factsNow(): SessionFacts {
    const { tls, extended } = this.#machine;
    const helo = this.#namedHelo ?? this.#machine.helo;
    const protocol = extended ? 'ESMTP' : 'SMTP';
    const facts = this.#facts;
    if (facts?.helo === helo && facts.tls === tls && facts.protocol === protocol) return facts;
    this.#facts = { id: this.id, clientIp: this.#clientIp, helo, protocol, tls };
    return this.#facts;
  }

  #limit({ reply, reason }: Limited): SmtpReply {
    this.#count(reason);
    return reply;
  }

  #count(reason: RefusalReason): void {
    this.#shared.refused(reason);
    this.#shared.log.debug('Refused', { session: this.id, ip: this.#clientIp, reason });
  }

  #hangUp(why: string): void {
    this.#message.fail(why);
    this.#socket.hangUp();
  }
}
