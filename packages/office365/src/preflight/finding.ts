import { TenantError, type ExchangeReading, type TenantCredentials } from '@holdfast/application';
import type { PermissionTier, PreflightItem, PreflightResult } from '@holdfast/domain';
import type { ExchangeClient } from '../exchange/exchange-client.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import type { TenantAdapterSettings } from '../http/options.ts';
import type { TokenSource } from '../sign-in/token-source.ts';

/** What checks ask with. */
export interface PreflightParts {
  readonly settings: TenantAdapterSettings;
  readonly tokens: TokenSource;
  readonly graph: GraphClient;
  readonly exchange: ExchangeClient;
}

export interface PreflightRun extends PreflightParts {
  readonly credentials: TenantCredentials;
  readonly tiers: readonly PermissionTier[];
  /** Exchange's side, read once for all checks that look at it. */
  exchangeState(): Promise<ExchangeReading>;
}

export type Finding = Omit<PreflightItem, 'check'>;
export type Check = (run: PreflightRun) => Promise<Finding>;

export const found = (result: PreflightResult, detail: string): Finding => ({ result, detail });
export const ok = (detail = ''): Finding => found('ok', detail);
export const attention = (detail: string): Finding => found('attention', detail);
export const blocked = (detail: string): Finding => found('blocked', detail);

/** What a failed call tells about the check: a refusal blocks, silence leaves it open. */
export function findingOf(error: unknown): Finding {
  if (!(error instanceof TenantError)) throw error;
  const { code, detail } = error.failure;
  switch (code) {
    case 'forbidden':
    case 'not-consented':
    case 'not-found':
    case 'sign-in-failed':
    case 'tenant-unknown':
    case 'unexpected':
      return blocked(detail);
    case 'throttled':
    case 'unavailable':
    case 'unreachable':
      return found('not-checked', detail);
  }
}
