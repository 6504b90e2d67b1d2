import { mkdtemp, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log, SpoolKeys, SpoolRecordHead, StoreReference } from '@holdfast/application';
import {
  createLocalMessageStore,
  createSpoolReader,
  createSpoolWriter,
  type SpoolFileSystem,
} from '@holdfast/mail';

const nothing = (): void => undefined;
const silent: Log = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  child: () => silent,
};

const KEY = new Uint8Array(32).fill(7);
const keys: SpoolKeys = { keyOf: () => KEY, refresh: () => Promise.resolve() };
const ORGANISATION = randomUUID();

/** A directory of its own, gone at the end. */
export async function emptySpool(): Promise<AsyncDisposable & { readonly directory: string }> {
  const root = await mkdtemp(join(tmpdir(), 'holdfast-proof-'));
  return {
    directory: join(root, 'spool'),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

export function writerIn(directory: string, fileSystem?: SpoolFileSystem) {
  return createSpoolWriter({
    directory,
    diskReserveBytes: 0,
    diskReserveInodes: 0,
    segmentBytes: 4 * 1024 * 1024,
    inlineBodyLimit: 8000,
    keys,
    clock: { now: () => Date.now() },
    log: silent,
    ...(fileSystem !== undefined && { fileSystem }),
  });
}

export function headOf(id: string): SpoolRecordHead {
  return {
    id,
    acceptedAt: Date.now(),
    origin: 'inbound',
    class: 'copy',
    organisationId: ORGANISATION,
    envelope: {
      from: 'orders@fabrikam.example',
      recipients: [
        {
          address: 'adele.vance@contoso.example',
          organisationId: ORGANISATION,
          kind: 'user',
          protected: true,
          verdict: 'deliver',
          reason: 'clean',
        },
      ],
      bodyType: '7BIT',
      smtpUtf8: false,
      client: { ip: '192.0.2.7', helo: 'mail.fabrikam.example', tls: null },
      authentication: null,
      senderAuthenticated: false,
    },
    traceHeaders: '',
    snapshotVersion: 1,
    notBefore: null,
    submission: null,
  };
}

/** Each body says whose it is, so that bytes of another message are never taken for it. */
export function bodyOf(id: string, bytes: number): Buffer {
  return Buffer.alloc(bytes, `${id} a line of an ordinary message\r\n`);
}

export interface ReadSpool {
  /** Where the records lie, by id. */
  readonly records: ReadonlyMap<string, StoreReference>;
  readonly alarms: number;
  /** Whether the message is there, byte for byte. */
  isWhole(id: string, bytes: number): Promise<boolean>;
}

/** Everything that a reader finds, as ingest does. */
export async function readSpool(directory: string): Promise<ReadSpool> {
  const reader = createSpoolReader({ directory, keys });
  const store = createLocalMessageStore({ directory, keys });
  const records = new Map<string, StoreReference>();
  let alarms = 0;
  for (const { instance, segment } of await reader.segments()) {
    let from = { instance, segment, offset: 0 };
    for (;;) {
      const batch = await reader.read(from, { records: 500, bytes: 32 * 1024 * 1024 });
      for (const { id, reference } of batch.records) records.set(id, reference);
      alarms += batch.alarms.length;
      if (batch.next.offset === from.offset) break;
      from = batch.next;
    }
  }
  return {
    records,
    alarms,
    async isWhole(id, bytes) {
      const reference = records.get(id);
      if (reference === undefined) return false;
      try {
        return bodyOf(id, bytes).equals(await store.read(reference, bytes + 1000));
      } catch {
        return false;
      }
    },
  };
}
