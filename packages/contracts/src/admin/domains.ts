import { z } from 'zod';
import type {
  AuthenticationResult,
  DkimState,
  DmarcPolicy,
  DomainSetupState,
  FilterMode,
  ReplyFate,
} from '@holdfast/domain';
import type { IsoInstant } from '../words.ts';

export const domainInput = z.object({ name: z.string().trim().toLowerCase().min(3).max(253) });
export const saveFilterModeInput = z.object({
  name: z.string().trim().toLowerCase().min(3).max(253),
  filterMode: z.enum(['none', 'filter-removed', 'filter-in-front']),
  trustedHops: z.array(z.string().trim().min(2).max(60)).max(50).default([]),
  /** "I confirm": needed for both third-party modes. */
  confirmed: z.boolean().default(false),
});

export interface DomainView {
  readonly name: string;
  readonly protectable: boolean;
  /** Why not, when it is not: `initial-domain`, `no-mail-service`, `not-verified`. */
  readonly reason: 'initial-domain' | 'no-mail-service' | 'not-verified' | null;
  readonly state: DomainSetupState;
  readonly expectedMx: readonly { readonly exchange: string; readonly preference: number }[];
  readonly observedMx: readonly { readonly exchange: string; readonly preference: number }[];
  readonly observedTtl: number | null;
  readonly tenantMx: readonly { readonly exchange: string; readonly preference: number }[];
  readonly checkedAt: IsoInstant | null;
  readonly checkDetail: string | null;
  readonly filterMode: FilterMode;
  readonly trustedHops: readonly string[];
  readonly filterConfirmedAt: IsoInstant | null;
  readonly filterConfirmedBy: string | null;
  readonly outbound: OutboundView;
  readonly records: readonly {
    readonly name: string;
    readonly type: 'MX';
    readonly preference: number;
    readonly value: string;
    readonly ttl: number;
  }[];
}

/** Mail that leaves under the domain's name: how it stands, and what to enter. */
export interface OutboundView {
  readonly fate: ReplyFate;
  /** Selector of the key that signs now; null: mail leaves unsigned. */
  readonly signedBy: string | null;
  /** Newest first. */
  readonly keys: readonly {
    readonly selector: string;
    readonly name: string;
    /** The whole value, and the same in quoted strings for providers that do not split it themselves. */
    readonly value: string;
    readonly strings: readonly string[];
    readonly state: DkimState;
    readonly checkedAt: IsoInstant | null;
    readonly checkDetail: string | null;
    readonly retiredAt: IsoInstant | null;
    /** When the record of a retired key may go: mail signed with it is verified by then. */
    readonly removableAt: IsoInstant | null;
  }[];
  readonly mayRotate: boolean;
  readonly spf: {
    /** Null: it cannot be told. */
    readonly result: AuthenticationResult | null;
    readonly records: readonly string[];
    /** The one record as it should be; null: nothing to change. */
    readonly wanted: string | null;
    readonly mechanisms: readonly string[];
    readonly lookups: number;
    readonly lookupLimit: number;
    readonly lookupsClose: boolean;
  };
  readonly dmarc: { readonly policy: DmarcPolicy | null; readonly name: string | null };
  readonly checkedAt: IsoInstant | null;
  readonly detail: string | null;
}
