/** The client went away, or its bytes are refused: the message that was begun is void. */
export class MessageVoidError extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'MessageVoidError';
  }
}

/** What may wait for its reader; above it the client is not read from. Unit: bytes. */
const ENOUGH = 16 * 1024;

/** The body of a big message on its way from the socket to the policy. */
export class BodyPieces implements AsyncIterable<Uint8Array> {
  #pieces: Uint8Array[] = [];
  #bytes = 0;
  #state: 'open' | 'ended' | 'abandoned' | MessageVoidError = 'open';
  #wake: (() => void) | null = null;
  readonly #drained: () => void;

  /** `drained` is called when a full queue has room again. */
  constructor(drained: () => void) {
    this.#drained = drained;
  }

  get full(): boolean {
    return this.#bytes > ENOUGH;
  }

  push(piece: Uint8Array): void {
    if (this.#state !== 'open') return;
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    this.#wake?.();
  }

  end(): void {
    if (this.#state === 'open') this.#state = 'ended';
    this.#wake?.();
  }

  fail(why: string): void {
    if (this.#state !== 'open') return;
    this.#state = new MessageVoidError(why);
    this.#drop();
    this.#wake?.();
  }

  /** Nobody reads any more: what still comes is thrown away. */
  abandon(): void {
    if (this.#state === 'open') this.#state = 'abandoned';
    this.#drop();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        if (this.#state instanceof MessageVoidError) throw this.#state;
        const piece = this.#pieces.shift();
        if (piece !== undefined) {
          const wasFull = this.full;
          this.#bytes -= piece.length;
          if (wasFull && !this.full) this.#drained();
          yield piece;
        } else if (this.#state !== 'open') return;
        else await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      this.abandon();
    }
  }

  #drop(): void {
    const wasFull = this.full;
    this.#pieces = [];
    this.#bytes = 0;
    if (wasFull) this.#drained();
  }
}
