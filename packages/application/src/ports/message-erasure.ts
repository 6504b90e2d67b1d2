import type { StoreReference } from './spool.ts';

/** Takes message bytes away for good, in the store where they lie. */
export interface MessageErasure {
  /**
   * The organisation's key of the message is overwritten; when no other organisation has one, the body as well, and the
   * record is marked, so that readers say *erased* and not *damaged*. Durable when it resolves, safe to repeat. The
   * envelope stays: the ledger counts it. Throws `MessageGoneError` when there is nothing to erase.
   */
  erase(reference: StoreReference, organisationId: string): Promise<void>;
}
