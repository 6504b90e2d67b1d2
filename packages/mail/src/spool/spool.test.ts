import type {
  SpoolPosition,
  SpoolReader,
  SpoolRecordHead,
  StagedMessage,
  StoreReference,
} from '@holdfast/application';
import {
  MessageDamagedError,
  MessageGoneError,
  MessageTooBigError,
  SpoolRefusedError,
} from '@holdfast/application';
import { appendFile, open, readdir, readFile, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  fixedClock,
  recordHead,
  silent,
  temporaryDirectory,
  testKeys,
  until,
} from '../testing/fixtures.ts';
import {
  type DiskRoom,
  nodeFileSystem,
  type SpoolFile,
  type SpoolFileSystem,
} from './file-system.ts';
import { createLocalMessageStore } from './message-store.ts';
import { createSpoolReader } from './reader.ts';
import { createSpoolWriter, markInstanceClosed, type SpoolWriterOptions } from './writer.ts';

const EVERYTHING = { records: 1000, bytes: Number.POSITIVE_INFINITY };

function writerIn(directory: string, changes: Partial<SpoolWriterOptions> = {}) {
  return createSpoolWriter({
    directory,
    diskReserveBytes: 0,
    segmentBytes: 64 * 1024 * 1024,
    keys: testKeys,
    clock: fixedClock,
    log: silent,
    ...changes,
  });
}

/** The real disk, with a journal of calls and a place to interfere. */
function watchedFileSystem(changes: {
  write?: (file: SpoolFile, bytes: Uint8Array) => Promise<number>;
  dataSync?: (file: SpoolFile, path: string) => Promise<void>;
  room?: () => DiskRoom;
}): { readonly fileSystem: SpoolFileSystem; readonly journal: string[] } {
  const journal: string[] = [];
  const fileSystem: SpoolFileSystem = {
    ...nodeFileSystem,
    async createFile(path) {
      const file = await nodeFileSystem.createFile(path);
      const kind = path.split('.').at(-1) ?? '';
      journal.push(`create ${kind}`);
      return {
        async write(bytes) {
          const taken = await (changes.write?.(file, bytes) ?? file.write(bytes));
          journal.push(`write ${kind}`);
          return taken;
        },
        async dataSync() {
          await (changes.dataSync?.(file, path) ?? file.dataSync());
          journal.push(`fdatasync ${kind}`);
        },
        close: () => file.close(),
      };
    },
    async syncDirectory(path) {
      await nodeFileSystem.syncDirectory(path);
      journal.push('fsync directory');
    },
    room: (path) =>
      changes.room === undefined ? nodeFileSystem.room(path) : Promise.resolve(changes.room()),
  };
  return { fileSystem, journal };
}

function start(reference: StoreReference): SpoolPosition {
  return { instance: reference.instance, segment: reference.segment, offset: 0 };
}

function stagedFor({ id, class: cls, organisationId }: SpoolRecordHead): StagedMessage {
  return { id, class: cls, organisationIds: [organisationId] };
}

// oxlint-disable-next-line require-await
async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof SpoolRefusedError ? error.reason : 'not refused';
}

async function idsIn(reader: SpoolReader, at: SpoolPosition): Promise<readonly string[]> {
  return (await reader.read(at, EVERYTHING)).records.map((record) => record.id);
}

describe('appending', () => {
  test('resolves only after the fdatasync that covers it, and after fsync of the directory for a new file', async () => {
    await using place = await temporaryDirectory();
    const { fileSystem, journal } = watchedFileSystem({});
    const writer = writerIn(place.path, { fileSystem });
    await writer.append(recordHead(), Buffer.from('hello\r\n'));
    journal.push('resolved');
    expect(journal.slice(journal.indexOf('create seg'))).toEqual([
      'create seg',
      'fsync directory',
      'write seg',
      'fdatasync seg',
      'resolved',
    ]);
    await writer.close();
  });

  test('groups what comes during one fdatasync into the next, which is one write', async () => {
    await using place = await temporaryDirectory();
    const gate = Promise.withResolvers<void>();
    let syncs = 0;
    const { fileSystem, journal } = watchedFileSystem({
      async dataSync(file, path) {
        syncs += 1;
        if (path.endsWith('.seg') && syncs === 1) await gate.promise;
        await file.dataSync();
      },
    });
    const writer = writerIn(place.path, { fileSystem });
    const settled: string[] = [];
    const first = writer.append(recordHead(), Buffer.from('1\r\n')).then(() => settled.push('1'));
    await until(() => syncs === 1);
    const rest = ['2', '3', '4'].map((name) =>
      writer.append(recordHead(), Buffer.from(`${name}\r\n`)).then(() => settled.push(name)),
    );
    expect(settled).toEqual([]);
    gate.resolve();
    await Promise.all([first, ...rest]);
    expect(settled).toEqual(['1', '2', '3', '4']);
    expect(journal.filter((entry) => entry === 'write seg')).toHaveLength(2);
    expect(journal.filter((entry) => entry === 'fdatasync seg')).toHaveLength(2);
    await writer.close();
  });

  test('puts a big body into a file that is durable before the record that names it', async () => {
    await using place = await temporaryDirectory();
    const { fileSystem, journal } = watchedFileSystem({});
    const writer = writerIn(place.path, { fileSystem, inlineBodyLimit: 10 });
    const head = recordHead();
    const reference = await writer.append(
      head,
      await writer.stage(stagedFor(head), pieces('first part, ', 'second part\r\n')),
    );
    const interesting = journal.slice(journal.indexOf('create body'));
    expect(interesting).toEqual([
      'create body',
      'write body',
      'fdatasync body',
      'fsync directory',
      'create seg',
      'fsync directory',
      'write seg',
      'fdatasync seg',
    ]);
    const store = createLocalMessageStore({ directory: place.path, keys: testKeys });
    const text = Buffer.from(await store.read(reference, 1000)).toString();
    expect(text).toBe('Received: from test\r\nfirst part, second part\r\n');
    await writer.close();
  });

  test('goes on after short writes until everything is written', async () => {
    await using place = await temporaryDirectory();
    const { fileSystem } = watchedFileSystem({
      write: (file, bytes) => file.write(bytes.subarray(0, 7)),
    });
    const writer = writerIn(place.path, { fileSystem });
    const head = recordHead();
    const reference = await writer.append(head, Buffer.from('hello\r\n'));
    expect(
      await idsIn(createSpoolReader({ directory: place.path, keys: testKeys }), start(reference)),
    ).toEqual([head.id]);
    await writer.close();
  });

  test('keeps the two classes in files of their own', async () => {
    await using place = await temporaryDirectory();
    const writer = writerIn(place.path);
    await writer.append(recordHead({ class: 'copy' }), Buffer.from('a\r\n'));
    await writer.append(recordHead({ class: 'transit' }), Buffer.from('b\r\n'));
    await writer.close();
    const segments = await createSpoolReader({ directory: place.path, keys: testKeys }).segments();
    expect(segments.map((segment) => [segment.class, segment.closed])).toEqual([
      ['copy', true],
      ['transit', true],
    ]);
  });

  test('begins a new segment when one is full', async () => {
    await using place = await temporaryDirectory();
    const writer = writerIn(place.path, { segmentBytes: 100 });
    const one = await writer.append(recordHead(), Buffer.from('a\r\n'));
    const two = await writer.append(recordHead(), Buffer.from('b\r\n'));
    expect(two.segment).not.toBe(one.segment);
    expect(two.offset).toBe(0);
    await writer.close();
  });
});

describe('when the disk fails', () => {
  test('a failed fdatasync refuses the whole batch, is not tried again, and the next append uses a new segment', async () => {
    await using place = await temporaryDirectory();
    const syncs = new Map<string, number>();
    const gate = Promise.withResolvers<void>();
    const { fileSystem } = watchedFileSystem({
      async dataSync(file, path) {
        syncs.set(path, (syncs.get(path) ?? 0) + 1);
        if (syncs.size === 1 && syncs.get(path) === 1) {
          await gate.promise;
          return file.dataSync();
        }
        if (syncs.size === 1) throw Object.assign(new Error('I/O error'), { code: 'EIO' });
        return file.dataSync();
      },
    });
    const writer = writerIn(place.path, { fileSystem });
    const first = writer.append(recordHead(), Buffer.from('1\r\n'));
    await until(() => syncs.size === 1);
    const batch = [2, 3].map((name) => writer.append(recordHead(), Buffer.from(`${name}\r\n`)));
    const refusals = batch.map(refusal);
    gate.resolve();
    const before = await first;
    expect(await Promise.all(refusals)).toEqual(['write-failed', 'write-failed']);
    const after = await writer.append(recordHead(), Buffer.from('4\r\n'));
    expect(after.segment).not.toBe(before.segment);
    expect(syncs.get(join(place.path, before.instance, before.segment))).toBe(2);
    await writer.close();
  });

  test('a full disk is want of room, and what was half written is passed over', async () => {
    await using place = await temporaryDirectory();
    let full = false;
    const { fileSystem } = watchedFileSystem({
      async write(file, bytes) {
        if (!full) return file.write(bytes);
        full = false;
        await file.write(bytes.subarray(0, 20));
        throw Object.assign(new Error('No space left'), { code: 'ENOSPC' });
      },
    });
    const writer = writerIn(place.path, { fileSystem });
    const kept = recordHead();
    const before = await writer.append(kept, Buffer.from('1\r\n'));
    full = true;
    expect(await refusal(writer.append(recordHead(), Buffer.from('2\r\n')))).toBe('disk-reserve');
    await writer.append(recordHead(), Buffer.from('3\r\n'));
    const reader = createSpoolReader({ directory: place.path, keys: testKeys });
    const live = await reader.read(start(before), EVERYTHING);
    expect(live.records.map((record) => record.id)).toEqual([kept.id]);
    expect(live.alarms).toEqual([]);
    await writer.close();
    const segments = await reader.segments();
    const batches = await Promise.all(
      segments.map(({ instance, segment }) =>
        reader.read({ instance, segment, offset: 0 }, EVERYTHING),
      ),
    );
    expect(batches.flatMap(({ records }) => records)).toHaveLength(2);
  });

  test('below the reserve everything is refused, and accepted again when there is room', async () => {
    await using place = await temporaryDirectory();
    let free = 500;
    const { fileSystem } = watchedFileSystem({ room: () => ({ bytes: free, inodes: null }) });
    const writer = writerIn(place.path, { fileSystem, diskReserveBytes: 1000 });
    expect(await refusal(writer.append(recordHead(), Buffer.from('1\r\n')))).toBe('disk-reserve');
    free = 5000;
    await expect(writer.append(recordHead(), Buffer.from('2\r\n'))).resolves.toBeDefined();
    await writer.close();
  });

  test('below the reserve of inodes likewise', async () => {
    await using place = await temporaryDirectory();
    let inodes = 9;
    const { fileSystem } = watchedFileSystem({ room: () => ({ bytes: 1e12, inodes }) });
    const writer = writerIn(place.path, { fileSystem, diskReserveInodes: 10 });
    expect(await refusal(writer.append(recordHead(), Buffer.from('1\r\n')))).toBe('disk-reserve');
    inodes = 10;
    await expect(writer.append(recordHead(), Buffer.from('2\r\n'))).resolves.toBeDefined();
    await writer.close();
  });

  test('a disk with room is not asked again for every batch, and is as soon as the answer would not do', async () => {
    await using place = await temporaryDirectory();
    let asked = 0;
    const { fileSystem } = watchedFileSystem({
      room() {
        asked += 1;
        return { bytes: 10_000, inodes: null };
      },
    });
    const writer = writerIn(place.path, { fileSystem, diskReserveBytes: 1000 });
    for (let count = 0; count < 3; count += 1)
      await writer.append(recordHead(), Buffer.from('1\r\n'));
    expect(asked).toBeLessThan(3);
    const before = asked;
    expect(await refusal(writer.append(recordHead(), Buffer.alloc(9500)))).toBe('disk-reserve');
    expect(asked).toBe(before + 1);
    await writer.close();
  });

  test('a message of an organisation without a key is refused, whole or in pieces, and leaves nothing', async () => {
    await using place = await temporaryDirectory();
    const writer = writerIn(place.path, { instanceName: 'one' });
    const head = recordHead({ organisationId: 'locked-1' });
    expect(await refusal(writer.append(head, Buffer.from('1\r\n')))).toBe('no-key');
    expect(await refusal(writer.stage(stagedFor(head), pieces('1\r\n')))).toBe('no-key');
    await writer.append(recordHead(), Buffer.from('2\r\n'));
    expect(await readdir(join(place.path, 'one'))).toHaveLength(1);
    await writer.close();
  });

  test.each(['write', 'fdatasync'])(
    'a body file whose %s fails is refused and removed',
    async (call) => {
      await using place = await temporaryDirectory();
      const broken = () => Promise.reject(Object.assign(new Error('I/O error'), { code: 'EIO' }));
      const { fileSystem } = watchedFileSystem(
        call === 'write' ? { write: broken } : { dataSync: broken },
      );
      const writer = writerIn(place.path, { fileSystem, instanceName: 'one' });
      expect(await refusal(writer.stage(stagedFor(recordHead()), pieces('1\r\n')))).toBe(
        'write-failed',
      );
      expect(await readdir(join(place.path, 'one'))).toEqual([]);
      await writer.close().catch(() => undefined);
    },
  );

  test('a body that breaks off is refused and leaves no file', async () => {
    await using place = await temporaryDirectory();
    const writer = writerIn(place.path, { inlineBodyLimit: 3, instanceName: 'one' });
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('begun');
      await Promise.reject(new Error('client gone'));
    }
    const staged = writer.stage(stagedFor(recordHead()), broken());
    await expect(staged).rejects.toThrow('client gone');
    expect(await readdir(join(place.path, 'one'))).toEqual([]);
    await writer.close();
    expect(await refusal(writer.append(recordHead(), Buffer.from('late')))).toBe('closed');
  });

  test('an instance that was there before is not written to: offsets are never used twice', async () => {
    await using place = await temporaryDirectory();
    const one = writerIn(place.path, { instanceName: 'same' });
    await one.append(recordHead(), Buffer.from('1\r\n'));
    await one.close();
    const two = writerIn(place.path, { instanceName: 'same' });
    expect(await refusal(two.append(recordHead(), Buffer.from('2\r\n')))).toBe('write-failed');
  });
});

describe('reading', () => {
  async function threeRecords(directory: string) {
    const writer = writerIn(directory, { instanceName: 'one' });
    // The directory is gone by then; only the descriptors matter.
    onTestFinished(() => writer.close().catch(() => undefined));
    const heads = [recordHead(), recordHead(), recordHead()];
    const references: StoreReference[] = [];
    for (const head of heads) references.push(await writer.append(head, Buffer.from('body\r\n')));
    const [first, second, third] = references;
    if (first === undefined || second === undefined || third === undefined) throw new Error();
    return { heads, first, second, third, path: join(directory, 'one', first.segment) };
  }

  test('goes on from the position it gave, within the limits', async () => {
    await using place = await temporaryDirectory();
    const { heads, first } = await threeRecords(place.path);
    const reader = createSpoolReader({ directory: place.path, keys: testKeys });
    const one = await reader.read(start(first), { records: 2, bytes: 1_000_000 });
    const two = await reader.read(one.next, { records: 2, bytes: 1_000_000 });
    const end = await reader.read(two.next, { records: 2, bytes: 1_000_000 });
    expect([...one.records, ...two.records].map(({ id }) => id)).toEqual(heads.map(({ id }) => id));
    expect(end).toEqual({ records: [], next: two.next, waiting: 0, alarms: [] });
    expect((await reader.read(start(first), { records: 9, bytes: 1 })).records).toHaveLength(1);
  });

  test.each([
    ['in the record', 1_000_000],
    ['in a file of its own', 1],
  ])('gives the body that lies %s, and refuses one that is too big', async (_where, limit) => {
    await using place = await temporaryDirectory();
    const writer = writerIn(place.path, { inlineBodyLimit: limit });
    const reference = await writer.append(recordHead(), Buffer.from('Subject: a\r\n\r\nbody\r\n'));
    await writer.close();
    const reader = createSpoolReader({ directory: place.path, keys: testKeys });
    const [record] = (await reader.read(start(reference), EVERYTHING)).records;
    expect(Buffer.from((await record?.body(1000)) ?? []).toString()).toBe(
      'Subject: a\r\n\r\nbody\r\n',
    );
    await expect(record?.body(10)).rejects.toBeInstanceOf(MessageTooBigError);
  });

  test('waits at every cut of the last record of a live writer; alarms once the writer is gone', async () => {
    await using place = await temporaryDirectory();
    const { heads, first, third, path } = await threeRecords(place.path);
    const reader = createSpoolReader({ directory: place.path, keys: testKeys });
    for (let left = third.length - 1; left > 0; left -= 1) {
      await truncate(path, third.offset + left);
      const batch = await reader.read(start(first), EVERYTHING);
      expect(batch.records).toHaveLength(2);
      expect(batch.alarms).toEqual([]);
      expect(batch.next.offset).toBe(third.offset);
    }
    await markInstanceClosed(place.path, 'one');
    await markInstanceClosed(place.path, 'one');
    const batch = await reader.read(start(first), EVERYTHING);
    expect(batch.records.map(({ id }) => id)).toEqual(heads.slice(0, 2).map(({ id }) => id));
    expect(batch.alarms.map(({ kind, offset }) => [kind, offset])).toEqual([
      ['damaged-record', third.offset],
    ]);
    expect((await reader.read(batch.next, EVERYTHING)).alarms).toEqual([]);
  });

  test('passes over a damaged record in the middle with an alarm, even of a live writer', async () => {
    await using place = await temporaryDirectory();
    const { heads, first, second, path } = await threeRecords(place.path);
    const handle = await open(path, 'r+');
    await handle.write(Buffer.from('XXXX'), 0, 4, second.offset + 30);
    await handle.close();
    const batch = await createSpoolReader({ directory: place.path, keys: testKeys }).read(
      start(first),
      EVERYTHING,
    );
    expect(batch.records.map(({ id }) => id)).toEqual([heads[0]?.id, heads[2]?.id]);
    expect(batch.alarms.map(({ kind, offset }) => [kind, offset])).toEqual([
      ['damaged-record', second.offset],
    ]);
  });

  test('a record whose body is damaged counts, with an alarm; its bytes are never given out', async () => {
    await using place = await temporaryDirectory();
    const { heads, first, second, path } = await threeRecords(place.path);
    const handle = await open(path, 'r+');
    await handle.write(Buffer.from('XXXX'), 0, 4, second.offset + second.length - 8);
    await handle.close();
    const reader = createSpoolReader({ directory: place.path, keys: testKeys });
    const batch = await reader.read(start(first), EVERYTHING);
    expect(batch.records.map(({ id }) => id)).toEqual(heads.map(({ id }) => id));
    expect(batch.alarms.map(({ kind, offset }) => [kind, offset])).toEqual([
      ['damaged-body', second.offset],
    ]);
    await expect(batch.records[1]?.body(1000)).rejects.toBeInstanceOf(MessageDamagedError);
  });

  test('a record that lost bytes of its body does not swallow the next', async () => {
    await using place = await temporaryDirectory();
    const { heads, first, second, third, path } = await threeRecords(place.path);
    const whole = await readFile(path);
    const hole = second.offset + second.length - 20;
    await truncate(path, hole);
    await appendFile(path, whole.subarray(hole + 8, third.offset + third.length));
    await markInstanceClosed(place.path, 'one');
    const reader = createSpoolReader({ directory: place.path, keys: testKeys });
    const batch = await reader.read(start(first), EVERYTHING);
    expect(batch.records.map(({ id }) => id)).toEqual(heads.map(({ id }) => id));
    expect(batch.alarms.map(({ kind }) => kind)).toEqual(['damaged-body']);
  });

  test('a segment that retention removed meanwhile is no alarm', async () => {
    await using place = await temporaryDirectory();
    const { first, path } = await threeRecords(place.path);
    await rm(path);
    const reader = createSpoolReader({ directory: place.path, keys: testKeys });
    expect(await reader.read(start(first), EVERYTHING)).toMatchObject({ records: [], alarms: [] });
  });

  test('finds what follows a cut-off record', async () => {
    await using place = await temporaryDirectory();
    const { heads, first, second, third, path } = await threeRecords(place.path);
    const whole = await readFile(path);
    await truncate(path, second.offset + 20);
    await appendFile(path, whole.subarray(third.offset));
    await markInstanceClosed(place.path, 'one');
    const batch = await createSpoolReader({ directory: place.path, keys: testKeys }).read(
      start(first),
      EVERYTHING,
    );
    expect(batch.records.map(({ id }) => id)).toEqual([heads[0]?.id, heads[2]?.id]);
    expect(batch.alarms).toHaveLength(1);
  });

  test('a record whose body file is gone still counts, with an alarm', async () => {
    await using place = await temporaryDirectory();
    const writer = writerIn(place.path, { inlineBodyLimit: 1 });
    const head = recordHead();
    const reference = await writer.append(head, Buffer.from('a body\r\n'));
    await rm(join(place.path, reference.instance, `copy-${head.id}.body`));
    const reader = createSpoolReader({ directory: place.path, keys: testKeys });
    const batch = await reader.read(start(reference), EVERYTHING);
    expect(batch.records.map(({ id }) => id)).toEqual([head.id]);
    expect(batch.alarms.map(({ kind }) => kind)).toEqual(['missing-body']);
    const store = createLocalMessageStore({ directory: place.path, keys: testKeys });
    await expect(store.open(reference)).rejects.toBeInstanceOf(MessageGoneError);
    await writer.close();
  });
});

describe('the message store', () => {
  test('gives trace headers and body, and refuses to hold more than asked for', async () => {
    await using place = await temporaryDirectory();
    const writer = writerIn(place.path);
    const reference = await writer.append(recordHead(), Buffer.from('body\r\n'));
    const store = createLocalMessageStore({ directory: place.path, keys: testKeys });
    expect((await store.open(reference)).size).toBe(27);
    await expect(store.read(reference, 26)).rejects.toBeInstanceOf(MessageTooBigError);
    expect(Buffer.from(await store.read(reference, 27)).toString()).toBe(
      'Received: from test\r\nbody\r\n',
    );
    await writer.close();
  });

  test('never leaves the spool, whatever a reference says', async () => {
    await using place = await temporaryDirectory();
    const store = createLocalMessageStore({ directory: join(place.path, 'spool'), keys: testKeys });
    const segment = 'copy-000001-0011223344556677.seg';
    for (const instance of ['..', '../..', '/etc', 'a/../..']) {
      const reference = { instance, segment, offset: 0, length: 100 };
      await expect(store.open(reference)).rejects.toBeInstanceOf(MessageGoneError);
    }
  });

  test('fails at the end of a body that is not the one accepted', async () => {
    await using place = await temporaryDirectory();
    const writer = writerIn(place.path, { inlineBodyLimit: 1 });
    const head = recordHead();
    const reference = await writer.append(head, Buffer.from('a body\r\n'));
    const path = join(place.path, reference.instance, `copy-${head.id}.body`);
    const handle = await open(path, 'r+');
    await handle.write(Buffer.from('A'), 0, 1, 0);
    await handle.close();
    const store = createLocalMessageStore({ directory: place.path, keys: testKeys });
    await expect(store.read(reference, 1000)).rejects.toBeInstanceOf(MessageGoneError);
    await writer.close();
  });
});

describe('a message of a drill', () => {
  test('is kept, and refused as soon as it has a recipient', async () => {
    await using temporary = await temporaryDirectory();
    const directory = temporary.path;
    const writer = writerIn(directory);
    const drill = { ...recordHead(), origin: 'drill' } as const;
    const practised = { drillId: 'drill-1', readerIds: ['megan'] };
    await expect(writer.append(drill, Buffer.from('x'))).rejects.toThrow('no recipients');
    const envelope = { ...drill.envelope, recipients: [] };
    const reference = await writer.append({ ...drill, envelope, practised }, Buffer.from('x'));
    await writer.close();
    const { records } = await createSpoolReader({ directory, keys: testKeys }).read(
      { instance: reference.instance, segment: reference.segment, offset: 0 },
      EVERYTHING,
    );
    expect(records).toMatchObject([{ origin: 'drill', practised, envelope: { recipients: [] } }]);
  });
});
