import { DAY, emptyPreflight, MINUTE, withItem, type PreflightItem } from '@holdfast/domain';
import type { Job } from '../jobs.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { ConnectionRecord } from '../records/organisation.ts';
import { credentialsOf } from './open-credentials.ts';
import { checkMail } from './preflight-mail.ts';

/** A run that has not ended by then has died with its process; another may begin. */
const PREFLIGHT_PATIENCE = 15 * MINUTE;
/** Permissions are taken away without a word, so they are looked at every day. */
const PREFLIGHT_EVERY = DAY;

/** Saves the connection with an empty list, which a job fills in; one that runs already goes on. */
export async function beginPreflight(
  ports: Pick<Ports, 'clock' | 'identifiers'>,
  r: OrganisationRepositories,
  organisationId: string,
  connection: ConnectionRecord,
): Promise<ConnectionRecord> {
  const now = ports.clock.now();
  const { preflight } = connection;
  if (preflight?.state === 'running' && now - preflight.at < PREFLIGHT_PATIENCE) return connection;
  const next: ConnectionRecord = {
    ...connection,
    preflight: { at: now, state: 'running', items: emptyPreflight(connection.tiers) },
  };
  const before = await r.connection.get();
  // Marks and lists are one tenant's: another one's are read from the start, and the guard sees who would go.
  if (before !== null && before.tenantId !== next.tenantId) await r.intake.forget();
  await r.connection.save(next);
  await r.jobs.send({
    name: 'connection.preflight',
    payload: { organisationId, at: now },
    id: ports.identifiers.uuid(),
    startAfter: null,
  });
  return next;
}

/** Begins a run where the last one is a day old. */
export async function beginDuePreflight(ports: Ports, organisationId: string): Promise<void> {
  await ports.database.withinOrganisation(organisationId, async (r) => {
    const connection = await r.connection.get();
    if (connection === null) return;
    const last = connection.preflight?.at ?? null;
    if (last !== null && ports.clock.now() - last < PREFLIGHT_EVERY) return;
    await beginPreflight(ports, r, organisationId, connection);
  });
}

/** Tries everything, and keeps each result as it comes, so that the page shows how far it is. */
export async function runPreflight(ports: Ports, job: Job<'connection.preflight'>): Promise<void> {
  const { organisationId, at } = job.payload;
  const connection = await ports.database.withinOrganisation(organisationId, (r) =>
    r.connection.get(),
  );
  // Another run began since, or another application was connected.
  if (connection?.preflight?.at !== at || connection.preflight.state === 'done') return;
  const credentials = credentialsOf(ports, organisationId, connection);
  const update = (change: (current: ConnectionRecord) => ConnectionRecord): Promise<void> =>
    ports.database.withinOrganisation(organisationId, async (r) => {
      await r.organisation.lock();
      const current = await r.connection.get();
      if (current?.preflight?.at === at) await r.connection.save(change(current));
    });
  const onItem = (item: PreflightItem): Promise<void> =>
    update((current) => ({ ...current, preflight: filled(current.preflight, item) }));
  await ports.directory.preflight(credentials, connection.tiers, onItem);
  await checkMail(ports, organisationId, credentials, onItem);
  // What is granted is told apart from what works: a directory role, for instance, is in no token.
  const grant = await ports.consent.readGrant(credentials).catch(() => null);
  await update((current) => ({
    ...current,
    granted: grant === null ? current.granted : { ...grant.granted, at: ports.clock.now() },
    preflight: ended(current.preflight),
  }));
}

function filled(
  preflight: ConnectionRecord['preflight'],
  item: PreflightItem,
): ConnectionRecord['preflight'] {
  return preflight === null ? null : { ...preflight, items: withItem(preflight.items, item) };
}

function ended(preflight: ConnectionRecord['preflight']): ConnectionRecord['preflight'] {
  return preflight === null ? null : { ...preflight, state: 'done' };
}
