import type { AuditEntry } from '../../records/organisation.ts';

export interface AuditRepository {
  append(entry: AuditEntry): Promise<void>;
  recent(limit: number): Promise<readonly AuditEntry[]>;
}
