export interface FormatLimits {
  /** Bytes of a message that are looked at; what follows is left out. */
  readonly messageBytes: number;
  /** MIME parts in one message. */
  readonly parts: number;
  /** Bytes of one part's header. */
  readonly headBytes: number;
  /** Characters of HTML that are sanitised or turned into text. */
  readonly htmlLength: number;
  /** Characters of plain text that are handed out. */
  readonly textLength: number;
  /** Addresses of one field. */
  readonly parties: number;
  /** Milliseconds for one message; what was found by then counts. */
  readonly time: number;
}

export const DEFAULT_FORMAT_LIMITS: FormatLimits = {
  messageBytes: 160 * 1024 * 1024,
  parts: 500,
  headBytes: 1024 * 1024,
  // Beyond it a phone stands still over what no person reads to the end; Gmail cuts at 100 kB.
  htmlLength: 512 * 1024,
  textLength: 2 * 1024 * 1024,
  parties: 1000,
  time: 10_000,
};
