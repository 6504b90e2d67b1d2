import { z } from 'zod';
import type { ChannelKind, EmergencyEvent, Ledger, ReplyFate } from '@holdfast/domain';
import { uuid, type IsoInstant } from '../words.ts';
import type { PrimaryView } from './primary.ts';

export const eventScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('everyone') }),
  z.object({ kind: z.literal('users'), userIds: z.array(uuid).min(1).max(50_000) }),
]);
export const eventPreviewInput = z.object({ scope: eventScope });
export const startEventInput = z.object({
  scope: eventScope,
  relay: z.enum(['keep-trying', 'hold']).default('keep-trying'),
  reason: z
    .string()
    .trim()
    .min(1, 'Say why, in a few words. It is kept in the audit log.')
    .max(500),
  endsAt: z.iso.datetime().nullable().default(null),
});
export const endEventInput = z.object({
  /** Needed while Office 365 is not healthy: the typed words `end anyway`. */
  typed: z.string().max(50).default(''),
});
export const END_ANYWAY = 'end anyway';

export interface EventPreview {
  readonly covered: number;
  readonly reachableBy: Readonly<Record<ChannelKind, number>>;
  readonly reachable: number;
  readonly unreachable: readonly {
    readonly id: string;
    readonly name: string;
    readonly address: string;
    readonly directoryPhone: string | null;
  }[];
  readonly waiting: number;
  /** Domains whose replies would fail SPF and DKIM both. */
  readonly failingReplies: readonly {
    readonly domain: string;
    readonly users: number;
    readonly fate: ReplyFate;
  }[];
  readonly primary: PrimaryView;
  readonly noticeDelaySeconds: number;
}

export interface EventView {
  readonly id: string;
  readonly phase: EmergencyEvent['phase'];
  readonly scope:
    | { readonly kind: 'everyone' }
    | { readonly kind: 'users'; readonly count: number };
  readonly relay: 'keep-trying' | 'hold' | null;
  readonly reason: string;
  readonly startedAt: IsoInstant;
  readonly startedBy: string;
  readonly noticesAt: IsoInstant | null;
  readonly endsAt: IsoInstant | null;
  readonly endedAt: IsoInstant | null;
  readonly readOnlyUntil: IsoInstant | null;
  readonly settledAt: IsoInstant | null;
  readonly covered: number;
  readonly reached: number;
  readonly notReached: number;
  readonly signedIn: number;
  readonly waiting: number;
  readonly sent: number;
  readonly putBack: number;
  /** Received messages that were read, flagged, moved or deleted in emergency mailboxes, by what became of that. */
  readonly carriedBack: CarriedBack;
  /** What could not be put back, at most 100 of it. */
  readonly leftOver: readonly LeftOver[];
}

export interface CarriedBack {
  readonly all: number;
  /** As it was left here, whether it had to be changed or not. */
  readonly done: number;
  /** Changed in Office 365 later, and left so. */
  readonly theirs: number;
  readonly waiting: number;
  readonly notFound: number;
  /** The mailbox is gone, or may not be written to. */
  readonly refused: number;
}

export interface LeftOver {
  readonly itemId: string;
  readonly kind: 'sent' | 'state';
  readonly outcome: 'not-found' | 'no-mailbox' | 'forbidden' | 'whole-only';
  readonly address: string;
  readonly subject: string;
  /** What Office 365 said. */
  readonly detail: string | null;
}

export interface EventState {
  readonly current: EventView | null;
  readonly past: readonly EventView[];
  readonly primary: PrimaryView;
  readonly log: readonly { readonly at: IsoInstant; readonly by: string; readonly what: string }[];
  /** Mail from outside. */
  readonly ledger: Ledger | null;
  /** What people wrote in emergency mailboxes. */
  readonly outboundLedger: Ledger | null;
  /** Our own notices and reports. */
  readonly noticesLedger: Ledger | null;
}
