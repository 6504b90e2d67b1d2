import { z } from 'zod';
import type {
  AuthenticationResult,
  CheckResult,
  DkimState,
  DmarcPolicy,
  DnsProvider,
  DomainCheckName,
  DomainSetupState,
  FilterMode,
  ReplyFate,
} from '@holdfast/domain';
import type { IsoInstant } from '../words.ts';

export const domainInput = z.object({ name: z.string().trim().toLowerCase().min(3).max(253) });
export const acceptAlertInput = z.object({ id: z.uuid() });
export const saveFilterModeInput = z.object({
  name: z.string().trim().toLowerCase().min(3).max(253),
  filterMode: z.enum(['none', 'filter-removed', 'filter-in-front']),
  trustedHops: z.array(z.string().trim().min(2).max(60)).max(50).default([]),
  /** "I confirm": needed for both third-party modes. */
  confirmed: z.boolean().default(false),
});

/** One line of the list of all domains; a tenant may have hundreds, and every page of the console asks for it. */
export interface DomainRowView {
  readonly name: string;
  readonly protectable: boolean;
  /** Why not, when it is not: `initial-domain`, `no-mail-service`, `not-verified`. */
  readonly reason: 'initial-domain' | 'no-mail-service' | 'not-verified' | null;
  readonly state: DomainSetupState;
  /** Checks of the last look by their result; null before the first. */
  readonly counts: {
    readonly problems: number;
    readonly attentions: number;
    readonly unknown: number;
  } | null;
  /** Open ones. */
  readonly alerts: number;
}

export interface DomainView extends Omit<DomainRowView, 'counts' | 'alerts'> {
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
  /** Every check of the last look, in a fixed order; empty before the first. */
  readonly checks: readonly DomainCheckView[];
  /** What each resolver said of MX. */
  readonly resolvers: readonly ResolverView[];
  /** The zone’s own server answered; else TTLs are what a cache has left. */
  readonly authoritative: boolean;
  /** MX has changed lately: until then resolvers may still answer with the old record. */
  readonly oldMxUntil: IsoInstant | null;
  readonly nameServers: readonly string[];
  /** Where its records are entered; null: not known. */
  readonly provider: DnsProvider | null;
  readonly nextCheckAt: IsoInstant | null;
  /** Until then it is looked at more often: its MX moves. */
  readonly watchedUntil: IsoInstant | null;
  /** What has changed and is not mended. */
  readonly alerts: readonly DomainAlertView[];
  readonly outbound: OutboundView;
  readonly records: readonly {
    readonly name: string;
    readonly type: 'MX';
    readonly preference: number;
    readonly value: string;
    readonly ttl: number;
  }[];
}

interface FindingView {
  readonly code: string;
  readonly result: CheckResult;
  readonly title: string;
  /** What it means for mail. */
  readonly consequence: string;
  /** Empty: nothing is to be done. */
  readonly mend: string;
}

export interface DomainCheckView {
  readonly check: DomainCheckName;
  readonly result: CheckResult;
  /** Worst first. */
  readonly findings: readonly FindingView[];
  readonly seen: readonly string[];
  /** Seconds. */
  readonly ttl: number | null;
}

export interface ResolverView {
  readonly resolver: string;
  readonly outcome: 'found' | 'absent' | 'failed' | 'silent';
  readonly records: readonly string[];
  readonly ttl: number | null;
  readonly authoritative: boolean;
  readonly authenticated: boolean;
  readonly detail: string | null;
}

export interface DomainAlertView {
  readonly id: string;
  readonly level: 'problem' | 'attention';
  readonly title: string;
  readonly consequence: string;
  readonly mend: string;
  readonly seen: string;
  readonly since: IsoInstant;
  /** Who was told, in words; null: it is under way. */
  readonly notice: string | null;
  /** May be taken as right. */
  readonly acceptable: boolean;
}

/** A host that mail of the domain came from in the last day. */
export interface ArrivalView {
  readonly ip: string;
  readonly messages: number;
  readonly lastAt: IsoInstant;
  readonly trusted: boolean;
}

export interface DomainObservationView {
  readonly subject: string;
  readonly value: readonly string[];
  readonly ttl: number | null;
  readonly firstSeenAt: IsoInstant;
  readonly lastSeenAt: IsoInstant;
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
