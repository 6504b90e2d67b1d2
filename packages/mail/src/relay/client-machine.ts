import type { AttemptOutcome } from '@holdfast/domain';
import { NO_CAPABILITIES, readCapabilities, type Capabilities } from './capabilities.ts';
import { loginLines, type SmtpLogin } from './client-login.ts';
import {
  createClientTransaction,
  type ClientTransaction,
  type TransactionRequest,
  type TransactionResult,
  type TransactionStep,
} from './client-transaction.ts';
import { network, replyOutcome } from './outcome.ts';
import { createReplyReader, ReplyError, replyText, type SmtpReply } from './reply-reader.ts';

/** `never`: in clear; `may`: where it is offered (RFC 7435); `must`: or not at all. */
export type TlsUse = 'never' | 'may' | 'must';

export type ClientStep =
  | TransactionStep
  /** The shell makes the socket a TLS one and calls `secured`, or `lost`. Nothing is read in clear until then. */
  | { readonly kind: 'start-tls' }
  | { readonly kind: 'ready'; readonly capabilities: Capabilities }
  /** The session is over. `outcome` says why when it never became ready. */
  | { readonly kind: 'ended'; readonly outcome: AttemptOutcome };

/** What an answer is awaited to; each has a patience of its own (RFC 5321 §4.5.3.2). */
export type ClientWait =
  | 'greeting'
  | 'command'
  | 'data'
  | 'block'
  | 'dot'
  | 'handshake'
  | 'nothing';

/** One SMTP session as a client: bytes in, steps out. No socket, no clock. */
export interface ClientMachine {
  receive(bytes: Uint8Array): readonly ClientStep[];
  /** The handshake is done: everything said before is forgotten, and the host is greeted anew (RFC 3207 §4.2). */
  secured(): readonly ClientStep[];
  /** Only when ready and nothing is under way. */
  submit(request: TransactionRequest): readonly ClientStep[];
  bodySent(): void;
  /** The connection is gone, or a patience has ended. */
  lost(outcome: AttemptOutcome): readonly ClientStep[];
  quit(): readonly ClientStep[];
  waitsFor(): ClientWait;
}

type Phase =
  | 'greeting'
  | 'ehlo'
  | 'helo'
  | 'starttls'
  | 'handshake'
  | 'auth'
  | 'ready'
  | 'transaction'
  | 'over';

export function createClientMachine(options: {
  /** Our public name. */
  readonly helo: string;
  readonly tls: TlsUse;
  /** Only for a host whose certificate is verified (`must`): the password goes to nobody else. */
  readonly login?: SmtpLogin | null;
}): ClientMachine {
  const reader = createReplyReader();
  let phase: Phase = 'greeting';
  let capabilities = NO_CAPABILITIES;
  let secure = false;
  let transaction: ClientTransaction | null = null;
  let resetFirst = false;
  let stillToSay: readonly string[] = [];

  const write = (text: string): readonly ClientStep[] => [{ kind: 'write', text }];

  function end(outcome: AttemptOutcome): readonly ClientStep[] {
    phase = 'over';
    return [{ kind: 'ended', outcome }];
  }

  function greet(verb: 'ehlo' | 'helo'): readonly ClientStep[] {
    phase = verb;
    return write(`${verb.toUpperCase()} ${options.helo}\r\n`);
  }

  function becomeReady(): readonly ClientStep[] {
    if (options.tls === 'must' && !secure)
      return end(network('tls', 'the host does not offer STARTTLS'));
    return options.login === null || options.login === undefined ? open() : signIn(options.login);
  }

  function open(): readonly ClientStep[] {
    phase = 'ready';
    return [{ kind: 'ready', capabilities }];
  }

  function signIn(login: SmtpLogin): readonly ClientStep[] {
    if (!secure || options.tls !== 'must')
      return end(network('tls', 'the password is sent only within verified TLS'));
    const lines = loginLines(capabilities, login);
    if (lines === null)
      return end(network('dropped', 'the host offers neither AUTH PLAIN nor LOGIN'));
    phase = 'auth';
    return sayNext(lines);
  }

  function sayNext([next, ...rest]: readonly string[]): readonly ClientStep[] {
    stillToSay = rest;
    return next === undefined ? [] : write(`${next}\r\n`);
  }

  /** A refusal is about us and our settings, never about the message: it is tried again and no reason to bounce. */
  function takeAuth(reply: SmtpReply): readonly ClientStep[] {
    if (reply.code === 235) return open();
    if (reply.code === 334 && stillToSay.length > 0) return sayNext(stillToSay);
    return end(network('dropped', `AUTH was answered with ${reply.code} ${replyText(reply)}`));
  }

  function takeEhlo(reply: SmtpReply): readonly ClientStep[] {
    if (reply.code === 421) return end(replyOutcome(reply));
    // Old hosts know only HELO (RFC 5321 §3.2). Within TLS a host that offered STARTTLS knows EHLO.
    if (reply.code >= 500 && !secure) return greet('helo');
    if (reply.code >= 300) return end(replyOutcome(reply));
    capabilities = readCapabilities(reply);
    if (secure || options.tls === 'never' || !capabilities.startTls) return becomeReady();
    phase = 'starttls';
    return write('STARTTLS\r\n');
  }

  function takeStartTls(reply: SmtpReply): readonly ClientStep[] {
    if (reply.code === 220) {
      // What came in the same breath was said by anybody on the way (response injection, CVE-2021-38371 and its like).
      reader.forget();
      phase = 'handshake';
      return [{ kind: 'start-tls' }];
    }
    if (options.tls === 'must')
      return end(network('tls', `STARTTLS was answered with ${reply.code} ${replyText(reply)}`));
    return reply.code === 421 ? end(replyOutcome(reply)) : becomeReady();
  }

  function inTransaction(steps: readonly TransactionStep[]): readonly ClientStep[] {
    const settled = steps.find((step) => step.kind === 'settled');
    if (settled === undefined) return steps;
    return [...steps.filter((step) => step !== settled), ...afterTransaction(settled.result)];
  }

  function afterTransaction(result: TransactionResult): readonly ClientStep[] {
    resetFirst = transaction?.needsReset() ?? false;
    transaction = null;
    phase = result.reusable ? 'ready' : 'over';
    return [{ kind: 'settled', result }];
  }

  function takeReply(reply: SmtpReply): readonly ClientStep[] {
    switch (phase) {
      case 'greeting':
        return reply.code === 220 ? greet('ehlo') : end(refusedAtDoor(reply));
      case 'ehlo':
        return takeEhlo(reply);
      case 'helo':
        return reply.code < 300 ? becomeReady() : end(refusedAtDoor(reply));
      case 'starttls':
        return takeStartTls(reply);
      case 'auth':
        return takeAuth(reply);
      case 'transaction':
        return transaction === null ? [] : inTransaction(transaction.take(reply));
      case 'ready':
        // Nobody asked: the host is leaving (421), or it has lost count.
        return end(replyOutcome(reply));
      case 'handshake':
      case 'over':
        return [];
    }
  }

  function lose(outcome: AttemptOutcome): readonly ClientStep[] {
    if (phase === 'over') return [];
    if (transaction === null) {
      const handshake = phase === 'handshake';
      const text = outcome.kind === 'network' ? outcome.text : '';
      return end(handshake ? network('tls', text) : outcome);
    }
    const result = transaction.lost(outcome);
    transaction = null;
    phase = 'over';
    return [{ kind: 'settled', result }];
  }

  return {
    receive(bytes) {
      if (phase === 'handshake' || phase === 'over') return [];
      const steps: ClientStep[] = [];
      try {
        reader.push(bytes);
        for (let reply = reader.next(); reply !== null; reply = reader.next())
          steps.push(...takeReply(reply));
      } catch (error) {
        if (!(error instanceof ReplyError)) throw error;
        steps.push(...lose(network('dropped', `protocol: ${error.message}`)));
      }
      return steps;
    },
    secured() {
      secure = true;
      reader.forget();
      capabilities = NO_CAPABILITIES;
      return greet('ehlo');
    },
    submit(request) {
      if (phase !== 'ready') {
        const gone = createClientTransaction(request, capabilities, false);
        const result = gone.lost(network('dropped', 'the connection was closed'));
        return [{ kind: 'settled', result }];
      }
      transaction = createClientTransaction(request, capabilities, resetFirst);
      phase = 'transaction';
      return inTransaction(transaction.start());
    },
    bodySent: () => transaction?.bodySent(),
    lost: lose,
    quit() {
      if (phase !== 'ready') return [];
      phase = 'over';
      return write('QUIT\r\n');
    },
    waitsFor: () => waitOf(phase, transaction),
  };
}

/** A greeting or HELO that is neither yes nor no is no SMTP. */
function refusedAtDoor(reply: SmtpReply): AttemptOutcome {
  return reply.code >= 400
    ? replyOutcome(reply)
    : network('dropped', `protocol: greeted with ${reply.code}`);
}

function waitOf(phase: Phase, transaction: ClientTransaction | null): ClientWait {
  switch (phase) {
    case 'greeting':
      return 'greeting';
    case 'ehlo':
    case 'helo':
    case 'starttls':
    case 'auth':
      return 'command';
    case 'handshake':
      return 'handshake';
    case 'ready':
    case 'over':
      return 'nothing';
    case 'transaction':
      switch (transaction?.awaited() ?? 'mail') {
        case 'data':
          return 'data';
        case 'body':
          return 'block';
        case 'dot':
          return 'dot';
        case 'reset':
        case 'mail':
        case 'rcpt':
          return 'command';
      }
  }
}
