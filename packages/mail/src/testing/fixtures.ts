import type { Clock, Log, SpoolKeys, SpoolRecordHead } from '@holdfast/application';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
};

export const fixedClock: Clock = { now: () => Date.UTC(2026, 10, 23, 10, 0, 0) };

/** A key for every organisation whose name does not begin with `locked`. */
export const testKeys: SpoolKeys = createTestKeys();

function createTestKeys(): SpoolKeys {
  const known = new Map<string, Uint8Array>();
  return {
    keyOf(organisationId) {
      if (organisationId.startsWith('locked')) return null;
      const key = known.get(organisationId) ?? createHash('sha256').update(organisationId).digest();
      known.set(organisationId, key);
      return key;
    },
    refresh: () => Promise.resolve(),
  };
}

/** A directory of its own, gone at the end of the block: `await using place = await temporaryDirectory()`. */
export async function temporaryDirectory(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'holdfast-mail-'));
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

let made = 0;

export function recordHead(changes: Partial<SpoolRecordHead> = {}): SpoolRecordHead {
  made += 1;
  return {
    id: `01935a7e-0000-7000-8000-${String(made).padStart(12, '0')}`,
    acceptedAt: Date.UTC(2026, 10, 23),
    origin: 'inbound',
    class: 'copy',
    organisationId: 'organisation-1',
    envelope: {
      from: 'alex@outside.example',
      recipients: [
        {
          address: 'megan@contoso.example',
          organisationId: 'organisation-1',
          kind: 'user',
          protected: true,
          verdict: 'deliver',
          reason: 'clean',
        },
      ],
      bodyType: '7BIT',
      smtpUtf8: false,
      client: { ip: '192.0.2.1', helo: 'mx.outside.example', tls: null },
      authentication: null,
      senderAuthenticated: false,
    },
    traceHeaders: 'Received: from test\r\n',
    snapshotVersion: 1,
    notBefore: null,
    submission: null,
    ...changes,
  };
}

/** Resolves once `condition` holds; looks again whenever the event loop has turned. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    const { promise, resolve } = Promise.withResolvers<void>();
    setImmediate(resolve);
    await promise;
  }
}
