import {
  DAY,
  decideDrift,
  isOnTheMove,
  leavesOnPurpose,
  NO_BASELINE,
  nextCheckAt,
  SECOND,
  type DomainCheck,
  type Drift,
  type OutboundFacts,
} from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { KeyCheck } from './ask-outbound.ts';
import type { DomainRecords } from './ask-records.ts';
import { findProtectableDomain } from './find-domain.ts';
import { outboundStateOf } from './outbound-state.ts';
import { checksOf, reportOf, type ReportFacts } from './report-domain.ts';
import { settleAlerts } from './settle-alerts.ts';

/** How long what was seen of a domain is kept. Milliseconds. */
const OBSERVATIONS_KEPT_FOR = 90 * DAY;
/** Of one observation: a record of thousands of strings is somebody's joke. */
const MOST_LINES = 50;
const LONGEST_LINE = 1000;

/** Keeps every check, the history and the alerts; inside the caller's transaction, after MX, SPF and keys were saved. */
export async function saveReport(
  ports: Ports,
  r: OrganisationRepositories,
  actor: Actor,
  name: string,
  found: {
    readonly askedAt: number;
    readonly records: DomainRecords;
    /** As it was found now; null: nothing was learnt. */
    readonly spf: OutboundFacts['spf'];
    readonly keyChecks: readonly KeyCheck[];
  },
): Promise<void> {
  const domain = await findProtectableDomain(r, name);
  const keys = await r.domainKeys.ofDomain(name);
  const { fate } = outboundStateOf(ports.settings, domain, keys);
  const proved = fate === 'accepted';
  const facts: ReportFacts = { ...found, settings: ports.settings, domain, keys, proved };
  const checks = checksOf(facts);
  await keepObservations(r, name, checks, found);
  const report = reportOf(facts, checks, await oldMxUntil(r, name, found.askedAt));
  const decision = decideDrift(domain.baseline ?? NO_BASELINE, {
    now: found.askedAt,
    state: domain.state,
    checks,
    keys: found.keyChecks.map(({ selector, texts }) => ({
      selector,
      texts,
      state: keys.find((key) => key.selector === selector)?.state ?? 'unchecked',
    })),
    spf: found.spf,
    spfKnown: found.records.spf.known !== 'unknown',
    dmarc: found.records.dmarc,
    proved,
  });
  await r.domainWatch.saveReport(name, report, decision.baseline);
  const cutOver = (await r.cutOvers.get(name)).state;
  const drifts = leavesOnPurpose(cutOver) ? decision.drifts.filter(isUnwanted) : decision.drifts;
  await settleAlerts(ports, r, actor, {
    domain: name,
    decision: { ...decision, drifts },
    askedAt: found.askedAt,
  });
  const { ttl } = found.records.mx;
  const fraction = ports.identifiers.fraction();
  const watchedUntil = isOnTheMove(cutOver) ? found.askedAt + DAY : domain.watchedUntil;
  await r.domainWatch.saveNextCheck(
    name,
    nextCheckAt(found.askedAt, { ttl, watchedUntil, fraction }),
  );
}

/** Away from us, or beside us, is where a way back leads. */
function isUnwanted({ kind }: Drift): boolean {
  return kind !== 'mx-away' && kind !== 'mx-second';
}

/** What could be learnt; silence is no observation. */
async function keepObservations(
  r: OrganisationRepositories,
  domain: string,
  checks: readonly DomainCheck[],
  found: { readonly askedAt: number; readonly keyChecks: readonly KeyCheck[] },
): Promise<void> {
  const keep = (subject: string, value: readonly string[], ttl: number | null) =>
    r.domainWatch.observe(
      {
        domain,
        subject,
        value: value.slice(0, MOST_LINES).map((line) => line.slice(0, LONGEST_LINE)),
        ttl,
      },
      found.askedAt,
    );
  for (const { check, seen, ttl, findings } of checks) {
    const silent = findings.some(({ result }) => result === 'unknown');
    if (check === 'dkim' || (silent && seen.length === 0)) continue;
    await keep(check, seen, ttl);
  }
  for (const { selector, texts, ttl } of found.keyChecks) {
    if (texts !== null) await keep(`dkim:${selector}`, texts, ttl);
  }
  await r.domainWatch.forget(found.askedAt - OBSERVATIONS_KEPT_FOR);
}

/**
 * A resolver may have asked just before the change, and keeps the old record for its whole TTL. We know only what was
 * left of it when we looked: the longest of that counts.
 */
async function oldMxUntil(
  r: OrganisationRepositories,
  domain: string,
  now: number,
): Promise<number | null> {
  const [current, before] = await r.domainWatch.latest(domain, 'mx');
  if (current === undefined || before === undefined || before.ttl === null) return null;
  const until = current.firstSeenAt + before.ttl * SECOND;
  return until > now ? until : null;
}
