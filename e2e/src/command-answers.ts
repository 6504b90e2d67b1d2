/** What the documented commands print with `--json`, as scripts read it. */
export interface LedgerPart {
  readonly accepted: number;
  readonly open: Readonly<
    Record<'queued' | 'leased' | 'deferred' | 'held' | 'quarantined', number>
  > | null;
  readonly terminal: Readonly<Record<'delivered' | 'discarded' | 'bounced', number>> | null;
  readonly balanced: boolean | null;
  readonly waitingForIngest: number;
}

export interface LedgerAnswer extends LedgerPart {
  readonly outbound: LedgerPart;
  readonly notices: LedgerPart;
}

export interface TraceRow {
  readonly messageId: string;
  readonly recipient: string;
  readonly state: string;
  readonly reply: string | null;
  readonly at: string;
  readonly sender: string;
  readonly subject: string;
  readonly acceptedAt: string;
  /** Of the delivery. */
  readonly id: string;
  /** Of the message. */
  readonly record: string;
}

export interface QueueRow {
  readonly id: string;
  readonly recipient: string;
  readonly state: string;
  readonly attempts: number;
  readonly reply: string | null;
}

export interface UserRow {
  readonly address: string;
  readonly kind: string;
  readonly protected: boolean;
  readonly eligible: boolean;
  readonly reason: string | null;
  readonly alternateInfo: string;
}

export interface InstallAnswer {
  readonly installed: boolean;
  readonly protected: number;
  readonly newUsers: boolean;
  readonly steps: readonly {
    readonly step: string;
    readonly state: string;
    readonly detail: string;
  }[];
}

export interface FailureAnswer {
  readonly error: { readonly code: string; readonly message: string };
}
