import type { Instant } from '@holdfast/domain';
import type { AuditEntry } from '../../records/organisation.ts';

export interface AuditRepository {
  append(entry: AuditEntry): Promise<void>;
  /** Whether this actor has done one of these to this subject since then. */
  hasDone(input: {
    readonly actor: string;
    readonly actions: readonly string[];
    readonly subject: string;
    readonly since: Instant;
  }): Promise<boolean>;
  recent(limit: number): Promise<readonly AuditEntry[]>;
}
