import type { Instant, TracedMessage } from '@holdfast/domain';
import type { TenantCredentials } from './tenant-credentials.ts';

export interface TraceReading {
  readonly rows: readonly TracedMessage[];
  /** False: there is more than was read. */
  readonly complete: boolean;
}

/** What Office 365 itself has received, and from where. Throws `TenantError`. */
export interface TenantMessageTrace {
  /** Needs ExchangeMessageTrace.Read.All, and Microsoft's service principal for it in the tenant. */
  received(
    credentials: TenantCredentials,
    window: { readonly since: Instant; readonly until: Instant; readonly limit: number },
  ): Promise<TraceReading>;
}
