import type { Clock, Log } from '@holdfast/application';
import type { TokenSource } from '../sign-in/token-source.ts';

export interface TenantLimits {
  /** One HTTP exchange, body included. Milliseconds. */
  readonly requestTimeout: number;
  /** Attempts per request when Microsoft says 429, 503 or 504, the first one included. */
  readonly attempts: number;
  /** The first pause when no `Retry-After` came; doubles with every attempt. Milliseconds. */
  readonly firstPause: number;
  /** A longer `Retry-After` is not waited for but reported, so that the caller can plan. Milliseconds. */
  readonly longestPause: number;
  /** Pages of one listing; more means that the far end goes in circles. */
  readonly pages: number;
  /** A token is renewed this long before it expires, for clocks that differ. Milliseconds. */
  readonly tokenSkew: number;
}

export const DEFAULT_TENANT_LIMITS: TenantLimits = {
  requestTimeout: 60_000,
  attempts: 5,
  firstPause: 1_000,
  longestPause: 120_000,
  pages: 10_000,
  tokenSkew: 300_000,
};

export interface TenantAdapterOptions {
  /** `https://login.microsoftonline.com`, or a stand-in; without a trailing slash. */
  readonly loginBase: string;
  /** `https://graph.microsoft.com/v1.0`. Links to further pages are followed below it only. */
  readonly graphBase: string;
  /** `https://outlook.office365.com`. Links to further pages are followed below it only. */
  readonly exchangeBase: string;
  readonly fetch?: typeof fetch;
  readonly clock: Clock;
  readonly log: Log;
  /** Pauses before a repeated request; tests pass one that only takes note. */
  readonly wait?: (milliseconds: number) => Promise<void>;
  readonly limits?: Partial<TenantLimits>;
  /** Shared by the adapters of a process, so that they sign in once; each has its own unless told. */
  readonly tokens?: TokenSource;
}

export interface TenantAdapterSettings extends Required<Omit<TenantAdapterOptions, 'tokens'>> {
  readonly limits: TenantLimits;
  readonly tokens?: TokenSource;
}

export function settle(options: TenantAdapterOptions): TenantAdapterSettings {
  const wait = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => setTimeout(resolve, milliseconds));
  return {
    ...options,
    loginBase: withoutSlash(options.loginBase),
    graphBase: withoutSlash(options.graphBase),
    exchangeBase: withoutSlash(options.exchangeBase),
    fetch: options.fetch ?? fetch,
    wait: options.wait ?? wait,
    limits: { ...DEFAULT_TENANT_LIMITS, ...options.limits },
  };
}

function withoutSlash(base: string): string {
  return base.replace(/\/+$/, '');
}
