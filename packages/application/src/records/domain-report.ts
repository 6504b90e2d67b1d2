import type { DomainCheck, DriftKind, Instant, ResolverAnswer, StsPolicy } from '@holdfast/domain';

/** What the last look at DNS came to. */
export interface DomainReport {
  readonly checkedAt: Instant;
  readonly checks: readonly DomainCheck[];
  readonly nameServers: readonly string[];
  /** What each resolver said of MX. */
  readonly resolvers: readonly ResolverReport[];
  /** The zone's own server answered; else the TTLs are what a cache has left. */
  readonly authoritative: boolean;
  /** MX has changed lately: until then resolvers may still answer with the old record. */
  readonly oldMxUntil: Instant | null;
  /** The MTA-STS policy that senders keep to; null without one. */
  readonly sts: StsPolicy | null;
}

export interface ResolverReport extends Pick<
  ResolverAnswer<unknown>,
  'resolver' | 'outcome' | 'ttl' | 'authoritative' | 'authenticated' | 'detail'
> {
  readonly records: readonly string[];
}

/** What was seen from when to when: equal observations are one. */
export interface DomainObservation {
  readonly domain: string;
  /** `mx`, `spf`, `dkim:<selector>`, `dmarc`, `mta-sts`, `tls-rpt`, `tlsa`. */
  readonly subject: string;
  readonly value: readonly string[];
  /** Longest that was seen. Seconds. */
  readonly ttl: number | null;
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
}

export interface DomainAlertRecord {
  readonly id: string;
  readonly domain: string;
  readonly kind: DriftKind;
  readonly subject: string;
  readonly level: 'problem' | 'attention';
  readonly seen: string;
  readonly since: Instant;
  readonly lastSeenAt: Instant;
  readonly clearedAt: Instant | null;
  /** Administrators were told; null: not yet, or they could not be reached. */
  readonly notifiedAt: Instant | null;
  /** How the telling went, in words. */
  readonly notice: string | null;
  readonly acceptedBy: string | null;
}
