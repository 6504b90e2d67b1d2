import type {
  DeliveryCommandKind,
  DeliveryState,
  Instant,
  QueueState,
  ReplyClass,
} from '@holdfast/domain';
import type { DeliveryRecord, MessageRecord } from './mail.ts';

/** Why a delivery waits: the class of the last answer, or that there was none yet. */
export type WaitReason = ReplyClass | 'not-tried';

export type MailDirection = 'inbound' | 'outbound';

/** Which of the open deliveries; what is null or empty asks for all. */
export interface QueueFilter {
  readonly states: readonly QueueState[] | null;
  readonly reasons: readonly WaitReason[] | null;
  readonly direction: MailDirection | null;
  /** Part of sender or recipient. */
  readonly search: string;
  /** Part of the address. */
  readonly sender: string;
  readonly recipient: string;
  /** Domain of sender or recipient. */
  readonly domain: string;
  readonly acceptedBefore: Instant | null;
}

export const WHOLE_QUEUE: QueueFilter = {
  states: null,
  reasons: null,
  direction: null,
  search: '',
  sender: '',
  recipient: '',
  domain: '',
  acceptedBefore: null,
};

export type QueueSort = 'accepted' | 'due' | 'attempts' | 'recipient';

export interface QueueCursor {
  /** What the row was sorted by; null when it has no next attempt. */
  readonly value: number | string | null;
  readonly id: string;
}

/** At most one of `after` and `before`. */
export interface QueueQuery extends QueueFilter {
  readonly sort: QueueSort;
  readonly descending: boolean;
  readonly limit: number;
  readonly after: QueueCursor | null;
  readonly before: QueueCursor | null;
}

/** A delivery with what an administrator may see of its message: never the content. */
export interface QueuedDelivery {
  readonly delivery: DeliveryRecord;
  readonly direction: MailDirection;
  readonly replyClass: ReplyClass | null;
  readonly sender: string;
  readonly subject: string;
  readonly from: MessageRecord['summary']['from'];
  readonly rfcMessageId: string | null;
  readonly size: number;
}

export interface QueueCount {
  readonly state: QueueState;
  readonly reason: WaitReason;
  readonly direction: MailDirection;
  readonly count: number;
  /** When the oldest of them was accepted. */
  readonly oldest: Instant;
}

/** A row by what finds it at once: ids alone would be looked for in every day. */
export interface DeliveryKey {
  readonly id: string;
  readonly acceptedAt: Instant;
}

export interface DeliveryActionRecord {
  readonly id: string;
  readonly at: Instant;
  readonly actor: string;
  readonly command: DeliveryCommandKind;
  /** The state after it. */
  readonly state: DeliveryState;
  readonly reason: string | null;
}

export interface DeliveryAttemptRecord {
  readonly attempt: number;
  readonly at: Instant;
  readonly state: DeliveryState;
  readonly host: string | null;
  readonly reply: string;
  /** Version, cipher, and whether the name was verified; null in clear. */
  readonly tls: string | null;
}

export interface DeliveryHistory {
  readonly delivery: DeliveryRecord;
  readonly replyClass: ReplyClass | null;
  readonly attempts: readonly DeliveryAttemptRecord[];
  readonly actions: readonly DeliveryActionRecord[];
}

export interface MessageHistory {
  readonly message: MessageRecord;
  readonly deliveries: readonly DeliveryHistory[];
}

/** A command on all that match a filter, as a job. */
export interface QueueActionRecord {
  readonly id: string;
  readonly command: DeliveryCommandKind;
  readonly reason: string | null;
  readonly filter: QueueFilter;
  readonly requestedBy: string;
  readonly requestedAt: Instant;
  readonly state: 'waiting' | 'running' | 'done';
  /** How many matched when it was asked for. */
  readonly expected: number;
  readonly changed: number;
  readonly refused: number;
  readonly reachedAt: Instant | null;
  readonly reachedId: string | null;
  readonly finishedAt: Instant | null;
}

export interface TraceFilter {
  /** A whole address, or part of one; empty for all. */
  readonly sender: string;
  readonly recipient: string;
  /** Part of the subject's first 200 characters. */
  readonly subject: string;
  /** RFC 5322 Message-ID, with or without brackets. */
  readonly rfcMessageId: string;
  /** Of the message or of one of its deliveries. */
  readonly recordId: string | null;
  readonly since: Instant | null;
  readonly until: Instant | null;
}

export interface TraceCursor {
  readonly acceptedAt: Instant;
  readonly messageId: string;
  readonly id: string;
}

/** Newest first. */
export interface TraceQuery extends TraceFilter {
  readonly limit: number;
  readonly after: TraceCursor | null;
}
