import type { Ports } from '@holdfast/application';
import type { SpoolAudit } from '@holdfast/mail';
import { createDatabaseSpoolKeys } from '../composition/spool-keys.ts';
import { dataPaths } from '../composition/data-directory.ts';
import type { Configuration } from '../configuration/read-configuration.ts';
import { fine, look, problem, type Finding, type Result } from './findings.ts';

/** Ingest reads what is written at once; what waits longer than this waits for something. Unit: milliseconds. */
const INGEST_PATIENCE = 5 * 60 * 1000;

/** The spool against itself, and against what the database says of it. */
export async function spoolFindings(
  ports: Ports,
  { configuration, verify }: { readonly configuration: Configuration; readonly verify: boolean },
): Promise<readonly Finding[]> {
  const { auditSpool, createSnapshotStore, segmentSizes } = await import('@holdfast/mail');
  const paths = dataPaths(configuration.dataDirectory);
  const directory = paths.spool;
  const keys = createDatabaseSpoolKeys(ports.database, ports.secrets, ports.log);
  let audit: SpoolAudit | null = null;
  const findings = [
    await look('keys', async () =>
      keyProblems(ports, await createSnapshotStore({ directory: paths.snapshot }).read()),
    ),
    await look('spool', async () => {
      const depth = verify ? 'bytes' : 'names';
      audit = await auditSpool({ directory, keys, depth, now: ports.clock.now() });
      return orphans(audit);
    }),
    await look('spool and ingest', async () =>
      behindTheCursor(ports, await segmentSizes(directory)),
    ),
    await look('rows and spool', async () => missingSegments(ports, await segmentSizes(directory))),
  ];
  const read = (audit as SpoolAudit | null)?.read ?? null;
  if (!verify || read === null) return findings;
  return [...findings, await look('every message', () => damage(read))];
}

/** Every organisation's key opens, and mx has it. */
async function keyProblems(
  ports: Ports,
  snapshot: { readonly organisationKeys: Readonly<Record<string, string>> } | null,
): Promise<Result> {
  const organisations = await ports.database.acrossOrganisations((system) =>
    system.organisations(),
  );
  const wrong: string[] = [];
  for (const organisation of organisations) {
    const { id, name, wrappedKey, installedAt } = organisation;
    try {
      ports.secrets.deriveToken(organisation, 'spool', []);
    } catch {
      wrong.push(`${name}: its key does not open with HOLDFAST_SECRET_KEY`);
      continue;
    }
    if (installedAt !== null && snapshot !== null && snapshot.organisationKeys[id] !== wrappedKey)
      wrong.push(`${name}: mx does not have its key yet, its mail is deferred with 451`);
  }
  return wrong.length === 0
    ? fine(`all ${organisations.length} organisations’ keys open`)
    : problem(wrong.join('; '), wrong);
}

function orphans({ instances, segments, bytes, orphans: found }: SpoolAudit): Result {
  const words = `${instances} instances, ${segments} segments, ${Math.ceil(bytes / 1024 / 1024)} MiB`;
  return found.length === 0
    ? fine(words)
    : problem(
        `${words}; ${found.length} bodies of more than a day that no record names, the first: ${found[0]?.instance}/${found[0]?.name}`,
        found,
      );
}

type Sizes = ReadonlyMap<string, { readonly size: number; readonly writtenAt: number }>;

async function behindTheCursor(ports: Ports, sizes: Sizes): Promise<Result> {
  const positions = await ports.database.acrossOrganisations(({ ingest }) => ingest.positions());
  const readTo = new Map(
    positions.map(({ instance, segment, offset }) => [`${instance}/${segment}`, offset]),
  );
  const unread = [...sizes].filter(
    ([name, { size, writtenAt }]) =>
      !name.startsWith('kept/') &&
      size > (readTo.get(name) ?? 0) &&
      writtenAt < ports.clock.now() - INGEST_PATIENCE,
  );
  const late: typeof unread = [];
  for (const file of unread) {
    const [instance = '', segment = ''] = file[0].split('/');
    const from = { instance, segment, offset: readTo.get(file[0]) ?? 0 };
    // A writer that met a full disk leaves half a record behind: nothing to read, and nothing promised.
    const { records } = await ports.reader.read(from, { records: 1, bytes: 1 });
    if (records.length > 0) late.push(file);
  }
  return late.length === 0
    ? fine('ingest has read everything that is more than five minutes old')
    : problem(
        `${late.length} segments have an end that ingest did not read, the first: ${late[0]?.[0]}. Does ingest run?`,
        late.map(([name, { size }]) => ({ segment: name, size, readTo: readTo.get(name) ?? 0 })),
      );
}

async function missingSegments(ports: Ports, sizes: Sizes): Promise<Result> {
  const named = await ports.database.acrossOrganisations(({ retention }) =>
    retention.namedSegments(),
  );
  const missing = named.filter(
    ({ instance, segment, end }) => (sizes.get(`${instance}/${segment}`)?.size ?? 0) < end,
  );
  const messages = missing.reduce((sum, segment) => sum + segment.messages, 0);
  return missing.length === 0
    ? fine(`all ${named.length} segments that rows name are there`)
    : problem(
        `${missing.length} segments that rows name are missing or too short on this disk, with up to ${messages} messages`,
        missing,
      );
}

function damage({ records, erased, tornEnds, places }: NonNullable<SpoolAudit['read']>): Result {
  const words = `${records} messages read, ${erased} of them erased on request; ${tornEnds} torn ends of writers that died`;
  const [first] = places;
  return first === undefined
    ? fine(words)
    : problem(
        `${words}; ${places.length} damaged, the first: ${first.kind} in ${first.instance}/${first.segment} at ${first.offset}: ${first.detail}`,
        places,
      );
}
