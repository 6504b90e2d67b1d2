import { systemActor, auditEntry } from '../audit-entry.ts';
import type { Job } from '../jobs.ts';
import type { Ports } from '../ports.ts';
import { tellAdministrators } from './tell-administrators.ts';
import { driftWords } from './words/drift-words.ts';

/**
 * Job `domain.alert`: tells every administrator by e-mail that something has changed in DNS. What was mended meanwhile is
 * not told. Repeated while nobody could be reached.
 */
export async function sendDomainAlert(ports: Ports, job: Job<'domain.alert'>): Promise<void> {
  const { organisationId, alertId } = job.payload;
  const alert = await ports.database.withinOrganisation(organisationId, (r) =>
    r.domainWatch.alert(alertId),
  );
  if (alert === null || alert.clearedAt !== null || alert.notifiedAt !== null) return;
  const { told, notice, worthAnother } = await tellAdministrators(ports, organisationId, {
    domain: alert.domain,
    ...driftWords(alert),
    seen: alert.seen,
    since: alert.since,
    page: '/domains',
    reference: `domain.alert:${alertId}`,
  });
  await ports.database.withinOrganisation(organisationId, async (r) => {
    const notifiedAt = told.length === 0 ? null : ports.clock.now();
    await r.domainWatch.saveAlert(alertId, { notifiedAt, notice });
    if (told.length === 0) return;
    const details = { kind: alert.kind, subject: alert.subject, told };
    await r.audit.append(
      auditEntry(ports, systemActor(organisationId), 'domain.alert-told', alert.domain, details),
    );
  });
  if (told.length === 0 && worthAnother) throw new Error(notice);
}
