import {
  createIngest,
  createMailboxCopying,
  createRetention,
  eraseMessage,
  MessageErasedError,
  readLedger,
  type CopySpool,
  type MessageRecord,
  type SpoolKeys,
} from '@holdfast/application';
import { DAY, DEFAULT_COPY_POLICY } from '@holdfast/domain';
import {
  createCopySpool,
  createLocalMessageStore,
  createMessageErasure,
  createSpoolHousekeeping,
  createSpoolReader,
} from '@holdfast/mail';
import { createMessageFormat } from '@holdfast/mail/format';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { idOf, installEveryone } from './testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

const COPIES = 30 * DAY;
const keys: SpoolKeys = {
  keyOf: () => new Uint8Array(32).fill(7),
  refresh: () => Promise.resolve(),
};

let world: World;
let contoso: OrganisationHandle;
let spool: string;
let copySpool: CopySpool;
beforeEach(async () => {
  spool = await mkdtemp(join(tmpdir(), 'copies-'));
  world = await createWorld({ reader: createSpoolReader({ directory: spool, keys }) });
  contoso = await world.organisation('Contoso');
  await installEveryone(world, contoso);
  copySpool = createCopySpool({
    directory: spool,
    diskReserveBytes: 0,
    segmentBytes: 1_000_000,
    keys,
    clock: world.ports.clock,
    log: world.ports.log,
    makeId: randomUUID,
  });
});
afterEach(async () => {
  await copySpool.close();
  await world.close();
  await rm(spool, { recursive: true });
});

const put = (subject: string, days: number): string =>
  world.mailboxes.put('ext-ada', {
    subject,
    receivedAt: world.ports.clock.now() - days * DAY,
  });

async function copyAll(): Promise<void> {
  const copying = createMailboxCopying({ ...world.ports, copySpool }, DEFAULT_COPY_POLICY);
  while ((await copying.round(contoso.id)).mailboxes > 0) world.advance(1);
  await copySpool.close();
  const ingest = createIngest({
    database: world.ports.database,
    reader: createSpoolReader({ directory: spool, keys }),
    format: createMessageFormat({ authservId: 'mx1.holdfast.example' }),
    identifiers: world.ports.identifiers,
    clock: world.ports.clock,
    log: world.ports.log,
  });
  while ((await ingest.once()).records > 0);
}
async function retain(): Promise<void> {
  const { clock, database, log } = world.ports;
  const housekeeping = createSpoolHousekeeping({
    directory: spool,
    diskReserveBytes: 0,
    clock,
    log,
  });
  const reader = createSpoolReader({ directory: spool, keys });
  await createRetention({ database, reader, housekeeping, clock, log }, { copies: COPIES }).round();
}
async function rows(): Promise<readonly MessageRecord[]> {
  const userId = await idOf(contoso, 'ada');
  return world.ports.database.withinOrganisation(contoso.id, async ({ mailbox }) => {
    const items = await mailbox.page(userId, 'inbox', 0, 50, null);
    const found = await Promise.all(items.map(({ id }) => mailbox.get(userId, id)));
    return found.flatMap((one) => one?.message ?? []);
  });
}
async function segments(): Promise<number> {
  const names = await readdir(spool, { recursive: true });
  return names.filter((name) => name.endsWith('.seg')).length;
}

describe('copies out of Office 365', () => {
  test('go when they are thirty days old, rows first and bytes within days, not thirty days later', async () => {
    put('Old', 27);
    put('New', 1);
    await copyAll();
    expect((await rows()).map(({ summary }) => summary.subject)).toEqual(['New', 'Old']);
    expect(await segments()).toBe(2);

    world.advance(5 * DAY);
    await retain();
    expect((await rows()).map(({ summary }) => summary.subject)).toEqual(['New']);
    world.advance(5 * DAY);
    await retain();
    expect(await segments()).toBe(1);

    world.advance(40 * DAY);
    await retain();
    await retain();
    expect(await rows()).toEqual([]);
    expect(await segments()).toBe(0);
  });

  test('are not in the ledger while they are here, nor after they are gone', async () => {
    const before = await readLedger(world.ports, contoso.id);
    put('Counted?', 3);
    await copyAll();
    expect(await readLedger(world.ports, contoso.id)).toEqual(before);
    world.advance(60 * DAY);
    await retain();
    await retain();
    expect(await segments()).toBe(0);
    const after = await readLedger(world.ports, contoso.id);
    expect(after.inbound.accepted).toBe(before.inbound.accepted);
  });

  test('are erased on request with their bytes', async () => {
    put('Secret', 2);
    await copyAll();
    const [message] = await rows();
    if (message === undefined) throw new Error('not copied');
    const store = createLocalMessageStore({ directory: spool, keys });
    expect(Buffer.from(await store.read(message.reference, 10_000)).toString()).toContain('Secret');
    await eraseMessage(
      { ...world.ports, erasure: createMessageErasure({ directory: spool }) },
      contoso.actor,
      { messageId: '<Secret@office.example>', reason: 'asked for' },
    );
    await expect(store.read(message.reference, 10_000)).rejects.toThrow(MessageErasedError);
    expect(await rows()).toEqual([]);
  });
});
