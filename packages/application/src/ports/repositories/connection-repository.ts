import type { Instant } from '@holdfast/domain';
import type { ConnectionRecord } from '../../records/organisation.ts';

/** A key that was made here, whose certificate waits to be registered in Entra ID. */
export interface ApplicationKeyRecord {
  /** Sealed by `Secrets.seal` with context `application-key:<organisation id>`. */
  readonly sealedPrivateKey: string;
  readonly certificate: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

export interface ConnectionRepository {
  get(): Promise<ConnectionRecord | null>;
  save(connection: ConnectionRecord): Promise<void>;
  remove(): Promise<void>;
  waitingKey(): Promise<ApplicationKeyRecord | null>;
  /** In the place of one before; null removes it. */
  saveWaitingKey(key: ApplicationKeyRecord | null): Promise<void>;
}
