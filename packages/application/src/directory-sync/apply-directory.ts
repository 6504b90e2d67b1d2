import {
  guardSync,
  isProtectableDomain,
  type SyncGuardDecision,
  type SyncWeather,
} from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { TenantDomainWithRoute } from '../ports/office365/tenant-directory.ts';
import type { MassChange } from '../ports/repositories/directory-intake.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { DomainRecord, OrganisationRecord, SyncRunRecord } from '../records/organisation.ts';
import { saveTenantRoutes } from '../domains/save-tenant-routes.ts';
import { protectNewcomers } from './protect-newcomers.ts';
import { RunLostError, type RunUnderWay, type TenantReading } from './read-tenant.ts';
import { saveRecipientLists } from './recipient-lists.ts';
import { describeSync } from './sync-words.ts';
import { readWeather, unprotectIneligible } from './unprotect-ineligible.ts';

/** What the guard says of each thing that a sync may take away. */
export interface SyncGuards {
  readonly removals: SyncGuardDecision;
  readonly disablings: SyncGuardDecision;
  readonly addressLosses: SyncGuardDecision;
}

/**
 * Brings the directory to what the tenant said, in one transaction: guards what would be taken away, protects new users
 * where that is wanted and seats are left, closes the sessions of those who are gone, and finishes the run. Throws
 * `RunLostError` when the run is in other hands.
 */
export async function applyDirectory(
  ports: Ports,
  actor: Actor,
  input: {
    readonly run: RunUnderWay;
    readonly reading: TenantReading;
    /** An administrator has confirmed that many may go. */
    readonly allowRemovals: boolean;
  },
): Promise<void> {
  const { run, reading, allowRemovals } = input;
  const now = ports.clock.now();
  await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const organisation = await r.organisation.lock();
    const progress = { seen: run.seen, phase: run.phase, at: now };
    if (!(await r.syncRuns.beat(run.runId, run.owner, progress))) throw new RunLostError();
    await r.intake.settle(run.runId, reading.reads, reading.at);
    const change = await r.intake.derive();
    const weather = await readWeather(r);
    const guards = guard(change, weather, organisation, allowRemovals);
    const keeps =
      guards.removals.decision !== 'apply' || weather.eventOpen || !weather.primaryHealthy;
    await saveTenantRoutes(ports, r, actor, reading.domains);
    await replaceDomains(r, reading.domains, keeps);
    const applied = await r.intake.apply(now, {
      removals: guards.removals.decision !== 'apply',
      disablings: guards.disablings.decision !== 'apply',
      addressLosses: guards.addressLosses.decision !== 'apply',
    });
    await r.organisation.save({ directorySyncedAt: now });
    await r.accounts.revokePortalSessionsOf(applied.endedIds);
    const leaving = await unprotectIneligible(ports, r, actor, {
      weather,
      percent: organisation.syncGuardPercent,
      confirmed: allowRemovals,
    });
    const lists = await saveRecipientLists(r);
    const newcomers = await protectNewcomers(ports, r, actor, organisation);
    const asks =
      leaving.decision === 'ask' ||
      Object.values(guards).some(({ decision }: SyncGuardDecision) => decision === 'ask');
    const record = await r.syncRuns.get(run.runId);
    if (record === null) throw new RunLostError();
    const { added, changed, removed } = applied;
    const counts = { seen: run.seen, added, changed, removed };
    const ended: SyncRunRecord = {
      ...record,
      ...counts,
      state: asks ? 'needs-confirmation' : 'done',
      finishedAt: now,
      phase: null,
      detail: describeSync({ guards, leaving, lists, newcomers, reads: reading.reads }),
    };
    await r.syncRuns.save(ended);
    await r.audit.append(auditEntry(ports, actor, 'directory.synchronised', run.runId, counts));
    await r.notify({ channel: 'snapshot' });
  });
}

function guard(
  change: MassChange,
  weather: SyncWeather,
  { syncGuardPercent: percent }: OrganisationRecord,
  confirmed: boolean,
): SyncGuards {
  const rule = { percent, confirmed };
  return {
    removals: guardSync({ ...rule, known: change.known, affected: change.removals, weather }),
    // One who is locked out in the tenant is locked out here, whatever the weather.
    disablings: guardSync({
      ...rule,
      known: change.enabled,
      affected: change.disablings,
      weather: { primaryHealthy: true, eventOpen: false },
    }),
    addressLosses: guardSync({
      ...rule,
      known: change.addresses,
      affected: change.addressLosses,
      weather,
    }),
  };
}

/** A domain that goes is mail refused with 550: in doubt it stays. */
async function replaceDomains(
  r: OrganisationRepositories,
  read: readonly TenantDomainWithRoute[],
  keepsMissing: boolean,
): Promise<void> {
  // A domain belongs to one organisation: whoever has not proved that it is theirs must not take it from another.
  const verified = read.filter((domain) => domain.isVerified);
  const names = new Set(verified.map((domain) => domain.name));
  const missing = (await r.domains.list()).filter((domain) => !names.has(domain.name));
  await r.domains.replace(keepsMissing ? [...verified, ...missing.map(asRead)] : verified);
}

function asRead(domain: DomainRecord): TenantDomainWithRoute {
  const { name, isInitial, isVerified, carriesMail, tenantMx: mx, mailType } = domain;
  return { name, isInitial, isVerified, carriesMail, mx, mailType };
}

/** Names of the domains whose users can be protected. */
export function protectableNames(domains: readonly DomainRecord[]): readonly string[] {
  return domains.filter(isProtectableDomain).map(({ name }) => name);
}
