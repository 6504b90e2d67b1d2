import { describeOutcome } from '@holdfast/domain';
import { systemActor } from '../audit-entry.ts';
import type { Job } from '../jobs.ts';
import type { Ports } from '../ports.ts';
import type { CanaryProbeRecord } from '../records/cut-over.ts';
import { canaryMessage } from './canary-message.ts';
import { changeCutOver } from './change-cut-over.ts';

/** Job `cut-over.send-canary`: hands the test message to our own MX by its public name. Sent once, and not twice. */
export async function sendCanary(
  ports: Ports,
  { payload: { organisationId, probeId } }: Job<'cut-over.send-canary'>,
): Promise<void> {
  const probe = await ports.database.withinOrganisation(organisationId, ({ cutOvers }) =>
    cutOvers.probe(probeId),
  );
  if (probe === null || probe.state !== 'waiting') return;
  const message = await canaryMessage(ports, organisationId, probe);
  const submittedAt = ports.clock.now();
  const { outcome, host } = await ports.frontDoor.deliver({
    from: ports.settings.noticeFrom,
    recipient: probe.mailbox,
    message,
  });
  if (outcome.kind === 'reply' && outcome.code >= 200 && outcome.code < 300) {
    await save(ports, organisationId, {
      ...probe,
      state: 'accepted',
      submittedAt,
      acceptedAt: ports.clock.now(),
      acceptedBy: host,
    });
    return;
  }
  const detail = `Our own MX did not take it: ${describeOutcome(outcome)}`;
  await loseCanary(ports, organisationId, { ...probe, submittedAt, acceptedBy: host }, detail);
}

async function save(ports: Ports, organisationId: string, probe: CanaryProbeRecord): Promise<void> {
  await ports.database.withinOrganisation(organisationId, ({ cutOvers }) =>
    cutOvers.saveProbe(probe),
  );
}

/** The probe is given up, with where it stopped. */
export async function loseCanary(
  ports: Ports,
  organisationId: string,
  probe: CanaryProbeRecord,
  detail: string,
): Promise<void> {
  await ports.database.withinOrganisation(organisationId, async (r) => {
    await r.cutOvers.saveProbe({ ...probe, state: 'lost', detail });
    const { state } = await r.cutOvers.lock(probe.domain);
    // The cut-over was given up meanwhile, or another probe has been sent: then nobody waits for this one.
    if (state === null || state.phase === 'back' || state.canary?.probeId !== probe.id) return;
    const lost = { type: 'canary-lost', probeId: probe.id, detail, at: ports.clock.now() } as const;
    await changeCutOver(ports, systemActor(organisationId), r, probe.domain, () => lost);
  });
}
