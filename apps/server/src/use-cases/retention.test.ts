import {
  commandDeliveries,
  createIngest,
  createRetention,
  eraseMessage,
  MessageErasedError,
  readLedger,
  readStored,
  type Database,
  type MessageRecord,
  type RetentionPorts,
  type SpoolKeys,
  type StoreReference,
  WHOLE_QUEUE,
} from '@holdfast/application';
import { DAY, type Ledger } from '@holdfast/domain';
import {
  createLocalMessageStore,
  createMessageErasure,
  createSpoolHousekeeping,
  createSpoolReader,
  createSpoolWriter,
  nodeFileSystem,
  type SpoolFileSystem,
} from '@holdfast/mail';
import { aSummary, anActiveEvent } from '@holdfast/testkit';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWorld, type World } from './testing/world.ts';

const COPIES = 30 * DAY;
const OVER = 32 * DAY;
const KEY = new Uint8Array(32).fill(7);
const keys: SpoolKeys = { keyOf: () => KEY, refresh: () => Promise.resolve() };

let world: World;
let organisationId: string;
let spool: string;
let now: number;
const clock = { now: () => now };

beforeEach(async () => {
  world = await createWorld();
  organisationId = (await world.organisation('Contoso')).id;
  spool = join(await mkdtemp(join(tmpdir(), 'holdfast-retention-')), 'spool');
  now = Date.now();
});
afterEach(async () => {
  await world.close();
  await rm(join(spool, '..'), { recursive: true, force: true });
});

interface Accepted {
  readonly id: string;
  readonly body: string;
}

/** Accepts, by a process that then ends, and ingests. Bodies of more than 100 bytes lie in files of their own. */
async function accept(
  messages: readonly {
    readonly verdict?: 'deliver' | 'quarantine';
    readonly class?: 'copy' | 'transit';
    readonly bytes?: number;
  }[],
): Promise<readonly Accepted[]> {
  const writer = createSpoolWriter({
    directory: spool,
    diskReserveBytes: 0,
    segmentBytes: 1_000_000,
    inlineBodyLimit: 100,
    keys,
    clock,
    log: world.ports.log,
  });
  const accepted: Accepted[] = [];
  for (const { verdict = 'deliver', class: cls = 'copy', bytes = 20 } of messages) {
    const id = uuidAt(now);
    const body = `${id} `.repeat(bytes).slice(0, bytes);
    await writer.append(
      {
        id,
        acceptedAt: now,
        origin: 'inbound',
        class: cls,
        organisationId,
        envelope: {
          from: 'orders@shop.example',
          recipients: [
            {
              address: 'megan@contoso.example',
              organisationId,
              kind: null,
              protected: false,
              verdict,
              reason: 'clean',
            },
          ],
          bodyType: '7BIT',
          smtpUtf8: false,
          client: { ip: '192.0.2.7', helo: 'shop.example', tls: null },
          authentication: null,
          senderAuthenticated: false,
        },
        traceHeaders: '',
        snapshotVersion: 1,
        notBefore: null,
        submission: null,
      },
      Buffer.from(body),
    );
    accepted.push({ id, body });
  }
  await writer.close();
  await ingestAll();
  return accepted;
}

async function ingestAll(): Promise<void> {
  const ingest = createIngest({
    database: world.ports.database,
    reader: createSpoolReader({ directory: spool, keys }),
    format: { summarise: async () => aSummary() },
    identifiers: world.ports.identifiers,
    clock,
    log: world.ports.log,
  });
  while ((await ingest.once()).records > 0);
}

function uuidAt(at: number): string {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}${randomUUID().slice(13).replace(/^-./, '-7')}`;
}

/** The far end takes everything that is due, but not one message. */
async function deliver(except: Accepted | null = null): Promise<void> {
  await world.ports.database.acrossOrganisations(async ({ deliveries }) => {
    const leased = await deliveries.lease({
      route: 'primary',
      now,
      until: now + 60_000,
      limit: 1000,
      owner: 'test',
      skipOrganisations: [],
    });
    const isLeft = (messageId: string): boolean => messageId === except?.id;
    const taken = leased.filter(({ message }) => !isLeft(message.id));
    await deliveries.complete(
      taken.map(({ delivery }) => ({
        deliveryId: delivery.id,
        acceptedAt: delivery.acceptedAt,
        next: { state: 'delivered', reply: '250 2.6.0 Queued' },
        host: 'mx.contoso.example',
        at: now,
        tls: null,
      })),
      'test',
    );
    await deliveries.release(
      leased
        .filter(({ message }) => isLeft(message.id))
        .map(({ delivery }) => ({
          deliveryId: delivery.id,
          acceptedAt: delivery.acceptedAt,
          dueAt: now,
        })),
      'test',
    );
  });
}

function portsFor(
  change: { readonly database?: Database; readonly fileSystem?: SpoolFileSystem } = {},
): RetentionPorts {
  const { database = world.ports.database, fileSystem = nodeFileSystem } = change;
  const { log } = world.ports;
  return {
    database,
    reader: createSpoolReader({ directory: spool, keys }),
    housekeeping: createSpoolHousekeeping({
      directory: spool,
      diskReserveBytes: 0,
      clock,
      log,
      fileSystem,
    }),
    clock,
    log,
  };
}

async function ledger(): Promise<Ledger> {
  const reader = createSpoolReader({ directory: spool, keys });
  return (await readLedger({ database: world.ports.database, reader }, organisationId)).inbound;
}

async function referenceOf(id: string): Promise<StoreReference | null> {
  return world.ports.database.withinOrganisation(organisationId, ({ messages }) =>
    messages.reference({ id, acceptedAt: Number.parseInt(id.replace('-', '').slice(0, 12), 16) }),
  );
}

async function textOf(id: string): Promise<string> {
  const reference = await referenceOf(id);
  if (reference === null) return 'no row';
  const store = createLocalMessageStore({ directory: spool, keys });
  return Buffer.from(await store.read(reference, 10_000)).toString();
}

async function filesIn(instance: string): Promise<readonly string[]> {
  return readdir(join(spool, instance)).catch(() => []);
}

describe('retention', () => {
  test('removes what is over, rows and files, and the ledger still accounts for it', async () => {
    await accept([{}, { bytes: 500 }, {}]);
    await deliver();
    now += OVER;
    const report = await createRetention(portsFor(), { copies: COPIES }).round();
    expect(report).toMatchObject({ days: 1, segments: 1, kept: 0 });
    expect(await readdir(spool)).toEqual([]);
    expect(await ledger()).toMatchObject({
      accepted: 3,
      terminal: { delivered: 3 },
      balanced: true,
    });
    expect(
      await world.ports.database.acrossOrganisations(({ ingest }) => ingest.positions()),
    ).toEqual([]);
  });

  test('takes out tries at signing in that no limit counts any more: of whoever never came again, too', async () => {
    const count = () =>
      world.ports.database.acrossOrganisations((system) => system.countAttempt('x', now, 3 * DAY));
    await count();
    now += DAY;
    await count();
    now += 1;
    await createRetention(portsFor(), { copies: COPIES }).round();
    expect(await count()).toBe(1);
  });

  test('touches nothing before its time', async () => {
    const accepted = await accept([{}, { bytes: 500 }]);
    await deliver();
    now += 30 * DAY;
    expect(await createRetention(portsFor(), { copies: COPIES }).round()).toMatchObject({
      segments: 0,
    });
    for (const { id, body } of accepted) expect(await textOf(id)).toBe(body);
  });

  test('keeps what is still waited for, and lets it go when it is not', async () => {
    const [, waiting, quarantined] = await accept([{}, { bytes: 500 }, { verdict: 'quarantine' }]);
    await deliver(waiting);
    now += OVER;
    expect(await createRetention(portsFor(), { copies: COPIES }).round()).toMatchObject({
      segments: 1,
      kept: 2,
    });
    expect(await readdir(spool)).toEqual(['kept']);
    for (const message of [waiting, quarantined]) {
      expect((await referenceOf(message?.id ?? ''))?.instance).toBe('kept');
      expect(await textOf(message?.id ?? '')).toBe(message?.body);
    }
    expect(await ledger()).toMatchObject({ accepted: 3, balanced: true });
    // Nothing of it is counted or read again.
    expect(await createSpoolReader({ directory: spool, keys }).segments()).toEqual([]);
    await deliver();
    await createRetention(portsFor(), { copies: COPIES }).round();
    expect(await textOf(waiting?.id ?? '')).toBe('no row');
    // The quarantined one still needs the segment that both are in.
    expect(await filesIn('kept')).not.toEqual([]);
    await discardQuarantined();
    now += DAY;
    await createRetention(portsFor(), { copies: COPIES }).round();
    now += DAY;
    await createRetention(portsFor(), { copies: COPIES }).round();
    expect(await filesIn('kept')).toEqual([]);
    expect(await ledger()).toMatchObject({
      accepted: 3,
      terminal: { delivered: 2, discarded: 1 },
      balanced: true,
    });
  });

  test('removes transit mail a day after its last final state, and leaves its rows for the trace', async () => {
    const [first] = await accept([{ class: 'transit' }, { class: 'transit', bytes: 500 }]);
    now += DAY;
    await deliver(first);
    now += 2 * DAY;
    expect(await createRetention(portsFor(), { copies: COPIES }).round()).toMatchObject({
      segments: 0,
    });
    await deliver();
    now += DAY - 1;
    expect(await createRetention(portsFor(), { copies: COPIES }).round()).toMatchObject({
      segments: 0,
    });
    now += 2;
    expect(await createRetention(portsFor(), { copies: COPIES }).round()).toMatchObject({
      segments: 1,
    });
    expect(await referenceOf(first?.id ?? '')).not.toBeNull();
    expect(await ledger()).toMatchObject({ accepted: 2, balanced: true });
  });

  test('waits for ingest, and for the writer to begin another segment', async () => {
    const writer = createSpoolWriter({
      directory: spool,
      diskReserveBytes: 0,
      segmentBytes: 1_000_000,
      keys,
      clock,
      log: world.ports.log,
    });
    await accept([{}]);
    await deliver();
    now += OVER;
    const before = await readdir(spool);
    await createRetention(portsFor(), { copies: COPIES }).round();
    expect(before.length - (await readdir(spool)).length).toBe(1);
    await writer.close();
  });

  test('keeps the rolling copy of an organisation in an event as it was when the event began', async () => {
    const [message] = await accept([{}]);
    await deliver();
    now += 29 * DAY;
    await world.ports.database.withinOrganisation(organisationId, ({ events }) =>
      events.append(anActiveEvent({ startedAt: now }), [], 'admin', now),
    );
    now += 10 * DAY;
    await createRetention(portsFor(), { copies: COPIES }).round();
    expect((await referenceOf(message?.id ?? ''))?.instance).toBe('kept');
    expect(await textOf(message?.id ?? '')).toBe(message?.body);
    expect(await ledger()).toMatchObject({ accepted: 1, balanced: true });
  });

  test('a reader whose row is from before the move reads its row again, once', async () => {
    const [, message] = await accept([{}, { verdict: 'quarantine' }]);
    await deliver();
    const reference = await referenceOf(message?.id ?? '');
    if (message === undefined || reference === null) throw new Error('not accepted');
    now += OVER;
    await createRetention(portsFor(), { copies: COPIES }).round();
    const store = createLocalMessageStore({ directory: spool, keys });
    const stale = {
      id: message.id,
      organisationId,
      acceptedAt: now - OVER,
      reference,
    } as MessageRecord;
    const bytes = await readStored({ database: world.ports.database, store }, stale, 1000);
    expect(Buffer.from(bytes).toString()).toBe(message.body);
  });

  test('removes bodies without a record of a writer that died, and leaves those of living ones', async () => {
    const options = {
      directory: spool,
      diskReserveBytes: 0,
      segmentBytes: 1_000_000,
      keys,
      clock,
      log: world.ports.log,
    };
    async function* body(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('never ended');
    }
    const dead = createSpoolWriter({ ...options, instanceName: 'dead' });
    const alive = createSpoolWriter({ ...options, instanceName: 'alive' });
    for (const writer of [dead, alive])
      await writer.stage(
        { id: uuidAt(now), class: 'copy', organisationIds: [organisationId] },
        body(),
      );
    await dead.close();
    expect(await createRetention(portsFor(), { copies: COPIES }).round()).toMatchObject({
      bodies: 0,
    });
    now += 2 * DAY;
    expect(await createRetention(portsFor(), { copies: COPIES }).round()).toMatchObject({
      bodies: 1,
    });
    expect(await readdir(spool)).toEqual(['alive']);
    expect(await filesIn('alive')).toHaveLength(1);
    await alive.close();
  });
});

describe('erasing a message', () => {
  const erasureIn = () => createMessageErasure({ directory: spool });
  const actor = { kind: 'command-line' } as const;

  test('takes its bytes, its subject and its place in mailboxes, and says so from then on', async () => {
    const [message, other] = await accept([{ bytes: 500 }, { bytes: 20 }]);
    await deliver();
    const ports = { database: world.ports.database, clock, erasure: erasureIn() };
    const input = { messageId: message?.id ?? '', reason: 'asked for by its sender' };
    const erased = await eraseMessage(ports, { ...actor, organisationId }, input);
    expect(erased).toMatchObject([{ id: message?.id, hadBytes: true }]);
    await expect(textOf(message?.id ?? '')).rejects.toBeInstanceOf(MessageErasedError);
    expect(await textOf(other?.id ?? '')).toBe(other?.body);
    expect(await ledger()).toMatchObject({ accepted: 2, balanced: true });
    const { audit, rows } = await world.ports.database.withinOrganisation(
      organisationId,
      async (repositories) => ({
        audit: await repositories.audit.recent(1),
        rows: await repositories.mailFlow.trace({
          messageId: aSummary().messageId,
          recipient: null,
          limit: 10,
        }),
      }),
    );
    expect(audit).toMatchObject([{ action: 'message.erased', subject: message?.id }]);
    expect(rows.map(({ subject }) => subject).toSorted()).toEqual(['(erased)', 'Your order']);
  });

  test('is refused while a delivery is open, and without a reason', async () => {
    const [message] = await accept([{}]);
    const ports = { database: world.ports.database, clock, erasure: erasureIn() };
    const erase = (messageId: string, reason: string) =>
      eraseMessage(ports, { ...actor, organisationId }, { messageId, reason });
    await expect(erase(message?.id ?? '', 'because')).rejects.toMatchObject({
      code: 'erase.still-open',
    });
    await deliver();
    await expect(erase(message?.id ?? '', ' ')).rejects.toMatchObject({
      code: 'erase.reason-missing',
    });
    await expect(erase('<nobody@example>', 'because')).rejects.toMatchObject({
      code: 'erase.unknown',
    });
    expect(await textOf(message?.id ?? '')).toBe(message?.body);
  });

  test('is not undone when the spool is read again: nothing is delivered, and the ledger balances', async () => {
    const [message] = await accept([{}]);
    await deliver();
    const input = { messageId: message?.id ?? '', reason: 'because' };
    const ports = { database: world.ports.database, clock, erasure: erasureIn() };
    await eraseMessage(ports, { ...actor, organisationId }, input);
    await world.close();
    // A database that knows of nothing, as one restored from a backup does not.
    world = await createWorld();
    await ingestAll();
    const { terminal, open, balanced } = (
      await readLedger(
        { database: world.ports.database, reader: createSpoolReader({ directory: spool, keys }) },
        organisationId,
      )
    ).inbound;
    expect(terminal).toMatchObject({ discarded: 1 });
    expect(open).toMatchObject({ queued: 0 });
    expect(balanced).toBe(true);
  });

  test('leaves a message erased when its segment is kept or goes', async () => {
    const [, waiting] = await accept([{}, { verdict: 'quarantine' }]);
    await deliver();
    now += OVER;
    await createRetention(portsFor(), { copies: COPIES }).round();
    await discardQuarantined();
    const ports = { database: world.ports.database, clock, erasure: erasureIn() };
    await eraseMessage(
      ports,
      { ...actor, organisationId },
      { messageId: waiting?.id ?? '', reason: 'because' },
    );
    await expect(textOf(waiting?.id ?? '')).rejects.toBeInstanceOf(MessageErasedError);
  });
});

describe('retention that is cut off', () => {
  /** Every call that changes the disk, and every transaction, before it and after it. */
  test('at any step loses nothing, counts nothing twice, and is finished by the next round', async () => {
    for (let step = 0; ; step += 1) {
      now = Date.now();
      const accepted = await accept([{}, { bytes: 500, verdict: 'quarantine' }, { bytes: 500 }]);
      await deliver();
      const before = (await ledger()).accepted;
      now += OVER;
      const cut = cutOffAfter(step);
      await createRetention(portsFor(cut), { copies: COPIES })
        .round()
        .catch(() => undefined);
      const quarantined = accepted[1];
      expect(await textOf(quarantined?.id ?? ''), `cut off at step ${step}`).toBe(
        quarantined?.body,
      );
      const state = await ledger();
      expect(state.accepted, `cut off at step ${step}`).toBe(before);
      expect(state.balanced, `cut off at step ${step}`).toBe(true);
      now += DAY;
      await createRetention(portsFor(), { copies: COPIES }).round();
      expect(await readdir(spool), `cut off at step ${step}`).toEqual(['kept']);
      expect(await textOf(quarantined?.id ?? '')).toBe(quarantined?.body);
      expect(await ledger()).toMatchObject({ accepted: before, balanced: true });
      if (!cut.wasCut()) return;
      // The next round begins with nothing waited for.
      await discardQuarantined();
    }
  }, 60_000);
});

/** From the given call on, nothing works any more, as for a process that was killed. */
function cutOffAfter(steps: number): {
  readonly database: Database;
  readonly fileSystem: SpoolFileSystem;
  wasCut(): boolean;
} {
  let taken = 0;
  const step = (): void => {
    taken += 1;
    if (taken > steps) throw new Error('killed');
  };
  const guarded =
    <A extends readonly unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      step();
      const result = await work(...args);
      step();
      return result;
    };
  const { database } = world.ports;
  return {
    wasCut: () => taken > steps,
    database: {
      ...database,
      acrossOrganisations: async (work) => {
        step();
        const result = await database.acrossOrganisations(work);
        step();
        return result;
      },
    },
    fileSystem: {
      ...nodeFileSystem,
      makeDirectory: guarded((path: string) => nodeFileSystem.makeDirectory(path)),
      async createFile(path) {
        step();
        const file = await nodeFileSystem.createFile(path);
        return {
          ...file,
          write: guarded((bytes: Uint8Array) => file.write(bytes)),
          dataSync: guarded(() => file.dataSync()),
        };
      },
      syncDirectory: guarded((path: string) => nodeFileSystem.syncDirectory(path)),
      removeFile: guarded((path: string) => nodeFileSystem.removeFile(path)),
      linkFile: guarded((from: string, to: string) => nodeFileSystem.linkFile(from, to)),
      rename: guarded((from: string, to: string) => nodeFileSystem.rename(from, to)),
      removeDirectory: guarded((path: string) => nodeFileSystem.removeDirectory(path)),
    },
  };
}

async function discardQuarantined(): Promise<void> {
  await commandDeliveries(
    { ...world.ports, clock },
    { kind: 'system', organisationId },
    {
      selection: { kind: 'matching', filter: { ...WHOLE_QUEUE, states: ['quarantined'] } },
      command: { kind: 'discard', reason: 'nobody wants it' },
      allowSender: false,
    },
  );
}
