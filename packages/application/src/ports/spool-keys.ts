/**
 * Where the spool's keys come from: one for each organisation, derived from its own key. Asked while a message waits for
 * its reply, so the answer comes from memory.
 */
export interface SpoolKeys {
  /** 32 bytes; null when the organisation has no usable key here. Its mail is then refused for now, never kept in clear. */
  keyOf(organisationId: string): Uint8Array | null;
  /** After a miss: looks again where the keys are kept. A process that cannot ask resolves at once. */
  refresh(): Promise<void>;
}

/** For those who read envelopes only: counting, listing. */
export const NO_SPOOL_KEYS: SpoolKeys = {
  keyOf: () => null,
  refresh: () => Promise.resolve(),
};
