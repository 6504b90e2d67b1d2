import type { ServiceStatus } from '@holdfast/domain';
import type { TenantCredentials } from './tenant-credentials.ts';

/**
 * Probes of the tenant through Microsoft's interfaces. Nothing is repeated and nothing waits long: the first answer is
 * what counts. All throw `TenantError`; latencies in milliseconds.
 */
export interface TenantHealth {
  /** A fresh token and nothing else: shape "identity". */
  probeSignIn(credentials: TenantCredentials): Promise<{ readonly latency: number }>;
  /** Reads the inbox of one mailbox: shape "mailbox". */
  probeMailbox(
    credentials: TenantCredentials,
    address: string,
  ): Promise<{ readonly latency: number }>;
  /** What Microsoft says of its own services, with open incidents. */
  services(credentials: TenantCredentials): Promise<readonly ServiceStatus[]>;
}
