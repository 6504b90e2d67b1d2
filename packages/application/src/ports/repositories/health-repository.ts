import type { Instant, PrimaryHealth } from '@holdfast/domain';

export interface HealthRepository {
  get(): Promise<PrimaryHealth | null>;
  lock(): Promise<PrimaryHealth | null>;
  /** Writes the snapshot, and a history row when the state changed. */
  save(health: PrimaryHealth, changed: boolean): Promise<void>;
  history(
    since: Instant,
  ): Promise<readonly { readonly state: PrimaryHealth['state']; readonly since: Instant }[]>;
}
