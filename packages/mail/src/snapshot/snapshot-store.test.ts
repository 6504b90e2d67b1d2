import type { MxSnapshot } from '@holdfast/domain';
import { open, readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../testing/fixtures.ts';
import { createSnapshotStore } from './snapshot-store.ts';

function snapshot(version: number): MxSnapshot {
  return {
    version,
    writtenAt: version * 1000,
    domains: [],
    recipients: [],
    lists: {},
    scopedLists: [],
    organisationKeys: {},
  };
}

describe('the snapshot', () => {
  test('is null before the first one', async () => {
    await using place = await temporaryDirectory();
    expect(await createSnapshotStore({ directory: join(place.path, 'new') }).read()).toBeNull();
  });

  test('survives a restart, the newest one wins', async () => {
    await using place = await temporaryDirectory();
    const store = createSnapshotStore({ directory: place.path });
    for (const version of [1, 2, 3]) await store.write(snapshot(version));
    expect(await createSnapshotStore({ directory: place.path }).read()).toEqual(snapshot(3));
    expect((await readdir(place.path)).sort()).toEqual(['snapshot', 'snapshot.previous']);
  });

  test('that is damaged gives way to the previous one', async () => {
    await using place = await temporaryDirectory();
    const store = createSnapshotStore({ directory: place.path });
    await store.write(snapshot(1));
    await store.write(snapshot(2));
    const handle = await open(join(place.path, 'snapshot'), 'r+');
    await handle.write(Buffer.from('9'), 0, 1, 40);
    await handle.close();
    expect(await store.read()).toEqual(snapshot(1));
    await store.write(snapshot(3));
    await truncate(join(place.path, 'snapshot'), 10);
    expect(await store.read()).toEqual(snapshot(1));
  });

  test('that is new is reported once; the one already read is not', async () => {
    await using place = await temporaryDirectory();
    const writer = createSnapshotStore({ directory: place.path });
    const reader = createSnapshotStore({ directory: place.path, pollMs: 20 });
    await writer.write(snapshot(1));
    await reader.read();
    const seen: number[] = [];
    let arrived = Promise.withResolvers<void>();
    const stop = reader.watch(({ version }) => {
      seen.push(version);
      arrived.resolve();
    });
    await writer.write(snapshot(2));
    await arrived.promise;
    arrived = Promise.withResolvers<void>();
    await writer.write(snapshot(3));
    await arrived.promise;
    stop();
    expect(seen).toEqual([2, 3]);
  });
});
