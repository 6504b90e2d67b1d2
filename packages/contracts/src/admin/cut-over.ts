import { z } from 'zod';
import type { CutOverStep, DirectSenderHint, WayBackStep } from '@holdfast/domain';
import type { IsoInstant } from '../words.ts';

const domainName = z.string().trim().toLowerCase().min(3).max(253);
const STEPS = [
  'ttl',
  'recipients',
  'connector',
  'canary',
  'policies',
  'mx',
  'direct-senders',
  'lock-down',
  'lock-down-off',
  'policies-back',
  'mx-back',
  'relay-only',
] as const satisfies readonly (CutOverStep | WayBackStep)[];

export const cutOverInput = z.object({ name: domainName });
export const skipStepInput = z.object({
  name: domainName,
  step: z.enum(STEPS),
  /** Null takes an earlier skip back. */
  reason: z.string().max(500).nullable(),
});
export const sendCanaryInput = z.object({ name: domainName, mailbox: z.string().min(3).max(320) });
export const canaryCodeInput = z.object({ name: domainName, code: z.string().min(1).max(20) });
export const attestInput = z.object({
  name: domainName,
  subject: z.enum(['connector', 'lock-down']),
  value: z.boolean(),
  note: z.string().max(500),
});
export const wayBackInput = z.object({ name: domainName, reason: z.string().max(500) });
export const lockDownInput = z.object({ on: z.boolean() });
/** Typed by the administrator; language-neutral on purpose. */
export const UNINSTALL_WORDS = 'uninstall';
export const uninstallInput = z.object({ typed: z.string().max(100) });

export interface StepView {
  readonly step: CutOverStep | WayBackStep;
  readonly state: 'open' | 'waiting' | 'done' | 'blocked' | 'skipped';
  readonly until: IsoInstant | null;
  readonly at: IsoInstant | null;
  readonly title: string;
  readonly measured: string;
  /** What stands in the way, or why it was skipped. */
  readonly reason: string | null;
  /** Stable word for scripts; null unless blocked. */
  readonly blockedBy: string | null;
  readonly skippedBy: string | null;
  readonly skippable: boolean;
  readonly todo: string;
  readonly risk: string;
}

export interface CanaryView {
  readonly mailbox: string;
  readonly state: 'waiting' | 'accepted' | 'relayed' | 'arrived' | 'lost';
  /** Each hop that is behind it, with how long it took from the one before. Milliseconds. */
  readonly hops: readonly {
    readonly hop: 'submitted' | 'accepted' | 'relayed' | 'arrived';
    readonly at: IsoInstant;
    readonly after: number | null;
    readonly detail: string | null;
  }[];
  readonly seenBy: 'graph' | 'code' | null;
  /** Why we may not look into the mailbox; then its code is asked for. */
  readonly blind: string | null;
  readonly removedAt: IsoInstant | null;
  readonly removal: string | null;
  readonly detail: string | null;
}

export interface CutOverView {
  readonly name: string;
  readonly phase: 'not-started' | 'preparing' | 'through-us' | 'way-back' | 'back';
  readonly startedAt: IsoInstant | null;
  readonly startedBy: string | null;
  readonly gatheredAt: IsoInstant | null;
  readonly steps: readonly StepView[];
  readonly wayBack: readonly StepView[];
  readonly next: string | null;
  readonly canary: CanaryView | null;
  readonly canaryMailbox: string | null;
  readonly lockDown: 'on' | 'off' | 'unknown';
  /** Nothing of the Office 365 side can be read: an administrator confirms it. */
  readonly exchangeByHand: boolean;
  readonly obstacles: readonly string[];
  /** Domains whose mail Office 365 refuses now. */
  readonly refused: readonly string[];
  /** PowerShell that switches the lock-down off. */
  readonly lockDownOffScript: string;
  readonly tenantMx: readonly { readonly exchange: string; readonly preference: number }[];
  readonly ourMx: readonly { readonly exchange: string; readonly preference: number }[];
}

export interface DirectSendersView {
  readonly possible: boolean;
  readonly detail: string | null;
  readonly since: IsoInstant | null;
  readonly until: IsoInstant | null;
  readonly rows: number;
  readonly complete: boolean;
  readonly senders: readonly {
    readonly fromIp: string;
    readonly senderDomain: string;
    readonly messages: number;
    readonly lastAt: IsoInstant;
    readonly hint: DirectSenderHint;
  }[];
}

export interface LockDownPreviewView {
  readonly on: boolean;
  readonly obstacles: readonly string[];
  readonly domains: readonly string[];
  /** Messages that came through us in the last seven days. */
  readonly throughUs: number;
  /** What would have been refused in the last day; null: cannot be told. */
  readonly directMessages: number | null;
  readonly directSources: number | null;
  readonly initialDomain: string | null;
}

export interface LockDownResultView {
  readonly done: boolean;
  /** For an administrator to run, where we may not. */
  readonly script: string | null;
}

export interface UninstallView {
  readonly blockers: readonly {
    readonly title: string;
    readonly detail: string;
    readonly href: string;
  }[];
  readonly protectedUsers: number;
  readonly copiesUntil: IsoInstant;
  readonly latest: UninstallationView | null;
}

export interface UninstallationView {
  readonly state: 'running' | 'done' | 'stopped';
  readonly startedAt: IsoInstant;
  readonly startedBy: string;
  readonly finishedAt: IsoInstant | null;
  readonly removed: readonly string[];
  readonly byHand: readonly string[];
  readonly script: string | null;
  readonly copiesUntil: IsoInstant | null;
  readonly detail: string | null;
}

/** What has to be done by hand when this product itself is down. */
export interface EmergencyCardView {
  readonly organisation: string;
  readonly madeAt: IsoInstant;
  readonly lockDown: 'on' | 'off' | 'unknown';
  readonly script: string;
  readonly domains: readonly {
    readonly name: string;
    readonly ourMx: readonly string[];
    readonly tenantMx: readonly string[];
    readonly ttl: number;
    readonly filterInFront: boolean;
  }[];
  readonly operatorContact: string | null;
}
