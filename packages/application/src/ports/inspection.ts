/**
 * Something that looks at a message while it passes by, so that nobody holds it in memory for the purpose. Never throws
 * for content; a failure of its own is part of the result.
 */
export interface Inspection<Result> {
  /** The next bytes, in order. A promise asks the sender to wait: that is all the flow control there is. */
  take(chunk: Uint8Array): Promise<void> | void;
  /** After the last byte. */
  finish(): Promise<Result>;
  /** The message was given up: frees what was held. */
  abandon(): void;
}
