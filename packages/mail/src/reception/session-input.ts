import type { Action } from './session-actions.ts';
import type { MessageIntake } from './message-intake.ts';

/** RFC 5321 §4.5.3.1.4 asks for 512 octets at least; SMTPUTF8 and long paths need more. Unit: bytes, end of line included. */
export const MAX_COMMAND_LINE = 2048;

const EMPTY = Buffer.alloc(0);
const LF = 0x0a;
const CR = 0x0d;

/** What has come from the client and was not looked at yet: taken line by line, or as part of a message. */
export class SessionInput {
  #bytes: Buffer = EMPTY;
  #at = 0;

  /** Bytes that wait to be looked at. */
  get waiting(): number {
    return this.#bytes.length - this.#at;
  }

  receive(chunk: Buffer): void {
    const rest = this.waiting;
    this.#bytes = rest === 0 ? chunk : Buffer.concat([this.#bytes.subarray(this.#at), chunk]);
    this.#at = 0;
  }

  /**
   * Without its end. Null: it is not complete yet. Reading on for the end of one that is too long would only serve who
   * sends it.
   */
  takeLine(): Buffer | 'too-long' | null {
    const end = this.#bytes.indexOf(LF, this.#at);
    const length = (end === -1 ? this.#bytes.length : end + 1) - this.#at;
    if (length > MAX_COMMAND_LINE) return 'too-long';
    if (end === -1) return null;
    const from = this.#at;
    this.#at = end + 1;
    const to = end > from && this.#bytes[end - 1] === CR ? end - 1 : end;
    return this.#bytes.subarray(from, to);
  }

  /** As much as belongs to the message. */
  pourInto(intake: MessageIntake, actions: Action[]): void {
    this.#at = intake.take(this.#bytes, this.#at, actions);
    if (this.waiting === 0) this.forget();
  }

  forget(): void {
    this.#bytes = EMPTY;
    this.#at = 0;
  }
}
