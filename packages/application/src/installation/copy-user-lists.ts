import { MAX_USER_ENTRIES, readTenantListEntry, type ListKind } from '@holdfast/domain';
import { auditEntry, systemActor } from '../audit-entry.ts';
import type { Job } from '../jobs.ts';
import { requireCredentials } from '../organisations/open-credentials.ts';
import { isPassing, tenantFailureWords } from '../organisations/tenant-failure-words.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { TenantError, type TenantCredentials } from '../ports/office365/tenant-credentials.ts';
import type { JunkSettings } from '../ports/office365/tenant-lists.ts';
import type { CopiedItemRecord, UserCopyReport } from '../records/lists.ts';
import type { ListEntryRecord } from '../records/organisation.ts';
import { REFUSED_BECAUSE } from './place-entries.ts';

/** Mailboxes that one job reads, at about a second each; then it sends the next, well before the queue gives it up. */
const MAILBOXES_PER_JOB = 100;
/** Mailboxes that could not be read and are named. */
const NAMED_UNREADABLE = 20;

/** Begins to read the junk settings of protected users whose mailbox was not read yet; inside the caller's transaction. */
export async function beginUserCopy(
  ports: Pick<Ports, 'clock'>,
  r: Pick<OrganisationRepositories, 'jobs' | 'listCopies'>,
  organisationId: string,
): Promise<void> {
  await saveUserReport(r, { state: 'waiting', unreadable: [], detail: null });
  await r.jobs.send({
    name: 'lists.copy-users',
    payload: { organisationId, after: '' },
    id: `lists.copy-users:${organisationId}:${ports.clock.now()}`,
    startAfter: null,
  });
}

/**
 * Job `lists.copy-users`: reads each mailbox once and makes its safe and blocked senders the user's own lists here. A
 * mailbox that cannot be read is named and passed over; without the permission for it nothing is read, and the rest of
 * the copy is not touched by that.
 */
export async function copyUserLists(ports: Ports, job: Job<'lists.copy-users'>): Promise<void> {
  const { organisationId, after } = job.payload;
  const mailboxes = await ports.database.withinOrganisation(organisationId, async (r) => {
    await saveUserReport(r, { state: 'running' });
    return r.listCopies.unreadMailboxes(after, MAILBOXES_PER_JOB);
  });
  try {
    const credentials = await requireCredentials(ports, organisationId);
    for (const mailbox of mailboxes) await copyOne(ports, organisationId, credentials, mailbox);
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    const detail = `not read yet: ${tenantFailureWords(error)}`;
    await ports.database.withinOrganisation(organisationId, (r) =>
      saveUserReport(r, { state: 'failed', detail }),
    );
    if (isPassing(error)) throw error;
    return;
  }
  await ports.database.withinOrganisation(organisationId, async (r) => {
    const last = mailboxes.at(-1);
    if (mailboxes.length < MAILBOXES_PER_JOB || last === undefined) {
      await saveUserReport(r, { state: 'done', detail: null });
      return;
    }
    await r.jobs.send({
      name: 'lists.copy-users',
      payload: { organisationId, after: last.address },
      id: `${job.id}:${last.address}`,
      startAfter: null,
    });
  });
}

interface Mailbox {
  readonly userId: string;
  readonly address: string;
}

async function copyOne(
  ports: Ports,
  organisationId: string,
  credentials: TenantCredentials,
  mailbox: Mailbox,
): Promise<void> {
  let settings: JunkSettings;
  try {
    settings = await ports.tenantLists.readJunkSettings(credentials, mailbox.address);
  } catch (error) {
    if (!(error instanceof TenantError) || !isOfMailbox(error)) throw error;
    const { detail } = error.failure;
    await ports.database.withinOrganisation(organisationId, async (r) => {
      const unreadable = (await r.listCopies.get())?.report.users.unreadable ?? [];
      const named = [...unreadable, { address: mailbox.address, detail }].slice(-NAMED_UNREADABLE);
      await saveUserReport(r, { unreadable: named });
    });
    return;
  }
  await ports.database.withinOrganisation(organisationId, (r) =>
    keepSettings(ports, r, organisationId, mailbox, settings),
  );
}

/** The one mailbox has the fault, and the next may well be read. */
function isOfMailbox(error: TenantError): boolean {
  return ['not-found', 'unexpected'].includes(error.failure.code);
}

async function keepSettings(
  ports: Ports,
  r: OrganisationRepositories,
  organisationId: string,
  mailbox: Mailbox,
  settings: JunkSettings,
): Promise<void> {
  if ((await r.listCopies.junkReading(mailbox.userId)) !== null) return;
  const ownDomains = (await r.domains.list()).map(({ name }) => name);
  const { entries, items } = readSettings(ports, mailbox, settings, ownDomains);
  const room = MAX_USER_ENTRIES - (await r.lists.ofUser(mailbox.userId)).length;
  const added = await r.lists.add(entries.slice(0, Math.max(room, 0)));
  await r.listCopies.addItems(items);
  const { contactsTrusted, listsOnly } = settings;
  await r.listCopies.saveJunkReading({
    userId: mailbox.userId,
    readAt: ports.clock.now(),
    entries: added,
    contactsTrusted,
    listsOnly,
  });
  if (added === 0) return;
  await r.audit.append(
    auditEntry(ports, systemActor(organisationId), 'lists.copied', `${added} entries`, {
      user: mailbox.userId,
    }),
  );
  await r.notify({ channel: 'snapshot' });
}

function readSettings(
  ports: Pick<Ports, 'clock' | 'identifiers'>,
  { userId, address }: Mailbox,
  settings: JunkSettings,
  ownDomains: readonly string[],
): { readonly entries: readonly ListEntryRecord[]; readonly items: readonly CopiedItemRecord[] } {
  const entries = new Map<string, ListEntryRecord>();
  const items: CopiedItemRecord[] = [];
  const at = ports.clock.now();
  const take = (kind: ListKind, raw: string): void => {
    const reading = readTenantListEntry(kind, raw, ownDomains);
    const place = { forDomain: null, forUserId: userId, expiresAt: null };
    const item = { id: ports.identifiers.uuid(), policy: address, kind, raw, copiedAt: at };
    const source = 'junk-settings' as const;
    if (!reading.ok || reading.entry.type === 'range') {
      const reason = REFUSED_BECAUSE[reading.ok ? 'not-an-entry' : reading.refusal];
      items.push({
        ...item,
        ...place,
        source,
        type: null,
        value: null,
        outcome: 'refused',
        reason,
      });
      return;
    }
    const { type, value } = reading.entry;
    const key = `${kind} ${type} ${value}`;
    const outcome = entries.has(key) ? 'doubled' : 'copied';
    items.push({ ...item, ...place, source, type, value, outcome, reason: null });
    if (outcome === 'doubled') return;
    entries.set(key, {
      ...reading.entry,
      ...place,
      id: ports.identifiers.uuid(),
      source: 'tenant',
      note: 'Junk settings of the mailbox',
      addedBy: 'system',
      addedAt: at,
    });
  };
  for (const raw of settings.safe) take('allow', raw);
  for (const raw of settings.blocked) take('block', raw);
  return { entries: [...entries.values()], items };
}

async function saveUserReport(
  r: Pick<OrganisationRepositories, 'listCopies'>,
  change: Partial<UserCopyReport>,
): Promise<void> {
  const record = await r.listCopies.get();
  if (record === null) return;
  const users = { ...record.report.users, ...change };
  await r.listCopies.save({ ...record, report: { ...record.report, users } });
}
