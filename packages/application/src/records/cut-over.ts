import type { CutOver, CutOverEvidence, Instant } from '@holdfast/domain';

export interface CutOverRecord {
  readonly domain: string;
  /** Null before the first start, and after it was given up. */
  readonly state: CutOver | null;
  /** What was measured last; null: nothing yet. */
  readonly evidence: CutOverEvidence | null;
  readonly gatheredAt: Instant | null;
  /** Where the next probe goes; null until an administrator has chosen. */
  readonly canaryMailbox: string | null;
}

export type ProbeState = 'waiting' | 'accepted' | 'relayed' | 'arrived' | 'lost';

/** One test message through us, hop by hop. */
export interface CanaryProbeRecord {
  readonly id: string;
  readonly domain: string;
  readonly mailbox: string;
  /** With angle brackets. */
  readonly messageId: string;
  readonly state: ProbeState;
  readonly requestedAt: Instant;
  readonly requestedBy: string;
  /** When the connection to our own MX was begun, and when it had accepted the message. */
  readonly submittedAt: Instant | null;
  readonly acceptedAt: Instant | null;
  readonly acceptedBy: string | null;
  /** When Office 365 had accepted it from us, and what it said. */
  readonly relayedAt: Instant | null;
  readonly relayedTo: string | null;
  readonly relayReply: string | null;
  /** When it was in the mailbox, by Microsoft's clock or by whoever typed the code. */
  readonly arrivedAt: Instant | null;
  readonly folder: string | null;
  readonly seenBy: 'graph' | 'code' | null;
  /** Null while we may look ourselves; else why not, in words. */
  readonly blind: string | null;
  readonly lookedAt: Instant | null;
  /** Taken out of the mailbox by us. */
  readonly removedAt: Instant | null;
  /** Why it is still there, in words; null when it is gone or was not looked for. */
  readonly removal: string | null;
  /** What went wrong, in words. */
  readonly detail: string | null;
}

export interface ExchangeAttestation {
  readonly subject: 'connector' | 'lock-down';
  readonly value: boolean;
  readonly note: string;
  readonly by: string;
  readonly at: Instant;
}

export interface UninstallationRecord {
  readonly id: string;
  readonly startedAt: Instant;
  readonly startedBy: string;
  readonly state: 'running' | 'done' | 'stopped';
  readonly finishedAt: Instant | null;
  /** What was taken away, in words. */
  readonly removed: readonly string[];
  /** What an administrator has to do, in words. */
  readonly byHand: readonly string[];
  /** PowerShell where we may not act ourselves. */
  readonly script: string | null;
  /** Until when copies of mail stay; null without any. */
  readonly copiesUntil: Instant | null;
  /** Why it stopped, in words. */
  readonly detail: string | null;
}
