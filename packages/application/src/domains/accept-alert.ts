import { NO_BASELINE, type DriftBaseline } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { actorName } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import type { DomainAlertRecord } from '../records/domain-report.ts';
import { findProtectableDomain } from './find-domain.ts';

/** What an administrator may have meant: the rest stays a fault for as long as it lasts. */
export function isAcceptable(alert: Pick<DomainAlertRecord, 'kind'>): boolean {
  switch (alert.kind) {
    case 'mx-ttl-raised':
    case 'dmarc-stricter':
    case 'spf-gone':
      return true;
    case 'mx-away':
    case 'mx-second':
    case 'dkim-gone':
    case 'dkim-changed':
    case 'sts-without-us':
    case 'tlsa-wrong':
      return false;
  }
}

/**
 * Takes what is there now as right. Refuses: `domains.unknown`, `domains.initial`, `domains.alert-gone`,
 * `domains.alert-not-acceptable`.
 */
export async function acceptDomainAlert(
  ports: Ports,
  actor: Actor,
  input: { readonly id: string },
): Promise<string> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    await r.organisation.lock();
    const alert = await r.domainWatch.alert(input.id);
    if (alert === null || alert.clearedAt !== null) {
      throw new Refusal('domains.alert-gone', 'This alert has ended meanwhile.');
    }
    if (!isAcceptable(alert)) {
      throw new Refusal(
        'domains.alert-not-acceptable',
        'This is a fault as long as it lasts. It ends by itself once the record is right.',
      );
    }
    const domain = await findProtectableDomain(r, alert.domain);
    if (domain.report !== null) {
      const baseline = { ...(domain.baseline ?? NO_BASELINE), ...forgotten(alert) };
      await r.domainWatch.saveReport(domain.name, domain.report, baseline);
    }
    await r.domainWatch.saveAlert(alert.id, {
      clearedAt: ports.clock.now(),
      acceptedBy: actorName(actor),
    });
    const { kind, subject, seen } = alert;
    await r.audit.append(
      auditEntry(ports, actor, 'domain.alert-accepted', domain.name, { kind, subject, seen }),
    );
    return domain.name;
  });
}

/** The next look learns it anew. */
function forgotten({ kind }: DomainAlertRecord): Partial<DriftBaseline> {
  switch (kind) {
    case 'mx-ttl-raised':
      return { ttl: null, ttlSince: null };
    case 'dmarc-stricter':
      return { dmarc: null };
    case 'spf-gone':
      return { spfPassed: false };
    case 'mx-away':
    case 'mx-second':
    case 'dkim-gone':
    case 'dkim-changed':
    case 'sts-without-us':
    case 'tlsa-wrong':
      return {};
  }
}
