import {
  DatabaseBusyError,
  indexMessages,
  readLedger,
  type Database,
  type IngestPorts,
} from '@holdfast/application';
import { parseSearch } from '@holdfast/domain';
import { markInstanceClosed } from '@holdfast/mail';
import { createMessageFormat } from '@holdfast/mail/format';
import { createFakeLog } from '@holdfast/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CONTOSO, createSpoolWorld, MEGAN, type SpoolWorld } from './testing/spool-world.ts';

const MINUTE = 60_000;

let world: SpoolWorld;
beforeEach(async () => {
  world = await createSpoolWorld();
});
afterEach(() => world.close());

async function drain(ingest: ReturnType<SpoolWorld['ingest']>): Promise<number> {
  let total = 0;
  for (;;) {
    const { records } = await ingest.once();
    if (records === 0) return total;
    total += records;
  }
}

describe('every record becomes rows once', () => {
  test('though two ingests read the same spool', async () => {
    const writer = world.writer('mx-1');
    for (let index = 0; index < 40; index += 1) await world.append(writer, [MEGAN]);
    const both = [world.ingest(), world.ingest()];
    let failures = 0;
    while ((await world.deliveries()).length < 40) {
      const turns = await Promise.allSettled(both.map((ingest) => ingest.once()));
      failures += turns.filter(({ status }) => status === 'rejected').length;
    }
    await Promise.all(both.map(drain));

    expect(await world.deliveries()).toHaveLength(40);
    expect(await world.inbox('megan')).toHaveLength(40);
    expect(failures).toBeLessThanOrEqual(2);
  });

  test('though a new process reads everything from the beginning', async () => {
    await world.append(world.writer('mx-1'), [MEGAN, 'lee@contoso.example']);
    await drain(world.ingest());
    const before = [await world.deliveries(), await world.inbox('megan')];
    const forgetful: Database = {
      ...world.database,
      acrossOrganisations: (work) =>
        world.database.acrossOrganisations((system) =>
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
    expect(await drain(world.ingest({ database: forgetful }))).toBe(1);

    expect([await world.deliveries(), await world.inbox('megan')]).toEqual(before);
  });

  test('again, with the same ids, when the database was set back under a running process', async () => {
    const writer = world.writer('mx-1');
    await world.append(writer, [MEGAN]);
    await world.append(writer, ['alex@contoso.example']);
    await writer.close();
    const ingest = world.ingest();
    expect(await drain(ingest)).toBe(2);
    const before = (await world.deliveries()).map(({ id }) => id);

    await world.setDatabaseBack();
    world.clock.advance(MINUTE);

    expect(await drain(ingest)).toBe(2);
    expect((await world.deliveries()).map(({ id }) => id)).toEqual(before);
    expect(await world.inbox('alex')).toHaveLength(1);
  });

  test('and closed segments are not opened any more once they were read', async () => {
    const writer = world.writer('mx-1');
    await world.append(writer, [MEGAN]);
    await writer.close();
    await markInstanceClosed(world.directory, 'mx-1');
    const { reader } = world;
    let reads = 0;
    const counting = {
      ...reader,
      read: (...input: Parameters<typeof reader.read>) => {
        reads += 1;
        return reader.read(...input);
      },
    };
    const ingest = world.ingest({ reader: counting });
    await drain(ingest);
    const before = reads;
    await ingest.once();
    await ingest.once();
    expect(reads).toBe(before);
  });
});

test('a backlog of one instance does not keep the newest mail of another waiting', async () => {
  const busy = world.writer('mx-1');
  await Promise.all(
    Array.from({ length: 1500 }, () => world.append(busy, ['lee@contoso.example'])),
  );
  await world.append(world.writer('relay-1'), [MEGAN], 'newest');
  await world.ingest().once();

  expect((await world.inbox('megan')).map(({ subject }) => subject)).toEqual(['newest']);
});

test('a summary that the database refuses stops neither its message nor the others', async () => {
  const writer = world.writer('mx-1');
  for (const subject of ['one', 'poison', 'three']) await world.append(writer, [MEGAN], subject);
  const format = createMessageFormat({ authservId: 'mx.holdfast.example' });
  const poisoning: IngestPorts['format'] = {
    async summarise(message) {
      const summary = await format.summarise(message);
      // Longer than what an index of PostgreSQL takes.
      const messageId = Array.from({ length: 9000 }, (_, at) => at.toString(36)).join('');
      return summary.subject === 'poison' ? { ...summary, messageId } : summary;
    },
  };
  await drain(world.ingest({ format: poisoning }));

  expect((await world.inbox('megan')).map(({ subject }) => subject)).toEqual([
    'three',
    '(message could not be recorded)',
    'one',
  ]);
  expect(await world.deliveries()).toHaveLength(3);
});

describe('who sees a message', () => {
  test('a person once, by the direct address rather than by a group', async () => {
    await world.append(world.writer('mx-1'), [
      'all@contoso.example',
      'team@contoso.example',
      MEGAN,
    ]);
    await drain(world.ingest());

    expect((await world.inbox('megan')).map(({ viaGroup }) => viaGroup)).toEqual([null]);
    expect((await world.inbox('alex')).map(({ viaGroup }) => viaGroup)).toEqual(['all']);
    expect(await world.inbox('lee')).toEqual([]);
  });

  test('members of a group within the group, and the owner of a subaddress', async () => {
    const writer = world.writer('mx-1');
    await world.append(writer, ['all@contoso.example']);
    await world.append(writer, ['megan+news@contoso.example']);
    await drain(world.ingest());

    expect((await world.inbox('megan')).map(({ viaGroup }) => viaGroup)).toEqual([null, 'all']);
  });

  test('whoever is protected by now, as soon as the change is told', async () => {
    const writer = world.writer('mx-1');
    const ingest = world.ingest();
    await world.append(writer, ['lee@contoso.example']);
    await drain(ingest);
    await world.database.withinOrganisation(CONTOSO, async ({ directory: people }) => {
      const lee = await people.findByAddress('lee@contoso.example');
      await people.setProtection([lee?.id ?? ''], true, world.clock.now());
    });
    ingest.directoryChanged();
    await world.append(writer, ['lee@contoso.example']);
    await drain(ingest);

    expect(await world.inbox('lee')).toHaveLength(1);
  });
});

describe('the search index', () => {
  const index = () =>
    indexMessages({
      database: world.database,
      reader: world.reader,
      format: createMessageFormat({ authservId: 'mx.holdfast.example' }),
      clock: world.clock,
      log: createFakeLog(),
    });
  const found = async (query: string): Promise<readonly string[]> => {
    const user = await world.userId('megan');
    const before = {
      acceptedAt: world.clock.now(),
      messageId: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
    };
    const { items } = await world.database.withinOrganisation(CONTOSO, ({ mailbox }) =>
      mailbox.search(
        user,
        parseSearch(query, { now: world.clock.now(), zone: 'UTC' }),
        0,
        200,
        before,
      ),
    );
    return items.map(({ subject }) => subject);
  };

  test('follows ingest to where it is, and no further', async () => {
    const [writer, other] = [world.writer('mx-1'), world.writer('relay-1')];
    for (let number = 0; number < 120; number += 1)
      await world.append(writer, [MEGAN], `early ${number}`);
    await world.append(other, [MEGAN], 'early bird');
    await drain(world.ingest());
    await world.append(writer, [MEGAN], 'late');

    const first = await index();
    expect(first).toMatchObject({ records: 101 });
    expect(first.lag).toBeGreaterThan(0);
    expect(await index()).toMatchObject({ records: 20, lag: 0 });
    expect(await index()).toMatchObject({ records: 0, lag: 0 });
    expect(await found('early')).toHaveLength(121);
    expect(await found('late')).toEqual([]);

    await drain(world.ingest());
    await index();
    expect(await found('late')).toEqual(['late']);
  });
});

test('a message that met a deadlock is read again as a whole, and not recorded without its words', async () => {
  await world.append(world.writer('mx-1'), [MEGAN], 'Gate 4 is closed');
  let deadlocks = 3;
  const busy: Database = {
    ...world.database,
    acrossOrganisations: (work, options) =>
      world.database.acrossOrganisations(async (system) => {
        const apply: typeof system.ingest.apply = async (...batch) => {
          deadlocks -= 1;
          if (deadlocks >= 0) throw new DatabaseBusyError(new Error('deadlock detected'));
          return system.ingest.apply(...batch);
        };
        return work({ ...system, ingest: { ...system.ingest, apply } });
      }, options),
  };
  const ingest = world.ingest({ database: busy });
  while (deadlocks > 0) await expect(ingest.once()).rejects.toThrow(DatabaseBusyError);
  await drain(ingest);
  expect((await world.inbox('megan')).map(({ subject }) => subject)).toEqual(['Gate 4 is closed']);
});

test('the ledger balances while mail becomes rows between its looks', async () => {
  const writer = world.writer('mx-1');
  await world.append(writer, [MEGAN]);
  await drain(world.ingest());
  await world.append(writer, [MEGAN, 'lee@contoso.example']);
  const meanwhile: Database = {
    ...world.database,
    acrossOrganisations: (work, options) =>
      world.database.acrossOrganisations(
        (system) =>
          work({
            ...system,
            ledger: {
              ...system.ledger,
              counts: async (organisationId) => {
                await drain(world.ingest());
                return system.ledger.counts(organisationId);
              },
            },
          }),
        options,
      ),
  };
  const ports = { database: meanwhile, reader: world.reader };
  expect((await readLedger(ports, CONTOSO)).inbound).toMatchObject({
    accepted: 3,
    waitingForIngest: 2,
    balanced: true,
  });
});
