import type { SmtpReply } from '@holdfast/application';
import type { Action } from '../reception/session-actions.ts';
import { SessionMachine, type SessionOptions } from '../reception/session-machine.ts';

export const sessionOptions: SessionOptions = {
  hostname: 'mx.holdfast.example',
  maxMessageBytes: 1_000_000,
  maxLineBytes: 100_000,
  maxRecipients: 100,
  startTls: true,
  smtpUtf8: false,
  hops: () => null,
};

interface TakenMessage {
  readonly from: string;
  readonly recipients: readonly string[];
  readonly body: string;
}

export interface Harness {
  readonly machine: SessionMachine;
  readonly messages: TakenMessage[];
  readonly actions: Action['kind'][];
  /** True once the machine has asked for the end of the connection. */
  readonly closed: boolean;
  /** Text is latin1. Returns what was written since the last call. */
  send(text: string): string;
  /** Goes on after an answer that was given later. */
  drain(): string;
}

export interface HarnessAnswers {
  readonly mail?: (from: string) => SmtpReply | null;
  readonly recipient?: (address: string) => SmtpReply | null;
  readonly message?: (body: string) => SmtpReply;
  /** Gets each answer to give it when it likes; without it they are given at once. */
  readonly later?: (answer: () => void) => void;
}

const TAKEN: SmtpReply = { code: 250, enhanced: '2.6.0', text: 'Queued' };

/** Drives a machine as a connection does, with a policy that answers at once. */
export function sessionHarness(
  changes: Partial<SessionOptions> = {},
  answers: HarnessAnswers = {},
): Harness {
  const machine = new SessionMachine({ ...sessionOptions, ...changes });
  const messages: TakenMessage[] = [];
  const actions: Action['kind'][] = [];
  let written = '';
  let closed = false;
  let big: { head: TakenMessage; pieces: Buffer[] } | null = null;

  const give = answers.later ?? ((answer: () => void) => answer());
  const take = (message: TakenMessage): void => {
    const answer = answers.message?.(message.body) ?? TAKEN;
    if (answer.code === 250) messages.push(message);
    give(() => machine.answerMessage(answer));
  };

  function perform(action: Action): void {
    actions.push(action.kind);
    switch (action.kind) {
      case 'write':
        written += action.text;
        return;
      case 'mail':
        return give(() =>
          machine.answerMail(action, answers.mail?.(action.announced.from) ?? null),
        );
      case 'recipient': {
        const { address } = action;
        const reply = answers.recipient?.(address) ?? null;
        const recipient = { address, organisationId: 'o', kind: null, protected: true };
        return give(() =>
          machine.answerRecipient(
            reply === null ? { accept: true, recipient } : { accept: false, reply },
          ),
        );
      }
      case 'message':
        return take({ ...headOf(action.head), body: action.body.toString('latin1') });
      case 'message-begins':
        big = { head: headOf(action.head), pieces: [] };
        return;
      case 'piece':
        big?.pieces.push(action.bytes);
        return;
      case 'message-ends':
        if (big === null) throw new Error('a message ends that never began');
        take({ ...big.head, body: Buffer.concat(big.pieces).toString('latin1') });
        big = null;
        return;
      case 'message-refused':
        if (big === null) throw new Error('a message is refused that never began');
        big = null;
        return;
      case 'start-tls':
        return give(() => machine.secured('TLSv1.3 TEST'));
      case 'xclient':
        return give(() => machine.answerXclient(null));
      case 'refused':
        return;
      case 'close':
        closed = true;
        return;
    }
  }

  function drain(): string {
    for (let action = machine.next(); action !== null; action = machine.next()) perform(action);
    const text = written;
    written = '';
    return text;
  }

  machine.introduce();
  drain();
  return {
    machine,
    messages,
    actions,
    get closed() {
      return closed;
    },
    drain,
    send(text) {
      machine.receive(Buffer.from(text, 'latin1'));
      return drain();
    },
  };
}

function headOf(head: Extract<Action, { kind: 'message' }>['head']): TakenMessage {
  const recipients = head.recipients.map(({ address }) => address);
  return { from: head.announced.from, recipients, body: '' };
}
