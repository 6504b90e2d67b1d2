import type { Log, SpoolKeys, SpoolRecordHead } from '@holdfast/application';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCopySpool, DAYS_TOGETHER } from './copy-spool.ts';
import { createSpoolHousekeeping } from './housekeeping.ts';
import { createSpoolReader } from './reader.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 25, 12);
const keys: SpoolKeys = {
  keyOf: () => new Uint8Array(32).fill(7),
  refresh: () => Promise.resolve(),
};
const log: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => log,
};
const clock = { now: () => NOW };
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'copies-'));
});
afterEach(() => rm(directory, { recursive: true }));

const spool = (diskReserveBytes = 0) =>
  createCopySpool({
    directory,
    diskReserveBytes,
    segmentBytes: 1_000_000,
    keys,
    clock,
    log,
    makeId: randomUUID,
  });
const head = (acceptedAt: number): SpoolRecordHead => ({
  id: randomUUID(),
  acceptedAt,
  origin: 'mailbox',
  class: 'copy',
  organisationId: 'contoso',
  envelope: {
    from: '',
    recipients: [],
    bodyType: '8BITMIME',
    smtpUtf8: false,
    client: { ip: '', helo: '', tls: null },
    authentication: null,
    senderAuthenticated: false,
  },
  traceHeaders: '',
  snapshotVersion: 0,
  notBefore: null,
  submission: null,
  copied: { userId: 'megan', folder: 'inbox', isRead: true, isFlagged: false },
});

describe('copies out of mailboxes', () => {
  it('are sealed, and read back with their place', async () => {
    const copies = spool();
    const reference = await copies.append(head(NOW - DAY), Buffer.from('Subject: secret\r\n\r\n'));
    await copies.close();
    const reader = createSpoolReader({ directory, keys });
    const { records } = await reader.read(
      { instance: reference.instance, segment: reference.segment, offset: 0 },
      { records: 10, bytes: 1e6 },
    );
    expect(records).toMatchObject([
      { origin: 'mailbox', copied: { userId: 'megan', folder: 'inbox', isRead: true } },
    ]);
    expect(Buffer.from((await records[0]?.body(1000)) ?? []).toString()).toContain('secret');
  });

  it('lie with those of the same days, and retention knows how old they are without reading them', async () => {
    const copies = spool();
    for (const days of [0, 1, 12, 13, 29])
      await copies.append(head(NOW - days * DAY), Buffer.from('x'));
    await copies.close();
    expect((await readdir(directory)).length).toBeLessThan(5);
    const housekeeping = createSpoolHousekeeping({ directory, diskReserveBytes: 0, clock, log });
    const finished = await housekeeping.finished();
    const oldest = finished[0]?.lastWrittenAt ?? 0;
    expect(oldest).toBeGreaterThan(NOW - 29 * DAY);
    expect(oldest).toBeLessThanOrEqual(NOW - 29 * DAY + DAYS_TOGETHER * DAY);
  });

  it('never take the last of the disk', async () => {
    const copies = spool(Number.MAX_SAFE_INTEGER);
    await expect(copies.append(head(NOW), Buffer.from('x'))).rejects.toMatchObject({
      reason: 'disk-reserve',
    });
    await copies.close();
    await expect(copies.append(head(NOW), Buffer.from('x'))).rejects.toMatchObject({
      reason: 'closed',
    });
  });
});
