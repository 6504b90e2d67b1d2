import { assessPrimary, initialHealth, type Evidence } from '@holdfast/domain';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Database } from '../ports/database.ts';

/** Takes evidence into an organisation's primary health; an empty list lets time pass. */
export async function recordEvidence(
  ports: { readonly database: Database; readonly clock: Clock; readonly log: Log },
  organisationId: string,
  evidence: readonly Evidence[],
): Promise<void> {
  await ports.database.withinOrganisation(organisationId, async ({ health, mailFlow, audit }) => {
    const now = ports.clock.now();
    const before = (await health.lock()) ?? initialHealth(now);
    const after = assessPrimary(before, evidence, now);
    const changed = after.state !== before.state;
    await health.save(after, changed);
    for (const one of evidence) await health.appendEvidence(one);
    if (!changed) return;
    ports.log.warn('office 365 changed state', {
      organisationId,
      from: before.state,
      to: after.state,
    });
    await audit.append({
      at: now,
      actor: 'system',
      action: 'primary.state-changed',
      subject: after.state,
      details: {
        from: before.state,
        causes: Object.values(after.sources).map((source) => source.cause),
      },
      ip: null,
    });
    if (after.state === 'recovering') await mailFlow.hasten(now);
  });
}
