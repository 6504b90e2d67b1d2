import { z } from 'zod';
import {
  DELIVERY_COMMANDS,
  isReplyClass,
  LONGEST_REASON,
  QUEUE_STATES,
  type CommandRefusal,
  type DeliveryCommandKind,
  type DeliveryRoute,
  type DeliveryState,
  type HoldKind,
  type QueueState,
  type ReplyClass,
  type Verdict,
} from '@holdfast/domain';
import { MAX_PAGE_SIZE, uuid, type IsoInstant } from './words.ts';

export const queueState = z.enum(QUEUE_STATES);
/** Class of the last answer; `not-tried` while there was none. */
export const waitReason = z.custom<ReplyClass | 'not-tried'>(
  (value) => typeof value === 'string' && (value === 'not-tried' || isReplyClass(value)),
  'No reason that mail waits for.',
);
export type WaitReasonWord = z.infer<typeof waitReason>;

/** Ids that one command may name; more is what filters are for. */
export const MAX_NAMED_DELIVERIES = 1000;
/** Opaque: what a page of the list was given to go on with. */
const cursor = z.string().max(400).nullable().default(null);
const part = z.string().max(320).default('');

export const queueFilter = z.object({
  states: z.array(queueState).nullable().default(null),
  reasons: z.array(waitReason).nullable().default(null),
  direction: z.enum(['inbound', 'outbound']).nullable().default(null),
  search: part,
  sender: part,
  recipient: part,
  domain: part,
  /** Accepted longer ago than this. Unit: seconds. */
  olderThan: z.int().min(0).max(31_536_000).nullable().default(null),
});
export const queueSort = z.enum(['accepted', 'due', 'attempts', 'recipient']);
export const queueInput = queueFilter.extend({
  sort: queueSort.default('accepted'),
  descending: z.boolean().default(false),
  limit: z.int().min(1).max(MAX_PAGE_SIZE).default(50),
  after: cursor,
  before: cursor,
});
export type QueueInput = z.input<typeof queueInput>;
export type QueueFilterInput = z.input<typeof queueFilter>;

const deliveryKey = z.object({ id: uuid, acceptedAt: z.iso.datetime() });
export const commandDeliveriesInput = z.object({
  selection: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('deliveries'),
      deliveries: z.array(deliveryKey).min(1).max(MAX_NAMED_DELIVERIES),
    }),
    z.object({ kind: z.literal('matching'), filter: queueFilter }),
  ]),
  command: z.enum(DELIVERY_COMMANDS),
  /** For discarding. */
  reason: z.string().trim().max(LONGEST_REASON).default(''),
  /** For releasing from quarantine. */
  allowSender: z.boolean().default(false),
});
export type CommandDeliveriesRequest = z.input<typeof commandDeliveriesInput>;

export const inspectInput = z.object({ id: uuid });

export const traceInput = z.object({
  sender: part,
  recipient: part,
  subject: z.string().max(200).default(''),
  messageId: z.string().max(1000).default(''),
  recordId: uuid.nullable().default(null),
  since: z.iso.datetime().nullable().default(null),
  until: z.iso.datetime().nullable().default(null),
  limit: z.int().min(1).max(MAX_PAGE_SIZE).default(50),
  after: cursor,
});
export type TraceInput = z.input<typeof traceInput>;

/** One recipient of one message, with what of the message may be shown: never its content. */
export interface QueueRow {
  readonly id: string;
  readonly messageId: string;
  readonly sender: string;
  readonly from: string | null;
  readonly recipient: string;
  readonly subject: string;
  readonly size: number;
  readonly direction: 'inbound' | 'outbound';
  readonly route: DeliveryRoute;
  readonly state: DeliveryState;
  /** As the queue calls it; null once it is not open any more. */
  readonly queueState: QueueState | null;
  readonly reason: WaitReasonWord;
  readonly verdict: Verdict;
  readonly verdictReason: string;
  readonly attempts: number;
  readonly reply: string | null;
  readonly acceptedAt: IsoInstant;
  readonly dueAt: IsoInstant | null;
  readonly changedAt: IsoInstant;
  /** What can be asked of it now. */
  readonly commands: readonly DeliveryCommandKind[];
}

export interface QueueActionView {
  readonly id: string;
  readonly command: DeliveryCommandKind;
  readonly requestedBy: string;
  readonly requestedAt: IsoInstant;
  readonly state: 'waiting' | 'running' | 'done';
  readonly expected: number;
  readonly changed: number;
  readonly refused: number;
}

export interface QueueCountView {
  readonly state: QueueState;
  readonly reason: WaitReasonWord;
  readonly direction: 'inbound' | 'outbound';
  readonly count: number;
  readonly oldest: IsoInstant;
}

export interface QueuePage {
  readonly rows: readonly QueueRow[];
  readonly total: number;
  readonly previous: string | null;
  readonly next: string | null;
  /** Of everything open, whatever the filter. */
  readonly counts: readonly QueueCountView[];
  readonly action: QueueActionView | null;
}

export interface CommandResult {
  readonly changed: number;
  readonly refused: readonly { readonly reason: CommandRefusal; readonly count: number }[];
  readonly allowed: readonly string[];
  readonly action: QueueActionView | null;
}

export interface TracePage {
  readonly rows: readonly QueueRow[];
  readonly next: string | null;
}

export interface SpoolAlarmView {
  readonly kind: 'damaged-record' | 'damaged-body' | 'missing-body' | 'unreadable-segment';
  readonly place: string;
  readonly at: IsoInstant;
}

export interface MailPartyView {
  readonly name: string;
  readonly address: string;
}

export interface TracedMessage {
  readonly id: string;
  readonly direction: 'inbound' | 'outbound';
  readonly acceptedAt: IsoInstant;
  readonly size: number;
  readonly sender: string;
  readonly client: {
    readonly ip: string;
    /** Null when the record is no longer on disk. */
    readonly helo: string | null;
    readonly tls: string | null;
  };
  /** In the words of RFC 8601; null when it was not evaluated or is not known any more. */
  readonly authentication: string | null;
  /** What content filters said, in words; empty where none was asked, or when it is not known any more. */
  readonly content: readonly string[];
  readonly senderAuthenticated: boolean;
  readonly headers: {
    readonly from: MailPartyView | null;
    readonly to: readonly MailPartyView[];
    readonly cc: readonly MailPartyView[];
    readonly subject: string;
    readonly date: IsoInstant | null;
    readonly messageId: string | null;
  };
  readonly bytes: {
    readonly place: string;
    readonly class: 'copy' | 'transit' | null;
    /** Why they cannot be read; null when they lie where they should. */
    readonly missing: string | null;
  };
  readonly recipients: readonly {
    readonly id: string;
    readonly recipient: string;
    readonly route: DeliveryRoute;
    readonly state: DeliveryState;
    readonly queueState: QueueState | null;
    readonly hold: HoldKind | null;
    readonly reason: WaitReasonWord;
    readonly verdict: Verdict;
    readonly verdictReason: string;
    readonly dueAt: IsoInstant | null;
    readonly reply: string | null;
    readonly changedAt: IsoInstant;
    readonly commands: readonly DeliveryCommandKind[];
    readonly attempts: readonly {
      readonly attempt: number;
      readonly at: IsoInstant;
      readonly state: DeliveryState;
      readonly host: string | null;
      readonly reply: string;
      readonly tls: string | null;
    }[];
    readonly actions: readonly {
      readonly at: IsoInstant;
      readonly actor: string;
      readonly command: DeliveryCommandKind;
      readonly state: DeliveryState;
      readonly reason: string | null;
    }[];
  }[];
}
