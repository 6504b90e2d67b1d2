import { readListEntry, type ListEntryRefusal } from '@holdfast/domain';
import { auditEntry, systemActor } from '../audit-entry.ts';
import type { Job } from '../jobs.ts';
import { requireCredentials } from '../organisations/open-credentials.ts';
import { isPassing, tenantFailureWords } from '../organisations/tenant-failure-words.ts';
import type { Ports } from '../ports.ts';
import type { CopiedLists } from '../ports/office365/exchange-administration.ts';
import { TenantError } from '../ports/office365/tenant-credentials.ts';
import type { InstallationStepRecord, ListEntryRecord } from '../records/organisation.ts';
import { finishStep } from './installation-steps.ts';

/** Who added what came from the tenant. */
const COPIED_BY = 'system';

/**
 * Job `installation.copy-lists`: copies allow and block lists from the tenant, once. Only a complete copy uses up the
 * once; of an incomplete one what could be read is kept, the step stays open as "not copied yet", and a later complete
 * copy adds the rest without doubling anything.
 */
export async function copyLists(ports: Ports, job: Job<'installation.copy-lists'>): Promise<void> {
  const { organisationId } = job.payload;
  const { listsCopiedAt } = await ports.database.withinOrganisation(organisationId, (r) =>
    r.organisation.get(),
  );
  if (listsCopiedAt !== null) {
    const day = new Date(listsCopiedAt).toISOString().slice(0, 10);
    const detail = `copied on ${day} already; nothing was copied again`;
    await finishStep(ports, organisationId, { step: 'copy-lists', state: 'done', detail });
    return;
  }
  try {
    const credentials = await requireCredentials(ports, organisationId);
    await keepCopy(ports, organisationId, await ports.exchange.readLists(credentials));
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    const detail = `not copied yet: ${tenantFailureWords(error)}`;
    await finishStep(ports, organisationId, { step: 'copy-lists', state: 'failed', detail });
    if (isPassing(error)) throw error;
  }
}

async function keepCopy(ports: Ports, organisationId: string, copied: CopiedLists): Promise<void> {
  await ports.database.withinOrganisation(organisationId, async (r) => {
    const organisation = await r.organisation.lock();
    // Another run of this job may have finished meanwhile.
    if (organisation.listsCopiedAt !== null) return;
    const ownDomains = (await r.domains.list()).map((domain) => domain.name);
    const { entries, refused } = readEntries(ports, copied, ownDomains);
    const added = await r.lists.add(entries);
    const at = ports.clock.now();
    if (copied.complete) await r.organisation.save({ listsCopiedAt: at });
    const step: InstallationStepRecord = {
      step: 'copy-lists',
      state: copied.complete ? 'done' : 'failed',
      detail: describe(copied, added, refused),
      added: [],
      at,
    };
    await r.organisation.saveStep(step);
    await r.audit.append(
      auditEntry(ports, systemActor(organisationId), 'lists.copied', `${added} entries`, {
        complete: copied.complete,
        missing: copied.missing,
        entries: entries.map(({ kind, value }) => `${kind} ${value}`),
        refused,
      }),
    );
    if (added > 0) await r.notify({ channel: 'snapshot' });
  });
}

type RefusedCounts = Readonly<Partial<Record<ListEntryRefusal, number>>>;

function readEntries(
  ports: Ports,
  copied: CopiedLists,
  ownDomains: readonly string[],
): { readonly entries: readonly ListEntryRecord[]; readonly refused: RefusedCounts } {
  const entries = new Map<string, ListEntryRecord>();
  const refused: Partial<Record<ListEntryRefusal, number>> = {};
  for (const { kind, value, source } of copied.entries) {
    const reading = readListEntry(kind, value, ownDomains);
    if (!reading.ok) {
      refused[reading.refusal] = (refused[reading.refusal] ?? 0) + 1;
      continue;
    }
    const key = `${kind} ${reading.entry.value}`;
    if (entries.has(key)) continue;
    entries.set(key, {
      ...reading.entry,
      id: ports.identifiers.uuid(),
      forDomain: null,
      forUserId: null,
      expiresAt: null,
      source: 'tenant',
      note: source,
      addedBy: COPIED_BY,
      addedAt: ports.clock.now(),
    });
  }
  return { entries: [...entries.values()], refused };
}

const REFUSED_WORDS: Readonly<Record<ListEntryRefusal, string>> = {
  'own-domain': 'own domains in the allow list (they would let spoofs pass)',
  'range-too-wide': 'ranges that are too wide',
  'not-an-entry': 'entries that are no address, domain or range',
};

function describe(copied: CopiedLists, added: number, refused: RefusedCounts): string {
  const leftOut = Object.entries(REFUSED_WORDS).flatMap(([refusal, words]) => {
    const count = refused[refusal as ListEntryRefusal];
    return count === undefined ? [] : [`${count} ${words}`];
  });
  const count = `${added} ${added === 1 ? 'entry' : 'entries'} copied`;
  const without = leftOut.length === 0 ? '' : `; left out: ${leftOut.join(', ')}`;
  return copied.complete
    ? `${count}${without}`
    : `not copied yet: ${copied.missing.join('; ')}. So far ${count}${without}`;
}
