import type { SmtpReply } from '@holdfast/application';
import { DataDecoder, type DataLimits, type DataProblem } from './data-decoder.ts';
import { MAX_OWN_RECEIVED_FIELDS, MAX_RECEIVED_FIELDS, type HopProblem } from './hop-guard.ts';
import { BAD_BYTES, LONG_LINE, TOO_BIG } from './replies.ts';
import type { Action, MessageHead, RefusalReason } from './session-actions.ts';

/** A bigger message is handed over in pieces while it arrives. Unit: bytes. */
export const WHOLE_BODY_LIMIT = 256 * 1024;

export interface Refusal {
  readonly reply: SmtpReply;
  readonly reason: RefusalReason;
}

/** From the first byte behind `354` to the end of data: whole when small, in pieces when not, void when refused. */
export class MessageIntake {
  readonly #decoder: DataDecoder;
  readonly #head: MessageHead;
  readonly #hops: (head: Buffer) => HopProblem | null;
  /** Null once the message goes over in pieces, or is refused. */
  #held: Buffer[] | null = [];
  #hopProblem: HopProblem | null = null;
  #begun = false;

  constructor(head: MessageHead, limits: DataLimits, hops: (head: Buffer) => HopProblem | null) {
    this.#decoder = new DataDecoder(limits);
    this.#head = head;
    this.#hops = hops;
  }

  /** Bytes decoded so far. */
  get length(): number {
    return this.#decoder.length;
  }

  get ended(): boolean {
    return this.#decoder.ended;
  }

  /** Returns the offset behind the last byte taken. */
  take(chunk: Buffer, at: number, actions: Action[]): number {
    const taken = this.#decoder.take(chunk, at);
    const pieces = this.#decoder.pieces();
    if (this.#decoder.problem !== null || this.#hopProblem !== null) this.abandon(actions);
    else if (this.#held === null) pass(pieces, actions);
    else {
      for (const piece of pieces) this.#held.push(piece);
      if (this.#decoder.length > WHOLE_BODY_LIMIT) this.#begin(this.#held, actions);
    }
    return taken;
  }

  /** After the end of data: asks about the message, or says why it is refused. */
  finish(actions: Action[]): Refusal | null {
    const { problem } = this.#decoder;
    if (problem !== null) return problemRefusal(problem);
    if (this.#held !== null) {
      const [only] = this.#held;
      const whole =
        this.#held.length === 1 && only !== undefined ? only : Buffer.concat(this.#held);
      this.#hopProblem = this.#hops(whole);
      if (this.#hopProblem === null) {
        actions.push({ kind: 'message', head: this.#head, body: whole });
        return null;
      }
    }
    if (this.#hopProblem !== null) return hopRefusal(this.#hopProblem);
    actions.push({ kind: 'message-ends' });
    return null;
  }

  abandon(actions: Action[]): void {
    this.#held = null;
    if (this.#begun) actions.push({ kind: 'message-refused' });
    this.#begun = false;
  }

  #begin(held: Buffer[], actions: Action[]): void {
    this.#held = null;
    // Every hop adds its field on top, so what is held by now has all that count.
    this.#hopProblem = this.#hops(headerOf(held));
    if (this.#hopProblem !== null) return;
    this.#begun = true;
    actions.push({ kind: 'message-begins', head: this.#head });
    pass(held, actions);
  }
}

/** The first piece holds it nearly always: to put all together would double what a hundred big messages take. */
function headerOf(held: readonly Buffer[]): Buffer {
  const [first] = held;
  return first?.includes('\r\n\r\n') === true ? first : Buffer.concat(held);
}

function pass(pieces: readonly Buffer[], actions: Action[]): void {
  for (const bytes of pieces) actions.push({ kind: 'piece', bytes });
}

function problemRefusal(problem: DataProblem): Refusal {
  switch (problem) {
    case 'nul':
    case 'bare-cr':
      return { reply: BAD_BYTES, reason: 'message-bytes' };
    case 'line-too-long':
      return { reply: LONG_LINE, reason: 'message-line' };
    case 'too-big':
      return { reply: TOO_BIG, reason: 'message-size' };
  }
}

function hopRefusal(problem: HopProblem): Refusal {
  const text =
    problem === 'own-loop'
      ? `Mail loop: came by here more than ${MAX_OWN_RECEIVED_FIELDS} times`
      : `Mail loop: more than ${MAX_RECEIVED_FIELDS} Received fields`;
  return { reply: { code: 554, enhanced: '5.4.6', text }, reason: 'hops' };
}
