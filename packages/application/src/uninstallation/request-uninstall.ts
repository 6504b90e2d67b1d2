import { UNINSTALL_WORDS } from '@holdfast/contracts';
import { actorName, type Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import { lookAgain } from '../cut-over/switch-lock-down.ts';
import { installationMissing } from '../installation/installation-missing.ts';
import type { Ports } from '../ports.ts';
import type { UninstallationRecord } from '../records/cut-over.ts';
import { Refusal } from '../refusal.ts';
import { uninstallBlockers, type UninstallBlocker } from './uninstall-blockers.ts';

export interface UninstallReview {
  readonly blockers: readonly UninstallBlocker[];
  readonly protectedUsers: number;
  /** Until when copies of mail stay at the longest. */
  readonly copiesUntil: number;
  readonly latest: UninstallationRecord | null;
}

/** What speaks against uninstalling, looked at anew, and what it would do. Refuses: `installation.not-done` never. */
export async function reviewUninstall(ports: Ports, actor: Actor): Promise<UninstallReview> {
  const { organisationId } = actor;
  const known = await ports.database.withinOrganisation(organisationId, async (r) => ({
    installed: (await r.organisation.get()).installedAt !== null,
    protectedUsers: (await r.directory.counts([])).protected,
    latest: await r.cutOvers.latestUninstallation(),
  }));
  if (known.installed) await lookAgain(ports, actor);
  return {
    blockers: known.installed ? await uninstallBlockers(ports, organisationId) : [],
    protectedUsers: known.protectedUsers,
    copiesUntil: ports.clock.now() + ports.settings.copyRetention,
    latest: known.latest,
  };
}

/**
 * Takes everything away again, by a job. Refuses: `installation.not-done`, `uninstall.words-missing`,
 * `uninstall.refused` with every reason.
 */
export async function requestUninstall(
  ports: Ports,
  actor: Actor,
  input: { readonly typed: string },
): Promise<UninstallationRecord> {
  if (input.typed.trim().toLowerCase() !== UNINSTALL_WORDS) {
    const words = `Type “${UNINSTALL_WORDS}” to confirm that protection ends.`;
    throw new Refusal('uninstall.words-missing', words, { typed: words });
  }
  const { organisationId } = actor;
  const installed = await ports.database.withinOrganisation(organisationId, ({ organisation }) =>
    organisation.get(),
  );
  if (installed.installedAt === null) throw installationMissing();
  await lookAgain(ports, actor);
  refuseBlocked(await uninstallBlockers(ports, organisationId));
  return ports.database.withinOrganisation(organisationId, async (r) => {
    await r.organisation.lock();
    const before = await r.cutOvers.latestUninstallation();
    if (before?.state === 'running') return before;
    const record: UninstallationRecord = {
      id: ports.identifiers.uuid(),
      startedAt: ports.clock.now(),
      startedBy: actorName(actor),
      state: 'running',
      finishedAt: null,
      removed: [],
      byHand: [],
      script: null,
      copiesUntil: null,
      detail: null,
    };
    await r.cutOvers.saveUninstallation(record);
    await r.audit.append(auditEntry(ports, actor, 'uninstall.requested', installed.name));
    await r.jobs.send({
      name: 'uninstall.run',
      payload: { organisationId, uninstallationId: record.id },
      id: `uninstall.run:${record.id}`,
      startAfter: null,
    });
    return record;
  });
}

function refuseBlocked(blockers: readonly UninstallBlocker[]): void {
  if (blockers.length === 0) return;
  throw new Refusal(
    'uninstall.refused',
    `Not yet: ${blockers.map(({ title, detail }) => `${title}. ${detail}`).join(' ')}`,
  );
}
