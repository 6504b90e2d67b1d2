import { HOUR, isTerminal, SECOND, type Instant } from '@holdfast/domain';
import { systemActor } from '../audit-entry.ts';
import { openCredentials } from '../organisations/open-credentials.ts';
import { isPassing, tenantFailureWords } from '../organisations/tenant-failure-words.ts';
import type { Ports } from '../ports.ts';
import type { TenantCredentials } from '../ports/office365/tenant-credentials.ts';
import { TenantError } from '../ports/office365/tenant-credentials.ts';
import type { CanaryProbeRecord } from '../records/cut-over.ts';
import { changeCutOver } from './change-cut-over.ts';
import { loseCanary } from './send-canary.ts';

/** Between two looks into the mailbox: a second at first, then a quarter of the time that has passed. Milliseconds. */
const FIRST_PAUSE = SECOND;
const SHARE_OF_AGE = 0.25;
/** What cannot be removed for a passing reason is tried for this long. Milliseconds. */
const REMOVAL_PATIENCE = HOUR;

/** Timer: follows the probes on their way, and takes those that have arrived out of the mailbox again. */
export async function watchCanaries(ports: Ports, organisationId: string): Promise<void> {
  const open = await ports.database.withinOrganisation(organisationId, ({ cutOvers }) =>
    cutOvers.openProbes(),
  );
  if (open.length === 0) return;
  const credentials = await openCredentials(ports, organisationId);
  for (const probe of open) await watch(ports, organisationId, credentials, probe);
}

async function watch(
  ports: Ports,
  organisationId: string,
  credentials: TenantCredentials | null,
  before: CanaryProbeRecord,
): Promise<void> {
  if (before.state === 'waiting') return;
  if (before.state === 'arrived') {
    await removeProbe(ports, organisationId, credentials, before);
    return;
  }
  const probe =
    before.state === 'accepted' ? await followRelay(ports, organisationId, before) : before;
  const now = ports.clock.now();
  if (probe.detail !== null && probe.state === 'lost') {
    return loseCanary(ports, organisationId, probe, probe.detail);
  }
  const looked = isDue(probe, now) ? await look(ports, credentials, probe) : probe;
  if (looked.state === 'arrived') {
    await arrive(ports, organisationId, looked);
    await removeProbe(ports, organisationId, credentials, looked);
    return;
  }
  // Where we may not look an administrator does, who may take his time.
  const over = now - (probe.submittedAt ?? now) > ports.settings.cutOver.canaryPatience;
  if (over && (looked.blind === null || looked.state === 'accepted')) {
    return loseCanary(ports, organisationId, looked, whereItStopped(looked));
  }
  if (looked === before) return;
  await ports.database.withinOrganisation(organisationId, ({ cutOvers }) =>
    cutOvers.saveProbe(looked),
  );
}

function isDue(probe: CanaryProbeRecord, now: Instant): boolean {
  if (probe.lookedAt === null) return true;
  const age = now - (probe.acceptedAt ?? now);
  return now - probe.lookedAt >= Math.max(FIRST_PAUSE, age * SHARE_OF_AGE);
}

function whereItStopped(probe: CanaryProbeRecord): string {
  return probe.state === 'relayed'
    ? `Office 365 took it (${probe.relayReply ?? 'no reply kept'}), but it is not in the mailbox. Look into the quarantine of Office 365 and for rules that move it away.`
    : 'It is still waiting here for Office 365. Look at the queue.';
}

/** From our spool to Office 365's answer, as the trace has it. */
async function followRelay(
  ports: Pick<Ports, 'database'>,
  organisationId: string,
  probe: CanaryProbeRecord,
): Promise<CanaryProbeRecord> {
  return ports.database.withinOrganisation(organisationId, async ({ traces, queue }) => {
    const { rows } = await traces.page({
      sender: '',
      recipient: probe.mailbox,
      subject: '',
      rfcMessageId: probe.messageId,
      recordId: null,
      since: null,
      until: null,
      limit: 1,
      after: null,
    });
    const found = rows[0]?.delivery;
    if (found === undefined) return probe;
    if (found.state === 'delivered') {
      const history = await queue.history(found.messageId);
      const attempts = history?.deliveries.find(
        ({ delivery }) => delivery.id === found.id,
      )?.attempts;
      const last = attempts?.at(-1) ?? null;
      return {
        ...probe,
        state: 'relayed',
        relayedAt: last?.at ?? found.updatedAt,
        relayedTo: last?.host ?? null,
        relayReply: found.reply,
        detail: null,
      };
    }
    if (isTerminal(found.state) || found.state === 'quarantined') {
      const detail = `It was ${found.state}: ${found.reply ?? 'without a word'}`;
      return { ...probe, state: 'lost', detail };
    }
    const waits = found.reply === null ? null : `Office 365 said: ${found.reply}`;
    return waits === probe.detail ? probe : { ...probe, detail: waits };
  });
}

async function look(
  ports: Ports,
  credentials: TenantCredentials | null,
  probe: CanaryProbeRecord,
): Promise<CanaryProbeRecord> {
  const lookedAt = ports.clock.now();
  if (credentials === null) return { ...probe, lookedAt, blind: 'Office 365 is not connected.' };
  try {
    const found = await ports.tenantMailbox.findMessage(
      credentials,
      probe.mailbox,
      probe.messageId,
    );
    if (found === null) return { ...probe, lookedAt, blind: null };
    const { folder, receivedAt } = found;
    return {
      ...probe,
      state: 'arrived',
      lookedAt,
      blind: null,
      arrivedAt: receivedAt,
      folder,
      seenBy: 'graph',
      detail: null,
    };
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    return { ...probe, lookedAt, blind: tenantFailureWords(error) };
  }
}

/** In one transaction: the probe and what it proves. */
async function arrive(
  ports: Ports,
  organisationId: string,
  probe: CanaryProbeRecord,
): Promise<void> {
  const at = ports.clock.now();
  await ports.database.withinOrganisation(organisationId, async (r) => {
    await r.cutOvers.saveProbe(probe);
    const { state } = await r.cutOvers.lock(probe.domain);
    if (state === null || state.phase === 'back' || state.canary?.probeId !== probe.id) return;
    const seen = {
      type: 'canary-seen',
      probeId: probe.id,
      seenBy: probe.seenBy ?? 'graph',
      arrivedAt: probe.arrivedAt ?? at,
      at,
    } as const;
    await changeCutOver(ports, systemActor(organisationId), r, probe.domain, () => seen);
  });
}

/** Nobody shall find a test message of ours in the mailbox; where we may not, its owner is told so. */
async function removeProbe(
  ports: Ports,
  organisationId: string,
  credentials: TenantCredentials | null,
  probe: CanaryProbeRecord,
): Promise<void> {
  const after = { ...probe, ...(await tryRemove(ports, credentials, probe)) };
  await ports.database.withinOrganisation(organisationId, ({ cutOvers }) =>
    cutOvers.saveProbe(after),
  );
}

async function tryRemove(
  ports: Ports,
  credentials: TenantCredentials | null,
  probe: CanaryProbeRecord,
): Promise<Pick<CanaryProbeRecord, 'removedAt' | 'removal'>> {
  if (credentials === null) return { removedAt: null, removal: 'Office 365 is not connected.' };
  try {
    await ports.tenantMailbox.removeMessage(credentials, probe.mailbox, probe.messageId);
    return { removedAt: ports.clock.now(), removal: null };
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    const young = ports.clock.now() - probe.requestedAt < REMOVAL_PATIENCE;
    return {
      removedAt: null,
      removal: young && isPassing(error) ? null : tenantFailureWords(error),
    };
  }
}

/** At the end: what of our test messages is gone from the tenant's mailboxes, and what an administrator has to delete. */
export async function canaryLeftovers(
  ports: Ports,
  organisationId: string,
): Promise<{ readonly removed: readonly string[]; readonly left: readonly string[] }> {
  const probes = await ports.database.withinOrganisation(organisationId, ({ cutOvers }) =>
    cutOvers.sentProbes(),
  );
  const credentials = await openCredentials(ports, organisationId);
  const removed: string[] = [];
  const left: string[] = [];
  for (const probe of probes) {
    const words = `the test message of ${new Date(probe.requestedAt).toISOString()} in ${probe.mailbox}`;
    const outcome = probe.removedAt === null ? await tryRemove(ports, credentials, probe) : probe;
    if (outcome.removedAt === null) left.push(`Delete ${words}.`);
    else removed.push(`Removed ${words}`);
  }
  return { removed, left };
}
