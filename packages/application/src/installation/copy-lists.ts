import { auditEntry, systemActor } from '../audit-entry.ts';
import type { Job } from '../jobs.ts';
import { requireCredentials } from '../organisations/open-credentials.ts';
import { isPassing, tenantFailureWords } from '../organisations/tenant-failure-words.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { TenantError } from '../ports/office365/tenant-credentials.ts';
import type { TenantListSection, TenantListsReading } from '../ports/office365/tenant-lists.ts';
import type { CopiedSection, ListCopyRecord } from '../records/lists.ts';
import type { InstallationStepRecord } from '../records/organisation.ts';
import { beginUserCopy } from './copy-user-lists.ts';
import { finishStep } from './installation-steps.ts';
import { listSurroundings } from './list-surroundings.ts';
import { placeEntries, type PlacedEntries } from './place-entries.ts';

/** Sections without which a copy is not complete. The others hold what we do not filter by. */
const NEEDED: readonly TenantListSection[] = [
  'content-filter',
  'content-filter-rules',
  'tenant-senders',
  'tenant-ips',
  'connection-filter',
];

/**
 * Job `installation.copy-lists`: copies allow and block lists from the tenant, once. Only a complete copy uses up the
 * once; of an incomplete one what could be read is kept, the step stays open as "not copied yet", and a later complete
 * copy adds the rest without doubling anything. The users' own lists follow in a job of their own.
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
  const startedAt = ports.clock.now();
  try {
    const credentials = await requireCredentials(ports, organisationId);
    const reading = await ports.tenantLists.read(credentials);
    await keepCopy(ports, organisationId, startedAt, reading);
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    const detail = `not copied yet: ${tenantFailureWords(error)}`;
    await finishStep(ports, organisationId, { step: 'copy-lists', state: 'failed', detail });
    if (isPassing(error)) throw error;
  }
}

async function keepCopy(
  ports: Ports,
  organisationId: string,
  startedAt: number,
  reading: TenantListsReading,
): Promise<void> {
  await ports.database.withinOrganisation(organisationId, async (r) => {
    const organisation = await r.organisation.lock();
    // Another run of this job may have finished meanwhile.
    if (organisation.listsCopiedAt !== null) return;
    const placed = placeEntries(ports, scoped(reading), await listSurroundings(r, reading.rules));
    const added = await r.lists.add(placed.entries);
    await r.listCopies.addItems(placed.items);
    const missing = missingSections(reading);
    const at = ports.clock.now();
    if (missing.length === 0) await r.organisation.save({ listsCopiedAt: at });
    const before = await r.listCopies.get();
    await r.listCopies.save(recordOf(reading, placed, { startedAt, finishedAt: at }, before));
    await r.organisation.saveStep(stepOf(placed, { added, missing, at }));
    await recordCopy(ports, r, organisationId, { placed, added, missing });
    if (added > 0) await r.notify({ channel: 'snapshot' });
    await beginUserCopy(ports, r, organisationId);
  });
}

/** While nobody can say to whom the other policies apply, only the default one is taken. */
function scoped(reading: TenantListsReading): TenantListsReading {
  const rules = reading.sections.find(({ section }) => section === 'content-filter-rules');
  if (rules?.failure === null) return reading;
  const items = reading.items.filter(
    ({ source, policy }) => source !== 'content-filter' || policy === 'Default',
  );
  return { ...reading, items };
}

function missingSections({ sections }: TenantListsReading): readonly string[] {
  return sections.flatMap(({ section, failure }) =>
    failure === null || !NEEDED.includes(section)
      ? []
      : [`${SECTION_WORDS[section]} could not be read: ${failure}`],
  );
}

function recordOf(
  reading: TenantListsReading,
  placed: PlacedEntries,
  times: Pick<ListCopyRecord, 'startedAt' | 'finishedAt'>,
  before: ListCopyRecord | null,
): ListCopyRecord {
  const sections = reading.sections.map(({ section, failure }): CopiedSection => ({
    section,
    state: failure === null ? 'read' : 'failed',
    entries: entriesIn(reading, section),
    detail: failure,
  }));
  const { notFiltered, spoofs } = reading;
  const users = before?.report.users ?? { state: 'waiting', unreadable: [], detail: null };
  const report = { sections, notFiltered, spoofs, idlePolicies: placed.idlePolicies, users };
  return { ...times, report };
}

function entriesIn(reading: TenantListsReading, section: TenantListSection): number {
  const from = (source: string): number =>
    reading.items.filter((item) => item.source === source).length;
  const { urls, files, simulations } = reading.notFiltered;
  switch (section) {
    case 'content-filter':
      return from('content-filter');
    case 'content-filter-rules':
      return reading.rules.length;
    case 'connection-filter':
      return from('connection-filter');
    case 'tenant-senders':
      return reading.items.filter((item) => item.source === 'tenant-list' && !isIp(item.value))
        .length;
    case 'tenant-ips':
      return reading.items.filter((item) => item.source === 'tenant-list' && isIp(item.value))
        .length;
    case 'not-filtered':
      return urls + files + simulations;
    case 'spoofs':
      return reading.spoofs.length;
  }
}

/** The list of addresses there is for IPv6 only. */
function isIp(value: string): boolean {
  return value.includes(':') && !value.includes('@');
}

function stepOf(
  placed: PlacedEntries,
  { added, missing, at }: { added: number; missing: readonly string[]; at: number },
): InstallationStepRecord {
  const complete = missing.length === 0;
  const refused = placed.items.filter(({ outcome }) => outcome === 'refused').length;
  const without = refused === 0 ? '' : `; ${refused} left out, each with its reason in the record`;
  const count = `${added} ${added === 1 ? 'entry' : 'entries'} copied${without}`;
  return {
    step: 'copy-lists',
    state: complete ? 'done' : 'failed',
    detail: complete ? count : `not copied yet: ${missing.join('; ')}. So far ${count}`,
    added: [],
    at,
  };
}

/** Every entry is in the record of the copy; the audit log says that, and how it came out. */
async function recordCopy(
  ports: Ports,
  r: Pick<OrganisationRepositories, 'audit'>,
  organisationId: string,
  copied: { placed: PlacedEntries; added: number; missing: readonly string[] },
): Promise<void> {
  const { placed, added, missing } = copied;
  const count = (outcome: string): number =>
    placed.items.filter((item) => item.outcome === outcome).length;
  await r.audit.append(
    auditEntry(ports, systemActor(organisationId), 'lists.copied', `${added} entries`, {
      complete: missing.length === 0,
      missing,
      doubled: count('doubled'),
      refused: count('refused'),
    }),
  );
}

export const SECTION_WORDS: Readonly<Record<TenantListSection, string>> = {
  'content-filter': 'The anti-spam policies',
  'content-filter-rules': 'The rules of the anti-spam policies',
  'tenant-senders': 'The senders of the Tenant Allow/Block List',
  'tenant-ips': 'The IP addresses of the Tenant Allow/Block List',
  'connection-filter': 'The connection filter policy',
  'not-filtered': 'URLs and files of the Tenant Allow/Block List',
  spoofs: 'The spoofed senders of the Tenant Allow/Block List',
};
