/** What is looked at for each domain, in the order in which pages show it. */
export const DOMAIN_CHECKS = ['mx', 'spf', 'dkim', 'dmarc', 'mta-sts', 'tls-rpt', 'dane'] as const;
export type DomainCheckName = (typeof DOMAIN_CHECKS)[number];

/** Mildest first. `unknown`: DNS or a policy host did not answer, so nothing is concluded. */
const RESULTS = ['good', 'note', 'unknown', 'attention', 'problem'] as const;
export type CheckResult = (typeof RESULTS)[number];

const SEVERITIES = {
  'mx-here': 'good',
  'mx-filter': 'good',
  'mx-not-yet': 'attention',
  'mx-absent': 'problem',
  'mx-null': 'problem',
  'mx-null-and-others': 'problem',
  'mx-office365-left': 'problem',
  'mx-other-left': 'attention',
  'mx-host-missing': 'note',
  'mx-host-unresolved': 'problem',
  'mx-host-silent': 'unknown',
  'mx-host-alias': 'problem',
  'mx-host-is-address': 'problem',
  'mx-host-elsewhere': 'problem',
  'mx-ours-beside-filter': 'attention',
  'mx-office365-behind-filter': 'problem',
  'mx-ttl-long': 'note',
  'mx-disagreement': 'attention',
  'mx-silent': 'unknown',
  'spf-ours': 'good',
  'spf-absent': 'attention',
  'spf-several': 'problem',
  'spf-syntax': 'problem',
  'spf-lookups': 'problem',
  'spf-lookups-close': 'note',
  'spf-void': 'problem',
  'spf-broken-include': 'problem',
  'spf-circle': 'problem',
  'spf-plus-all': 'problem',
  'spf-no-end': 'note',
  'spf-ptr': 'note',
  'spf-not-ours': 'attention',
  'spf-not-told': 'unknown',
  'spf-silent': 'unknown',
  'spf-disagreement': 'attention',
  'dkim-published': 'good',
  'dkim-absent': 'attention',
  'dkim-wrong': 'problem',
  'dkim-gone': 'problem',
  'dkim-no-key': 'note',
  'dkim-silent': 'unknown',
  'dmarc-absent': 'note',
  'dmarc-several': 'attention',
  'dmarc-syntax': 'attention',
  'dmarc-none': 'note',
  'dmarc-enforced': 'good',
  'dmarc-enforced-unproved': 'problem',
  'dmarc-inherited': 'note',
  'dmarc-testing': 'note',
  'dmarc-silent': 'unknown',
  'sts-absent': 'note',
  'sts-several': 'attention',
  'sts-syntax': 'attention',
  'sts-unreachable': 'attention',
  'sts-redirect': 'attention',
  'sts-unreadable': 'attention',
  'sts-off': 'note',
  'sts-testing': 'note',
  'sts-enforced': 'good',
  'sts-without-us': 'problem',
  'sts-without-us-testing': 'attention',
  'sts-without-office365': 'note',
  'sts-certificate': 'problem',
  'sts-silent': 'unknown',
  'rpt-absent': 'note',
  'rpt-present': 'good',
  'rpt-syntax': 'attention',
  'rpt-silent': 'unknown',
  'dane-absent': 'note',
  'dane-unsigned': 'note',
  'dane-match': 'good',
  'dane-mismatch': 'problem',
  'dane-unusable': 'attention',
  'dane-other-host': 'note',
  'dane-certificate-unknown': 'unknown',
  'dane-silent': 'unknown',
} as const satisfies Readonly<Record<string, CheckResult>>;

export type FindingCode = keyof typeof SEVERITIES;

export interface Finding {
  readonly code: FindingCode;
  readonly result: CheckResult;
  /** What it is about: a host, a term of a record, a number. */
  readonly subject: string | null;
}

export interface DomainCheck {
  readonly check: DomainCheckName;
  /** The worst of its findings. */
  readonly result: CheckResult;
  readonly findings: readonly Finding[];
  /** The records as they were seen, in words. */
  readonly seen: readonly string[];
  /** Seconds. */
  readonly ttl: number | null;
}

export function finding(code: FindingCode, subject: string | null = null): Finding {
  return { code, result: SEVERITIES[code], subject };
}

export function settleCheck(
  check: DomainCheckName,
  findings: readonly Finding[],
  { seen, ttl }: Pick<DomainCheck, 'seen' | 'ttl'>,
): DomainCheck {
  const worst = Math.max(0, ...findings.map(({ result }) => RESULTS.indexOf(result)));
  const ordered = findings.toSorted(
    (a, b) => RESULTS.indexOf(b.result) - RESULTS.indexOf(a.result),
  );
  return { check, result: RESULTS[worst] ?? 'good', findings: ordered, seen, ttl };
}
