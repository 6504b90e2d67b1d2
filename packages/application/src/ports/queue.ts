import type { CommandedState, Instant } from '@holdfast/domain';
import type { DeliveryRecord } from '../records/mail.ts';
import type {
  DeliveryActionRecord,
  DeliveryKey,
  MessageHistory,
  QueueActionRecord,
  QueueCount,
  QueuedDelivery,
  QueueFilter,
  QueueQuery,
  TraceQuery,
} from '../records/queue.ts';

/** What of a locked delivery a decision and its consequences need. */
export interface LockedDelivery {
  readonly delivery: DeliveryRecord;
  /** Reverse-path and author of its message: whom *allow the sender* means. */
  readonly envelopeFrom: string;
  readonly author: string | null;
}

export interface CommandedDeliveryChange {
  readonly key: DeliveryKey;
  readonly next: CommandedState;
  readonly action: DeliveryActionRecord;
}

/** The open deliveries of one organisation, and what people do with them. */
export interface QueueRepository {
  /** In the order asked for. `more` says whether there is something beyond the page, in its direction. */
  page(
    query: QueueQuery,
  ): Promise<{ readonly rows: readonly QueuedDelivery[]; readonly more: boolean }>;
  count(filter: QueueFilter): Promise<number>;
  /** Everything that is open, by state, reason and direction. */
  counts(): Promise<readonly QueueCount[]>;
  /**
   * Locks until the transaction ends; what is gone or another organisation's is left out. What the relay has leased is
   * given as such and not locked: it is nobody else's to change.
   */
  lock(keys: readonly DeliveryKey[]): Promise<readonly LockedDelivery[]>;
  /** The next that match, past a position, accepted no later than an instant; locked, none of them leased. Oldest first. */
  lockMatching(
    filter: QueueFilter,
    bounds: {
      readonly acceptedUntil: Instant;
      readonly after: DeliveryKey | null;
      readonly limit: number;
    },
  ): Promise<readonly LockedDelivery[]>;
  /** Only of locked ones. */
  apply(changes: readonly CommandedDeliveryChange[]): Promise<void>;
  /** Keys of deliveries by their own ids, whatever their state: looks through every day. */
  find(ids: readonly string[]): Promise<readonly DeliveryKey[]>;
  /** By the id of the message or of one of its deliveries. */
  history(id: string): Promise<MessageHistory | null>;
  saveAction(action: QueueActionRecord): Promise<void>;
  action(id: string): Promise<QueueActionRecord | null>;
  /** Holds the row until the transaction ends. */
  lockAction(id: string): Promise<QueueActionRecord | null>;
  latestAction(): Promise<QueueActionRecord | null>;
}

/** Every message that was accepted, whatever became of it. */
export interface TraceRepository {
  page(
    query: TraceQuery,
  ): Promise<{ readonly rows: readonly QueuedDelivery[]; readonly more: boolean }>;
}
