import {
  decideEligibility,
  DEFAULT_REMOVAL_SHARE,
  guardSync,
  type SyncGuardDecision,
} from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type {
  DirectoryReading,
  TenantDomainWithRoute,
  TenantObject,
} from '../ports/office365/tenant-directory.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { DirectoryRecord } from '../records/people.ts';
import type { DomainRecord, SyncRunRecord } from '../records/organisation.ts';
import { saveTenantRoutes } from '../domains/save-tenant-routes.ts';
import { protectUsers } from '../users/protect-users.ts';
import {
  isPrimaryHealthy,
  leavingWords,
  unprotectIneligible,
  type LeavingUsers,
} from './unprotect-ineligible.ts';

/** Kinds that only Exchange lists: a reading without Exchange says nothing about them. */
const EXCHANGE_ONLY_KINDS: readonly string[] = ['public-folder', 'dynamic-group'];

/**
 * Brings the directory to what the tenant said, in one transaction: guards removals, protects new users where that is
 * wanted and seats are left, closes the sessions of those who are gone, and finishes the run.
 */
export async function applyReading(
  ports: Ports,
  actor: Actor,
  input: {
    readonly run: SyncRunRecord;
    readonly reading: DirectoryReading;
    /** An administrator has confirmed that many may go. */
    readonly allowRemovals: boolean;
  },
): Promise<SyncRunRecord> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const organisation = await r.organisation.lock();
    const before = await r.directory.all();
    const domainsBefore = await r.domains.list();
    const reading = keepExchangeOnly(onlyVerified(input.reading), before);
    const { allowRemovals } = input;
    const guard = await guardRemovals(r, reading, allowRemovals);
    const calm = await isCalm(r);
    const now = ports.clock.now();
    const keepRemoved = guard.decision !== 'apply';
    await saveTenantRoutes(ports, r, actor, reading.domains);
    await r.domains.replace(
      keepRemoved || !calm ? keepDomains(reading.domains, domainsBefore) : reading.domains,
    );
    const applied = await r.directory.apply(reading, now, { keepRemoved });
    await r.organisation.save({
      directorySyncedAt: now,
      directoryComplete: reading.complete,
    });
    await endSessionsOfTheGone(r, before, await r.directory.all());
    const leaving = await unprotectIneligible(ports, r, actor, allowRemovals);
    const after = await r.directory.all();
    const newcomers =
      organisation.installedAt !== null && organisation.protectNewUsers
        ? newlyEligible(before, domainsBefore, after, await r.domains.list(), applied.addedIds)
        : [];
    const protection = await protectNewcomers(ports, r, actor, newcomers, after);
    const run: SyncRunRecord = {
      ...input.run,
      state: guard.decision === 'ask' || leaving.decision === 'ask' ? 'needs-confirmation' : 'done',
      finishedAt: now,
      seen: reading.objects.length,
      added: applied.added,
      changed: applied.changed,
      removed: applied.removed,
      detail: describe(guard, leaving, reading, protection),
    };
    await r.syncRuns.save(run);
    const { seen, added, changed, removed } = run;
    const counts = { seen, added, changed, removed };
    await r.audit.append(auditEntry(ports, actor, 'directory.synchronised', run.id, counts));
    await r.notify({ channel: 'snapshot' });
    return run;
  });
}

/** A domain belongs to one organisation: whoever has not proved that it is theirs must not take it from another. */
function onlyVerified(reading: DirectoryReading): DirectoryReading {
  return { ...reading, domains: reading.domains.filter((domain) => domain.isVerified) };
}

/** Without Exchange's list the known public folders and dynamic groups stay: their mail must go on arriving. */
function keepExchangeOnly(
  reading: DirectoryReading,
  known: readonly DirectoryRecord[],
): DirectoryReading {
  if (reading.complete) return reading;
  const seen = new Set(reading.objects.map((object) => object.externalId));
  const kept = known
    .filter((record) => EXCHANGE_ONLY_KINDS.includes(record.kind) && !seen.has(record.externalId))
    .map((record): TenantObject => {
      const { externalId, kind, displayName, primaryAddress, addresses, hasMailbox } = record;
      const { accountEnabled, directoryPhone, preferredLanguage } = record;
      const identity = { externalId, kind, displayName, primaryAddress, addresses, hasMailbox };
      return { ...identity, accountEnabled, directoryPhone, preferredLanguage };
    });
  return { ...reading, objects: [...reading.objects, ...kept] };
}

async function guardRemovals(
  r: OrganisationRepositories,
  reading: DirectoryReading,
  confirmed: boolean,
): Promise<SyncGuardDecision> {
  const compared = await r.directory.compare(reading);
  return guardSync({
    known: compared.known,
    removals: compared.removed,
    primaryHealthy: await isPrimaryHealthy(r),
    eventOpen: (await r.events.current()) !== null,
    removalShare: DEFAULT_REMOVAL_SHARE,
    confirmed,
  });
}

async function isCalm(r: OrganisationRepositories): Promise<boolean> {
  return (await isPrimaryHealthy(r)) && (await r.events.current()) === null;
}

/** A domain that goes is mail refused with 550: in doubt it stays. */
function keepDomains(
  read: readonly TenantDomainWithRoute[],
  known: readonly DomainRecord[],
): readonly TenantDomainWithRoute[] {
  const names = new Set(read.map((domain) => domain.name));
  const kept = known
    .filter((domain) => !names.has(domain.name))
    .map(({ name, isInitial, isVerified, carriesMail, tenantMx }) => {
      return { name, isInitial, isVerified, carriesMail, mx: tenantMx };
    });
  return [...read, ...kept];
}

/** Product rule: a user who is disabled or removed in the tenant loses the emergency mailbox's sessions at once. */
async function endSessionsOfTheGone(
  r: OrganisationRepositories,
  before: readonly DirectoryRecord[],
  after: readonly DirectoryRecord[],
): Promise<void> {
  const current = new Map(after.map((record) => [record.id, record]));
  for (const record of before) {
    if (!record.protected || !record.accountEnabled) continue;
    const now = current.get(record.id);
    if (now === undefined || !now.accountEnabled) await r.accounts.revokePortalSessions(record.id);
  }
}

/** New in this sync, or known without a mailbox until now. Whoever an administrator has left out stays out. */
function newlyEligible(
  before: readonly DirectoryRecord[],
  domainsBefore: readonly DomainRecord[],
  after: readonly DirectoryRecord[],
  domainsAfter: readonly DomainRecord[],
  addedIds: readonly string[],
): readonly DirectoryRecord[] {
  const added = new Set(addedIds);
  const waited = new Set(
    before
      .filter((record) => {
        const decision = decideEligibility(record, domainsBefore);
        return !decision.eligible && decision.reason === 'no-mailbox';
      })
      .map((record) => record.id),
  );
  return after.filter(
    (record) =>
      !record.protected &&
      (added.has(record.id) || waited.has(record.id)) &&
      decideEligibility(record, domainsAfter).eligible,
  );
}

async function protectNewcomers(
  ports: Ports,
  r: OrganisationRepositories,
  actor: Actor,
  newcomers: readonly DirectoryRecord[],
  after: readonly DirectoryRecord[],
): Promise<{ readonly protected: number; readonly withoutSeat: number }> {
  if (newcomers.length === 0) return { protected: 0, withoutSeat: 0 };
  const { plan } = await r.organisation.get();
  const taken = after.filter((record) => record.protected).length;
  const free = plan.continuity ? Math.max(0, plan.seats - taken) : 0;
  const seated = newcomers.slice(0, free);
  if (seated.length > 0) {
    await protectUsers(ports, r, actor, seated);
    await r.audit.append(
      auditEntry(ports, actor, 'users.protected-automatically', `${seated.length} users`, {
        addresses: seated.map((record) => record.primaryAddress),
      }),
    );
  }
  return { protected: seated.length, withoutSeat: newcomers.length - seated.length };
}

function describe(
  guard: SyncGuardDecision,
  leaving: LeavingUsers,
  reading: DirectoryReading,
  protection: { readonly protected: number; readonly withoutSeat: number },
): string | null {
  const words: string[] = [];
  if (guard.decision === 'ask') {
    words.push(
      `${guard.removals} of ${guard.known} objects are gone from Office 365, more than a tidy-up. None of them was removed here. Check the tenant before you go on.`,
    );
  }
  if (guard.decision === 'keep-removed') {
    words.push(
      guard.reason === 'event-open'
        ? 'Nobody is removed while an emergency event is open.'
        : 'Nobody is removed while Office 365 is not healthy.',
    );
  }
  words.push(...leavingWords(leaving));
  if (!reading.complete) {
    words.push(
      'Exchange did not list every recipient: unknown addresses are checked with Office 365 one by one.',
    );
  }
  if (protection.protected > 0) words.push(`${protection.protected} new users are protected now.`);
  if (protection.withoutSeat > 0) {
    words.push(
      `${protection.withoutSeat} new users are not protected: every seat of your plan is taken.`,
    );
  }
  return words.length === 0 ? null : words.join(' ');
}
