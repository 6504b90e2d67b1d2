import type { ConnectionRecord } from '../../records/organisation.ts';

export interface ConnectionRepository {
  get(): Promise<ConnectionRecord | null>;
  save(connection: ConnectionRecord): Promise<void>;
}
