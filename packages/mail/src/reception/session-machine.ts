import type {
  AcceptedRecipient,
  AnnouncedMessage,
  RecipientAnswer,
  SmtpReply,
} from '@holdfast/application';
import { GOES_ON, parseCommand, type Command } from './command-parser.ts';
import type { HopProblem } from './hop-guard.ts';
import { MessageIntake } from './message-intake.ts';
import { encodeLines, encodeReply } from './reply-encoding.ts';
import * as say from './replies.ts';
import type { Action, RefusalReason } from './session-actions.ts';
import { SessionInput } from './session-input.ts';

/** Refusals of the protocol's own in one session, as Postfix `smtpd_hard_error_limit`. */
export const MAX_ERRORS = 20;
/** Commands that bring no message nearer, since the last accepted one, as Postfix `smtpd_junk_command_limit`. */
export const MAX_IDLE_COMMANDS = 100;
/** A client that goes on so far beyond the size it was told is cut off. Unit: bytes. */
const READ_ON_LIMIT = 16 * 1024 * 1024;

export interface SessionOptions {
  /** Our name: the greeting and EHLO begin with it. */
  readonly hostname: string;
  readonly maxMessageBytes: number;
  readonly maxLineBytes: number;
  readonly maxRecipients: number;
  readonly startTls: boolean;
  readonly smtpUtf8: boolean;
  /** Looks at the beginning of a message. */
  readonly hops: (head: Buffer) => HopProblem | null;
}

type Phase =
  /** Before our greeting: whatever comes now is out of turn. */
  | 'silent'
  | 'command'
  | 'data'
  /** The shell owes an answer. */
  | 'asking'
  | 'closed';

interface Transaction {
  readonly announced: AnnouncedMessage;
  /** By address as compared: two spellings are one recipient. */
  readonly recipients: Map<string, AcceptedRecipient>;
}

/**
 * One SMTP session: bytes in, actions out. No sockets, no timers, no clock. The shell calls `receive` with what comes,
 * then `next` until it returns null, and answers the actions that ask. What `next` was not called for waits here, so a
 * shell that stops calling has stopped reading.
 */
export class SessionMachine {
  /** As the client introduced itself; empty before. */
  helo = '';
  /** False after HELO: such a client knows no extension, so it may not send ahead either. */
  extended = false;
  tls: string | null = null;
  readonly #options: SessionOptions;
  /** XCLIENT is announced and taken: only for listed addresses. */
  readonly #takesXclient: boolean;
  #phase: Phase = 'silent';
  readonly #input = new SessionInput();
  #actions: Action[] = [];
  #transaction: Transaction | null = null;
  #intake: MessageIntake | null = null;
  #errors = 0;
  #idleCommands = 0;

  constructor(options: SessionOptions, takesXclient = false) {
    this.#options = options;
    this.#takesXclient = takesXclient;
  }

  /** Bytes that wait to be looked at. */
  get waiting(): number {
    return this.#input.waiting;
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Says hello, at the beginning and again after XCLIENT. */
  introduce(): void {
    if (this.#phase === 'closed') return;
    this.#forgetClient();
    this.#phase = this.waiting > 0 ? 'silent' : 'command';
    // RFC 5321 §4.2: the host name comes first. The name of the product helps nobody but scanners.
    if (this.waiting === 0) this.#write(encodeLines(220, [`${this.#options.hostname} ESMTP`]));
  }

  receive(chunk: Buffer): void {
    if (this.#phase !== 'closed') this.#input.receive(chunk);
  }

  /** Null: wait for bytes, or for the answer that is owed. */
  next(): Action | null {
    for (;;) {
      const action = this.#actions.shift();
      if (action !== undefined) return action;
      if (this.waiting === 0) return null;
      switch (this.#phase) {
        case 'silent':
          this.refuse(say.TALKS_FIRST, 'early-talker');
          break;
        case 'command':
          if (!this.#takeCommand()) return null;
          break;
        case 'data':
          this.#takeData();
          break;
        case 'asking':
        case 'closed':
          return null;
      }
    }
  }

  /** `refusal` null: the sender may go on. */
  answerMail(asked: Extract<Action, { kind: 'mail' }>, refusal: SmtpReply | null): void {
    if (!this.#settle()) return;
    if (refusal !== null) return this.#reply(refusing(refusal));
    this.#transaction = { announced: asked.announced, recipients: new Map() };
    this.#reply(say.SENDER_OK);
  }

  answerRecipient(answer: RecipientAnswer): void {
    if (!this.#settle()) return;
    if (!answer.accept) return this.#reply(refusing(answer.reply));
    const { recipient } = answer;
    this.#transaction?.recipients.set(recipient.address.toLowerCase(), recipient);
    this.#reply(say.RECIPIENT_OK);
  }

  answerMessage(answer: SmtpReply): void {
    if (!this.#settle()) return;
    this.#endTransaction();
    if (answer.code < 200 || answer.code > 299) return this.#reply(refusing(answer));
    this.#idleCommands = 0;
    this.#reply(answer);
  }

  /** RFC 3207 §4.2: what was said in clear is forgotten. */
  secured(tls: string): void {
    if (!this.#settle()) return;
    this.#forgetClient();
    this.tls = tls;
  }

  /** Null: the client is now another one, and is greeted anew (Postfix XCLIENT_README). */
  answerXclient(refusal: SmtpReply | null): void {
    if (!this.#settle()) return;
    if (refusal === null) this.introduce();
    else this.#error(refusing(refusal));
  }

  /** Says why and closes, in whatever phase. A message that was begun is void. */
  refuse(reply: SmtpReply, reason: RefusalReason | null = null): void {
    if (this.#phase === 'closed') return;
    if (reason !== null) this.#actions.push({ kind: 'refused', reason });
    this.#intake?.abandon(this.#actions);
    this.#endTransaction();
    this.#phase = 'closed';
    this.#input.forget();
    this.#write(encodeReply(reply));
    this.#actions.push({ kind: 'close' });
  }

  /** False: the line is not complete yet. */
  #takeCommand(): boolean {
    const line = this.#input.takeLine();
    if (line === null) return false;
    if (line === 'too-long') this.refuse(say.LINE_TOO_LONG, 'command-too-long');
    else this.#obey(parseCommand(line, this.#options.smtpUtf8));
    return true;
  }

  #obey(command: Command): void {
    // RFC 2920 §3.1 says which commands end a group; before EHLO nobody may send ahead at all.
    if (this.waiting > 0 && !(this.extended && GOES_ON[command.verb])) {
      return this.refuse(say.OUT_OF_STEP, 'out-of-step');
    }
    switch (command.verb) {
      case 'helo':
      case 'ehlo':
        return this.#hello(command.verb === 'ehlo', command.name);
      case 'mail':
        return this.#mail(command.announced);
      case 'rcpt':
        return this.#recipient(command.to);
      case 'data':
        return this.#data();
      case 'rset':
        this.#endTransaction();
        return this.#idle(encodeReply(say.OK));
      case 'noop':
        return this.#idle(encodeReply(say.OK));
      case 'help':
        return this.#idle(encodeReply(say.HELP));
      case 'vrfy':
        return this.#idle(encodeReply(say.CANNOT_VERIFY));
      case 'quit':
        return this.refuse(say.GOODBYE);
      case 'starttls':
        return this.#startTls();
      case 'xclient':
        return this.#xclient(command.attributes);
      case 'refused':
        return this.#error(say.NOT_IMPLEMENTED);
      case 'content':
        return this.refuse(say.NOT_IMPLEMENTED, 'not-smtp');
      case 'foreign':
        return this.refuse(say.NOT_SMTP, 'not-smtp');
      case 'unknown':
        return this.#error(say.UNKNOWN_COMMAND);
      case 'malformed':
        return this.#error(command.reply);
    }
  }

  #hello(extended: boolean, name: string): void {
    this.#endTransaction();
    this.helo = name;
    this.extended = extended;
    const { hostname, maxMessageBytes, startTls, smtpUtf8 } = this.#options;
    if (!extended) return this.#idle(encodeLines(250, [hostname]));
    const lines = [hostname, 'PIPELINING', '8BITMIME', 'ENHANCEDSTATUSCODES'];
    if (smtpUtf8) lines.push('SMTPUTF8');
    if (startTls && this.tls === null) lines.push('STARTTLS');
    if (this.#takesXclient) lines.push('XCLIENT NAME ADDR PORT PROTO HELO');
    lines.push(`SIZE ${maxMessageBytes}`);
    this.#idle(encodeLines(250, lines));
  }

  #mail(announced: AnnouncedMessage): void {
    if (this.helo === '') return this.#error(say.SAY_HELLO);
    if (this.#transaction !== null) return this.#error(say.NESTED_MAIL);
    if ((announced.size ?? 0) > this.#options.maxMessageBytes) return this.#reply(say.TOO_BIG);
    this.#ask({ kind: 'mail', announced });
  }

  #recipient(address: string): void {
    const transaction = this.#transaction;
    if (transaction === null) return this.#error(say.NEED_MAIL);
    if (!transaction.announced.smtpUtf8 && !/^[\x20-\x7e]*$/.test(address)) {
      return this.#reply(say.NO_UTF8_ADDRESSES);
    }
    // No error to be counted: RFC 5321 §4.5.3.1.10 lets the client send the rest apart.
    if (transaction.recipients.size >= this.#options.maxRecipients) {
      return this.#reply(say.TOO_MANY_RECIPIENTS);
    }
    this.#ask({ kind: 'recipient', announced: transaction.announced, address });
  }

  #data(): void {
    const transaction = this.#transaction;
    if (transaction === null) return this.#error(say.NEED_MAIL);
    if (transaction.recipients.size === 0) return this.#error(say.NO_RECIPIENTS);
    const { announced } = transaction;
    const head = { announced, recipients: [...transaction.recipients.values()] };
    const { maxMessageBytes, maxLineBytes, hops } = this.#options;
    this.#intake = new MessageIntake(head, { maxBytes: maxMessageBytes, maxLineBytes }, hops);
    this.#phase = 'data';
    this.#write('354 End data with <CR><LF>.<CR><LF>\r\n');
  }

  #takeData(): void {
    const intake = this.#intake;
    if (intake === null) return;
    this.#input.pourInto(intake, this.#actions);
    if (!intake.ended) {
      const tooMuch = intake.length > this.#options.maxMessageBytes + READ_ON_LIMIT;
      return tooMuch ? this.refuse(say.TOO_BIG, 'message-size') : undefined;
    }
    this.#intake = null;
    this.#phase = 'asking';
    const refusal = intake.finish(this.#actions);
    if (refusal === null) return;
    this.#actions.push({ kind: 'refused', reason: refusal.reason });
    this.answerMessage(refusal.reply);
  }

  #startTls(): void {
    if (!this.#options.startTls) return this.#error(say.NOT_IMPLEMENTED);
    if (this.tls !== null) return this.#error(say.TLS_ALREADY);
    if (this.#transaction !== null) return this.#error(say.NOT_INSIDE_MESSAGE);
    this.#reply(say.GO_SECURE);
    this.#ask({ kind: 'start-tls' });
  }

  #xclient(attributes: ReadonlyMap<string, string>): void {
    if (!this.#takesXclient) return this.#error(say.NOT_PERMITTED);
    if (this.#transaction !== null) return this.#error(say.NOT_INSIDE_MESSAGE);
    this.#ask({ kind: 'xclient', attributes });
  }

  #endTransaction(): void {
    this.#transaction = null;
    this.#intake = null;
  }

  #forgetClient(): void {
    this.#endTransaction();
    this.helo = '';
    this.extended = false;
  }

  #ask(action: Action): void {
    this.#phase = 'asking';
    this.#actions.push(action);
  }

  /** False when the session has ended meanwhile. */
  #settle(): boolean {
    if (this.#phase !== 'asking') return false;
    this.#phase = 'command';
    return true;
  }

  #idle(text: string): void {
    this.#idleCommands += 1;
    if (this.#idleCommands > MAX_IDLE_COMMANDS)
      return this.refuse(say.TOO_MANY_IDLE_COMMANDS, 'idle-commands');
    this.#write(text);
  }

  #error(reply: SmtpReply): void {
    this.#errors += 1;
    if (this.#errors > MAX_ERRORS) return this.refuse(say.TOO_MANY_ERRORS, 'errors');
    this.#reply(reply);
  }

  /** RFC 5321 §3.8: after 421 the server closes. */
  #reply(reply: SmtpReply): void {
    if (reply.code === 421) return this.refuse(reply);
    this.#write(encodeReply(reply));
  }

  #write(text: string): void {
    this.#actions.push({ kind: 'write', text });
  }
}

/** A refusal must refuse: a code that means yes or "go on" would confirm what was not accepted. */
function refusing(answer: SmtpReply): SmtpReply {
  return answer.code >= 400 && answer.code <= 599 ? answer : say.OUR_FAULT;
}
