import type { TenantCredentials } from './tenant-credentials.ts';

export interface CopiedLists {
  readonly entries: readonly {
    readonly kind: 'allow' | 'block';
    readonly value: string;
    readonly source: string;
  }[];
  /** Only a complete copy uses up the once. */
  readonly complete: boolean;
  /** What could not be read, in words; empty when complete. */
  readonly missing: readonly string[];
}

/** Exchange administration: InvokeCommand now, a generated PowerShell script later, behind one port. */
export interface ExchangeAdministration {
  readLists(credentials: TenantCredentials): Promise<CopiedLists>;
  /** Adds what is missing, keeps what is there. Returns exactly what was added, so that uninstalling removes only that. */
  allowAddresses(
    credentials: TenantCredentials,
    ranges: readonly string[],
  ): Promise<{ readonly added: readonly string[]; readonly alreadyThere: readonly string[] }>;
}
