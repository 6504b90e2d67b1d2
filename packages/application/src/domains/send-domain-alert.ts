import { systemActor, auditEntry } from '../audit-entry.ts';
import type { Job } from '../jobs.ts';
import type { Ports } from '../ports.ts';
import type { NoticeOutcome } from '../ports/notifications.ts';
import { driftWords } from './words/drift-words.ts';

/**
 * Job `domain.alert`: tells every administrator by e-mail that something has changed in DNS. By the route of private
 * mail, and to the address each signs in with: no other channel of administrators is known. What was mended meanwhile
 * is not told. Repeated while nobody could be reached.
 */
export async function sendDomainAlert(ports: Ports, job: Job<'domain.alert'>): Promise<void> {
  const { organisationId, alertId } = job.payload;
  const found = await ports.database.withinOrganisation(organisationId, async (r) => {
    const alert = await r.domainWatch.alert(alertId);
    if (alert === null || alert.clearedAt !== null || alert.notifiedAt !== null) return null;
    return {
      alert,
      organisation: await r.organisation.get(),
      administrators: await r.accounts.administrators(),
    };
  });
  if (found === null) return;
  const { alert, organisation, administrators } = found;
  const email = ports.templates.domainAlert({
    organisation: organisation.name,
    domain: alert.domain,
    ...driftWords(alert),
    seen: alert.seen,
    since: new Date(alert.since).toISOString(),
    url: `${ports.settings.adminUrl.replace(/\/$/, '')}/domains`,
  });
  const outcomes = await Promise.all(
    administrators.map(async ({ id, email: to }) => ({
      to,
      outcome: await send(ports, { ...email, to, reference: `domain.alert:${alertId}:${id}` }),
    })),
  );
  const told = outcomes.filter(({ outcome }) => outcome.ok).map(({ to }) => to);
  const failed = outcomes.flatMap(({ to, outcome }) =>
    outcome.ok ? [] : [`${to}: ${outcome.detail}`],
  );
  const notice = [
    told.length === 0 ? 'No administrator could be told.' : `Told ${told.join(', ')}.`,
    ...failed,
  ].join(' ');
  await ports.database.withinOrganisation(organisationId, async (r) => {
    const notifiedAt = told.length === 0 ? null : ports.clock.now();
    await r.domainWatch.saveAlert(alertId, { notifiedAt, notice });
    if (told.length === 0) return;
    const details = { kind: alert.kind, subject: alert.subject, told };
    await r.audit.append(
      auditEntry(ports, systemActor(organisationId), 'domain.alert-told', alert.domain, details),
    );
  });
  const worthAnother = outcomes.some(({ outcome }) => !outcome.ok && !outcome.permanent);
  if (told.length === 0 && worthAnother) throw new Error(notice);
}

async function send(
  ports: Ports,
  message: Parameters<Ports['alternateEmail']['send']>[0],
): Promise<NoticeOutcome> {
  try {
    return await ports.alternateEmail.send(message);
  } catch (error) {
    // One address that cannot be reached must not keep the others from being told.
    return { ok: false, permanent: false, detail: String(error) };
  }
}
