import {
  createIngest,
  WHOLE_QUEUE,
  type Database,
  type EnvelopeRecipient,
  type Ingest,
  type IngestPorts,
  type SpoolKeys,
  type SpoolRecordHead,
  type SpoolWriter,
} from '@holdfast/application';
import {
  createMessageFormat,
  createSpoolReader,
  createSpoolWriter,
  markInstanceClosed,
} from '@holdfast/mail';
import {
  anOrganisation,
  aReading,
  aTenantObject,
  createFakeLog,
  createHandTurnedClock,
} from '@holdfast/testkit';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createIdentifiers } from '../composition/identifiers.ts';
import { openTestDatabase } from './testing/open-test-database.ts';

const CONTOSO = '01970000-0000-7000-8000-0000000000c0';
const MEGAN = 'megan@contoso.example';
const MINUTE = 60_000;
const keys: SpoolKeys = { keyOf: () => new Uint8Array(32), refresh: async () => undefined };

const clock = createHandTurnedClock();
const log = createFakeLog();
let directory: string;
let opened: readonly Awaited<ReturnType<typeof openTestDatabase>>[];
/** The database that answers: another one stands for this one after it was restored. */
let current: Database;
let writers: SpoolWriter[];
const database: Database = {
  withinOrganisation: (id, work) => current.withinOrganisation(id, work),
  acrossOrganisations: (work) => current.acrossOrganisations(work),
  listen: (heard) => current.listen(heard),
  ping: () => current.ping(),
};

async function prepare(fresh: Database): Promise<void> {
  await fresh.acrossOrganisations((system) =>
    system.createOrganisation(anOrganisation({ id: CONTOSO })),
  );
  const person = (name: string) => aTenantObject({ primaryAddress: `${name}@contoso.example` });
  const team = (name: string) =>
    aTenantObject({
      primaryAddress: `${name}@contoso.example`,
      kind: 'group',
      displayName: name,
      hasMailbox: false,
    });
  const reading = aReading({
    objects: [person('megan'), person('alex'), person('lee'), team('team'), team('all')],
    memberships: [
      { groupExternalId: 'external-team@contoso.example', memberAddresses: [MEGAN] },
      {
        groupExternalId: 'external-all@contoso.example',
        memberAddresses: ['team@contoso.example', 'alex@contoso.example', 'lee@contoso.example'],
      },
    ],
  });
  await fresh.withinOrganisation(CONTOSO, async ({ directory: people }) => {
    await people.apply(reading, clock.now(), { keepRemoved: false });
    for (const name of ['megan', 'alex']) {
      const found = await people.findByAddress(`${name}@contoso.example`);
      await people.setProtection([found?.id ?? ''], true, clock.now());
    }
  });
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'holdfast-ingest-'));
  opened = [await openTestDatabase()];
  writers = [];
  current = opened[0]?.database ?? database;
  await prepare(current);
});
afterEach(async () => {
  for (const writer of writers) await writer.close();
  for (const { close } of opened) await close();
  await rm(directory, { recursive: true, force: true });
});

function ingestOf(change: Partial<IngestPorts> = {}): Ingest {
  return createIngest({
    database,
    reader: createSpoolReader({ directory, keys }),
    format: createMessageFormat({ authservId: 'mx.holdfast.example' }),
    identifiers: createIdentifiers(),
    clock,
    log,
    ...change,
  });
}

function writerOf(instanceName: string, segmentBytes = 1_000_000): SpoolWriter {
  const writer = createSpoolWriter({
    directory,
    keys,
    instanceName,
    diskReserveBytes: 0,
    segmentBytes,
    clock,
    log,
  });
  writers.push(writer);
  return writer;
}

let made = 0;

function head(recipients: readonly string[], change: Partial<SpoolRecordHead> = {}) {
  made += 1;
  const envelopeRecipients = recipients.map((address): EnvelopeRecipient => ({
    address,
    organisationId: CONTOSO,
    kind: 'user',
    protected: true,
    verdict: 'deliver',
    reason: 'clean',
  }));
  return {
    id: `01970000-0000-7000-8000-${String(made).padStart(12, '0')}`,
    acceptedAt: clock.now(),
    origin: 'inbound',
    class: 'copy',
    organisationId: CONTOSO,
    envelope: {
      from: 'mona@fabrikam.example',
      recipients: envelopeRecipients,
      bodyType: '7BIT',
      smtpUtf8: false,
      client: { ip: '192.0.2.1', helo: 'mail.fabrikam.example', tls: null },
      authentication: null,
      senderAuthenticated: false,
    },
    traceHeaders: '',
    snapshotVersion: 1,
    notBefore: null,
    submission: null,
    ...change,
  } satisfies SpoolRecordHead;
}

async function append(
  writer: SpoolWriter,
  recipients: readonly string[],
  subject = 'Hello',
): Promise<void> {
  clock.advance(1);
  const body = `Message-ID: <${made}@fabrikam.example>\r\nSubject: ${subject}\r\n\r\nText\r\n`;
  await writer.append(head(recipients), Buffer.from(body));
}

async function drain(ingest: Ingest): Promise<number> {
  let total = 0;
  for (;;) {
    const { records } = await ingest.once();
    if (records === 0) return total;
    total += records;
  }
}

/** Oldest first. */
const deliveries = () =>
  database.withinOrganisation(CONTOSO, async ({ queue }) => {
    const { rows } = await queue.page({
      ...WHOLE_QUEUE,
      sort: 'accepted',
      descending: false,
      limit: 1000,
      after: null,
      before: null,
    });
    return rows.map(({ delivery }) => delivery);
  });

async function inbox(name: string) {
  return database.withinOrganisation(CONTOSO, async ({ directory: people, mailbox }) => {
    const user = await people.findByAddress(`${name}@contoso.example`);
    return mailbox.page(user?.id ?? '', 'inbox', 0, 1000, null);
  });
}

describe('every record becomes rows once', () => {
  test('though two ingests read the same spool', async () => {
    const writer = writerOf('mx-1');
    for (let index = 0; index < 40; index += 1) await append(writer, [MEGAN]);
    const both = [ingestOf(), ingestOf()];
    let failures = 0;
    while ((await deliveries()).length < 40) {
      const turns = await Promise.allSettled(both.map((ingest) => ingest.once()));
      failures += turns.filter(({ status }) => status === 'rejected').length;
    }
    await Promise.all(both.map(drain));

    expect(await deliveries()).toHaveLength(40);
    expect(await inbox('megan')).toHaveLength(40);
    expect(failures).toBeLessThanOrEqual(2);
  });

  test('though a new process reads everything from the beginning', async () => {
    await append(writerOf('mx-1'), [MEGAN, 'lee@contoso.example']);
    await drain(ingestOf());
    const before = [await deliveries(), await inbox('megan')];
    const forgetful: Database = {
      ...database,
      acrossOrganisations: (work) =>
        database.acrossOrganisations((system) =>
          work({
            ...system,
            ingest: {
              ...system.ingest,
              positions: async () => [],
              apply: (messages) => system.ingest.apply(messages, []),
            },
          }),
        ),
    };
    expect(await drain(ingestOf({ database: forgetful }))).toBe(1);

    expect([await deliveries(), await inbox('megan')]).toEqual(before);
  });

  test('again, with the same ids, when the database was set back under a running process', async () => {
    const writer = writerOf('mx-1');
    await append(writer, [MEGAN]);
    await append(writer, ['alex@contoso.example']);
    await writer.close();
    const ingest = ingestOf();
    expect(await drain(ingest)).toBe(2);
    const before = (await deliveries()).map(({ id }) => id);

    const restored = await openTestDatabase();
    opened = [...opened, restored];
    current = restored.database;
    await prepare(current);
    clock.advance(MINUTE);

    expect(await drain(ingest)).toBe(2);
    expect((await deliveries()).map(({ id }) => id)).toEqual(before);
    expect(await inbox('alex')).toHaveLength(1);
  });

  test('and closed segments are not opened any more once they were read', async () => {
    const writer = writerOf('mx-1');
    await append(writer, [MEGAN]);
    await writer.close();
    await markInstanceClosed(directory, 'mx-1');
    const reader = createSpoolReader({ directory, keys });
    let reads = 0;
    const counting = {
      ...reader,
      read: (...input: Parameters<typeof reader.read>) => {
        reads += 1;
        return reader.read(...input);
      },
    };
    const ingest = ingestOf({ reader: counting });
    await drain(ingest);
    const before = reads;
    await ingest.once();
    await ingest.once();
    expect(reads).toBe(before);
  });
});

test('a backlog of one instance does not keep the newest mail of another waiting', async () => {
  const busy = writerOf('mx-1');
  await Promise.all(Array.from({ length: 1500 }, () => append(busy, ['lee@contoso.example'])));
  await append(writerOf('relay-1'), [MEGAN], 'newest');
  await ingestOf().once();

  expect((await inbox('megan')).map(({ subject }) => subject)).toEqual(['newest']);
});

test('a summary that the database refuses stops neither its message nor the others', async () => {
  const writer = writerOf('mx-1');
  for (const subject of ['one', 'poison', 'three']) await append(writer, [MEGAN], subject);
  const format = createMessageFormat({ authservId: 'mx.holdfast.example' });
  const poisoning: IngestPorts['format'] = {
    async summarise(message) {
      const summary = await format.summarise(message);
      // Longer than what an index of PostgreSQL takes.
      const messageId = Array.from({ length: 9000 }, (_, at) => at.toString(36)).join('');
      return summary.subject === 'poison' ? { ...summary, messageId } : summary;
    },
  };
  await drain(ingestOf({ format: poisoning }));

  expect((await inbox('megan')).map(({ subject }) => subject)).toEqual([
    'three',
    '(message could not be recorded)',
    'one',
  ]);
  expect(await deliveries()).toHaveLength(3);
});

describe('who sees a message', () => {
  test('a person once, by the direct address rather than by a group', async () => {
    await append(writerOf('mx-1'), ['all@contoso.example', 'team@contoso.example', MEGAN]);
    await drain(ingestOf());

    expect((await inbox('megan')).map(({ viaGroup }) => viaGroup)).toEqual([null]);
    expect((await inbox('alex')).map(({ viaGroup }) => viaGroup)).toEqual(['all']);
    expect(await inbox('lee')).toEqual([]);
  });

  test('members of a group within the group, and the owner of a subaddress', async () => {
    const writer = writerOf('mx-1');
    await append(writer, ['all@contoso.example']);
    await append(writer, ['megan+news@contoso.example']);
    await drain(ingestOf());

    expect((await inbox('megan')).map(({ viaGroup }) => viaGroup)).toEqual([null, 'all']);
  });

  test('whoever is protected by now, as soon as the change is told', async () => {
    const writer = writerOf('mx-1');
    const ingest = ingestOf();
    await append(writer, ['lee@contoso.example']);
    await drain(ingest);
    await database.withinOrganisation(CONTOSO, async ({ directory: people }) => {
      const lee = await people.findByAddress('lee@contoso.example');
      await people.setProtection([lee?.id ?? ''], true, clock.now());
    });
    ingest.directoryChanged();
    await append(writer, ['lee@contoso.example']);
    await drain(ingest);

    expect(await inbox('lee')).toHaveLength(1);
  });
});
