import type { Instant, PermissionTier } from '@holdfast/domain';

/** An administrator who was sent to Entra ID and is expected back. */
export interface ConsentRecord {
  readonly id: string;
  /** SHA-256 of the state that goes around; the state itself is kept nowhere. */
  readonly stateHash: string;
  readonly administratorId: string;
  /** The tenant that was named, by its id. */
  readonly tenantId: string;
  /** As it was typed. */
  readonly tenantName: string;
  readonly clientId: string;
  readonly tiers: readonly PermissionTier[];
  readonly admittedBefore: boolean;
  readonly startedAt: Instant;
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
}

export interface ConsentRepository {
  /** Forgets those that were started before `forgetBefore`. */
  start(attempt: ConsentRecord, forgetBefore: Instant): Promise<void>;
  byState(stateHash: string): Promise<ConsentRecord | null>;
  /** Whether this call is the one that used it; of two at once, one. */
  use(id: string, at: Instant): Promise<boolean>;
}
