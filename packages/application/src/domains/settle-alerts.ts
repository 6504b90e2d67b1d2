import { HOUR, type Drift, type DriftDecision } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { DomainAlertRecord } from '../records/domain-report.ts';

/** What comes and goes is told once within this: a resolver that flaps must not wake anybody twice. Milliseconds. */
const TOLD_AGAIN_AFTER = 6 * HOUR;
const LONGEST_SEEN = 2000;

/** Raises what has changed, once for each; ends what is as it was. Before the installation there is nothing to guard. */
export async function settleAlerts(
  ports: Ports,
  r: OrganisationRepositories,
  actor: Actor,
  input: {
    readonly domain: string;
    readonly decision: DriftDecision;
    readonly askedAt: number;
  },
): Promise<void> {
  const { installedAt } = await r.organisation.get();
  if (installedAt === null) return;
  const { domain, decision, askedAt } = input;
  const open = await r.domainWatch.openAlerts(domain);
  // On the way back MX leaves us because an administrator wants it.
  const { state } = await r.cutOvers.get(domain);
  const meant = state?.phase === 'way-back' || state?.phase === 'back';
  const drifts = decision.drifts.filter(
    ({ kind }) => !(meant && (kind === 'mx-away' || kind === 'mx-second')),
  );
  for (const drift of drifts) {
    const known = open.find((alert) => isOf(alert, drift));
    if (known === undefined) await raise(ports, r, actor, { domain, drift, askedAt });
    else {
      const { level } = drift;
      await r.domainWatch.saveAlert(known.id, { level, seen: cut(drift), lastSeenAt: askedAt });
    }
  }
  for (const alert of open) {
    const goesOn = drifts.some((drift) => isOf(alert, drift));
    if (goesOn || decision.undecided.includes(alert.kind)) continue;
    await r.domainWatch.saveAlert(alert.id, { clearedAt: askedAt });
    const { kind, subject, since } = alert;
    const details = { kind, subject, since: new Date(since).toISOString() };
    await r.audit.append(auditEntry(ports, actor, 'domain.alert-cleared', domain, details));
  }
}

function isOf(alert: DomainAlertRecord, drift: Drift): boolean {
  return alert.kind === drift.kind && alert.subject === drift.subject;
}

function cut({ seen }: Drift): string {
  return seen.slice(0, LONGEST_SEEN);
}

async function raise(
  ports: Ports,
  r: OrganisationRepositories,
  actor: Actor,
  {
    domain,
    drift,
    askedAt,
  }: {
    readonly domain: string;
    readonly drift: Drift;
    readonly askedAt: number;
  },
): Promise<void> {
  const { kind, subject, level } = drift;
  const told = await r.domainWatch.lastTold({ domain, kind, subject });
  const again = told !== null && askedAt - told < TOLD_AGAIN_AFTER;
  const id = ports.identifiers.uuid();
  await r.domainWatch.raise({
    id,
    domain,
    kind,
    subject,
    level,
    seen: cut(drift),
    since: askedAt,
    lastSeenAt: askedAt,
    clearedAt: null,
    notifiedAt: null,
    notice: again ? 'Not told again: it was a few hours ago.' : null,
    acceptedBy: null,
  });
  await r.audit.append(
    auditEntry(ports, actor, 'domain.alert-raised', domain, { kind, subject, seen: cut(drift) }),
  );
  if (again) return;
  const { organisationId } = actor;
  await r.jobs.send({
    name: 'domain.alert',
    payload: { organisationId, alertId: id },
    id: `domain.alert:${id}`,
    startAfter: null,
  });
}
