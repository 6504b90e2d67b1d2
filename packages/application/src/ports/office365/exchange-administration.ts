import type { ExchangeOrder, ExchangePart, ExchangeState, ExchangeStep } from '@holdfast/domain';
import type { TenantCredentials } from './tenant-credentials.ts';

/** What the Office 365 side has, as far as we may read it. */
export interface ExchangeReading {
  readonly state: ExchangeState;
  /** Parts that could not be read, with Microsoft's words; their value in `state` is null. */
  readonly unreadable: readonly { readonly part: ExchangePart; readonly detail: string }[];
}

/**
 * Takes note of a step before it is taken: what was intended can be undone, whatever happens in between. `refused` when
 * Office 365 has certainly not taken it.
 */
export type ExchangeJournal = (
  step: ExchangeStep,
  state: 'intended' | 'done' | 'refused',
) => Promise<void>;

export type ExchangeOutcome =
  | {
      readonly kind: 'done';
      readonly steps: readonly ExchangeStep[];
      /** Exchange's remarks on cmdlets that worked. */
      readonly warnings: readonly string[];
      /** Read again afterwards. */
      readonly after: ExchangeReading;
    }
  /** For an administrator to run; nothing has changed yet. */
  | { readonly kind: 'by-hand'; readonly script: string };

/**
 * Carries an order out: with our permission by `InvokeCommand`, without it as a PowerShell script that an administrator
 * runs. Both end in the same state, and neither touches what is not ours. Throws `TenantError`.
 */
export interface ExchangeExecution {
  carryOut(
    credentials: TenantCredentials,
    order: ExchangeOrder,
    journal: ExchangeJournal,
  ): Promise<ExchangeOutcome>;
}

/** Exchange administration with the permission for it: Microsoft's cmdlets, run for the organisation. */
export interface ExchangeAdministration extends ExchangeExecution {
  readState(credentials: TenantCredentials): Promise<ExchangeReading>;
}
