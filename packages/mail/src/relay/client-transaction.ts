import type { AttemptOutcome } from '@holdfast/domain';
import type { Capabilities } from './capabilities.ts';
import { network, replyOutcome } from './outcome.ts';
import type { SmtpReply } from './reply-reader.ts';

/** What one transaction asks for; addresses are in the form in which they go over the wire. */
export interface TransactionRequest {
  readonly from: string;
  readonly recipients: readonly string[];
  readonly bodyType: '7BIT' | '8BITMIME';
  readonly smtpUtf8: boolean;
  readonly envelopeId?: string | undefined;
  /** Bytes of the message; null asks for the recipients only and sends nothing. */
  readonly size: number | null;
}

export interface TransactionResult {
  /** One for each recipient. */
  readonly outcomes: ReadonlyMap<string, AttemptOutcome>;
  /** The session is in order and may carry another message. */
  readonly reusable: boolean;
  /**
   * Nothing of this transaction was answered, or only with "I am leaving" (421): on a kept session that says nothing
   * about the message.
   */
  readonly unanswered: boolean;
}

export type TransactionStep =
  | { readonly kind: 'write'; readonly text: string }
  /** 354 came for at least one recipient: the message and its final dot are to be sent, then `bodySent` called. */
  | { readonly kind: 'body' }
  | { readonly kind: 'settled'; readonly result: TransactionResult };

type Awaited = 'reset' | 'mail' | 'rcpt' | 'data' | 'body' | 'dot';

export interface ClientTransaction {
  start(): readonly TransactionStep[];
  take(reply: SmtpReply): readonly TransactionStep[];
  bodySent(): void;
  /** The session ended: whoever has no answer yet gets this outcome. */
  lost(outcome: AttemptOutcome): TransactionResult;
  awaited(): Awaited;
  /** The far end still holds this transaction's envelope: RSET before the next one. */
  needsReset(): boolean;
}

/**
 * MAIL, RCPT…, DATA, message. Where the host pipelines (RFC 2920) all commands go in one write; the replies are matched
 * in order. What a reply says is judged where it was asked for: a 250 to DATA or a 354 to RCPT is no answer but a host
 * that has lost count, and nothing that it says afterwards counts.
 */
export function createClientTransaction(
  request: TransactionRequest,
  capabilities: Capabilities,
  resetFirst: boolean,
): ClientTransaction {
  const { recipients } = request;
  const outcomes = new Map<string, AttemptOutcome>();
  const accepted: string[] = [];
  const commands = commandsOf(request, capabilities, resetFirst);
  let position = 0;
  let sent = 0;
  let answers = 0;
  let mailRefused: AttemptOutcome | null = null;
  /** The 421 to a recipient among pipelined ones: answers to the others may still come, the session is over anyway. */
  let leaving: AttemptOutcome | null = null;
  let mailOpen = resetFirst;
  let stage: 'commands' | 'body' | 'dot' = 'commands';
  let over = false;

  const missing = (outcome: AttemptOutcome): void => {
    for (const recipient of recipients)
      if (!outcomes.has(recipient)) outcomes.set(recipient, outcome);
  };

  function settle(reusable: boolean, unanswered = false): readonly TransactionStep[] {
    over = true;
    const fit = reusable && leaving === null;
    return [{ kind: 'settled', result: { outcomes, reusable: fit, unanswered } }];
  }

  function broken(text: string): readonly TransactionStep[] {
    missing(network('dropped', text));
    return settle(false);
  }

  function send(): readonly TransactionStep[] {
    const until = capabilities.pipelining ? commands.length : Math.min(sent + 1, commands.length);
    let text = '';
    for (; sent < until; sent += 1) text += `${commands[sent]?.line ?? ''}\r\n`;
    return text === '' ? [] : [{ kind: 'write', text }];
  }

  /** After each answered command: the next one, or the end where there is nothing left to ask. */
  function proceed(): readonly TransactionStep[] {
    position += 1;
    if (!capabilities.pipelining && mailRefused !== null) return finish(mailRefused);
    const next = commands[position];
    if (next === undefined) return finish(mailRefused ?? network('dropped', 'no answer to DATA'));
    // Not yet sent, and nobody to send to: one question less.
    if (next.of === 'data' && sent <= position && accepted.length === 0)
      return finish(network('dropped', 'no recipient'));
    return sent <= position ? send() : [];
  }

  function finish(rest: AttemptOutcome): readonly TransactionStep[] {
    missing(rest);
    return settle(true);
  }

  function takeData(reply: SmtpReply): readonly TransactionStep[] {
    if (reply.code === 354) {
      if (accepted.length > 0) {
        stage = 'body';
        return [{ kind: 'body' }];
      }
      // Pipelined DATA that was granted although every recipient was refused (RFC 2920 §3.1): an empty message to nobody.
      stage = 'dot';
      return [{ kind: 'write', text: '.\r\n' }];
    }
    if (reply.code >= 400) return finish(mailRefused ?? replyOutcome(reply));
    return broken(`protocol: ${reply.code} in answer to DATA`);
  }

  function takeDot(reply: SmtpReply): readonly TransactionStep[] {
    if (reply.code >= 300 && reply.code < 400)
      return broken(`protocol: ${reply.code} in answer to the final dot; the result is unknown`);
    mailOpen = false;
    return finish(mailRefused ?? replyOutcome(reply));
  }

  function takeRecipient(reply: SmtpReply, recipient: string): readonly TransactionStep[] {
    if (reply.code >= 300 && reply.code < 400)
      return broken(`protocol: ${reply.code} in answer to RCPT`);
    // After a refused MAIL the pipelined RCPT are refused for the order of commands alone: that says nothing.
    if (mailRefused !== null) return proceed();
    if (reply.code === 421) leaving = replyOutcome(reply);
    if (reply.code >= 400 || request.size === null) outcomes.set(recipient, replyOutcome(reply));
    else accepted.push(recipient);
    return proceed();
  }

  function takeCommand(reply: SmtpReply): readonly TransactionStep[] {
    const command = commands[position];
    switch (command?.of ?? 'reset') {
      case 'reset':
        if (reply.code >= 300) {
          missing(network('dropped', `RSET was answered with ${reply.code}`));
          return settle(false, true);
        }
        mailOpen = false;
        return proceed();
      case 'mail':
        if (reply.code >= 300 && reply.code < 400)
          return broken(`protocol: ${reply.code} in answer to MAIL`);
        if (reply.code >= 400) mailRefused = replyOutcome(reply);
        else mailOpen = true;
        return proceed();
      case 'rcpt':
        return takeRecipient(reply, command?.recipient ?? '');
      case 'data':
        return takeData(reply);
    }
  }

  return {
    start: send,
    take(reply) {
      if (over) return [];
      const first = answers === 0;
      answers += 1;
      const isRecipient = stage === 'commands' && commands[position]?.of === 'rcpt';
      if (reply.code === 421 && !(isRecipient && capabilities.pipelining)) {
        missing(replyOutcome(reply));
        return settle(false, first);
      }
      if (stage === 'dot') return takeDot(reply);
      if (stage === 'body') {
        // An answer before the end of the message: a refusal counts, and the rest need not be sent.
        if (reply.code < 400)
          return broken(`protocol: ${reply.code} before the end of the message`);
        missing(replyOutcome(reply));
        return settle(false);
      }
      return takeCommand(reply);
    },
    bodySent() {
      if (stage === 'body') stage = 'dot';
    },
    lost(outcome) {
      over = true;
      missing(leaving ?? outcome);
      return { outcomes, reusable: false, unanswered: answers === 0 };
    },
    awaited: () => (stage === 'commands' ? (commands[position]?.of ?? 'data') : stage),
    needsReset: () => mailOpen,
  };
}

interface Command {
  readonly of: 'reset' | 'mail' | 'rcpt' | 'data';
  readonly line: string;
  readonly recipient?: string;
}

function commandsOf(
  request: TransactionRequest,
  capabilities: Capabilities,
  resetFirst: boolean,
): readonly Command[] {
  const commands: Command[] = [];
  if (resetFirst) commands.push({ of: 'reset', line: 'RSET' });
  commands.push({ of: 'mail', line: mailLine(request, capabilities) });
  for (const recipient of request.recipients)
    commands.push({ of: 'rcpt', line: `RCPT TO:<${recipient}>`, recipient });
  if (request.size !== null) commands.push({ of: 'data', line: 'DATA' });
  return commands;
}

function mailLine(request: TransactionRequest, capabilities: Capabilities): string {
  let line = `MAIL FROM:<${request.from}>`;
  if (request.size !== null && capabilities.size !== null) line += ` SIZE=${request.size}`;
  if (request.bodyType === '8BITMIME' && capabilities.eightBitMime) line += ' BODY=8BITMIME';
  if (request.smtpUtf8) line += ' SMTPUTF8';
  if (request.envelopeId !== undefined && capabilities.dsn) line += ` ENVID=${request.envelopeId}`;
  return line;
}
