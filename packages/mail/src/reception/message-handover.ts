import type { Answer, SmtpReply } from '@holdfast/application';
import { BodyPieces } from './body-pieces.ts';
import type { MessageHead } from './session-actions.ts';

type Ask = (head: MessageHead, body: Uint8Array | BodyPieces) => Answer<SmtpReply>;

/** One message on its way to the policy: whole, or in pieces while it comes. */
export class MessageHandover {
  /** The message is with the policy as a whole: its reply is final and must not be replaced. */
  committing = false;
  readonly #ask: Ask;
  readonly #drained: () => void;
  #body: BodyPieces | null = null;
  #answer: Promise<SmtpReply> | null = null;

  /** `drained` is called when the policy takes pieces again. */
  constructor(ask: Ask, drained: () => void) {
    this.#ask = ask;
    this.#drained = drained;
  }

  /** The policy is behind: the client has to wait. */
  get full(): boolean {
    return this.#body !== null && this.#body.full;
  }

  whole(head: MessageHead, body: Uint8Array): Answer<SmtpReply> {
    this.committing = true;
    return this.#ask(head, body);
  }

  begin(head: MessageHead): void {
    const body = new BodyPieces(this.#drained);
    this.#body = body;
    // The policy may throw at once, or make up its mind before the end; either is looked at when the message ends.
    this.#answer = (async () => this.#ask(head, body))();
    // Who has answered reads no more: the rest is thrown away, and the client is not held up for it.
    const abandon = (): void => body.abandon();
    this.#answer.then(abandon, abandon);
  }

  piece(bytes: Uint8Array): void {
    this.#body?.push(bytes);
  }

  end(): Answer<SmtpReply> {
    const answer = this.#answer;
    if (answer === null) throw new Error('No message was begun');
    this.committing = true;
    this.#body?.end();
    this.#body = null;
    this.#answer = null;
    return answer;
  }

  /** What was begun is void, whatever the policy says of it. */
  fail(why: string): void {
    this.#body?.fail(why);
    this.#body = null;
    this.#answer = null;
  }
}
