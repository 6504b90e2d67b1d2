import {
  createIngest,
  type Identifiers,
  type SpoolKeys,
  type SpoolRecordHead,
  type SpoolWriter,
} from '@holdfast/application';
import { createSpoolReader, createSpoolWriter } from '@holdfast/mail';
import { createIsolatedFormat } from '@holdfast/mail/format';
import { QUIET, withOwnDatabase } from '@holdfast/rig/throwaway-database';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';

const ORGANISATION = '01970000-0000-7000-8000-0000000000c0';
const RECIPIENT = 'megan@contoso.example';
const APPENDED_AT_ONCE = 200;
const SEGMENT_BYTES = 16 * 1024 * 1024;
const KEY = new Uint8Array(32);
const keys: SpoolKeys = { keyOf: () => KEY, refresh: () => Promise.resolve() };
const clock = { now: () => Date.now() };
const identifiers: Identifiers = {
  uuid: () => randomUUID(),
  derived: (id, name) => {
    const hex = createHash('sha256').update(`${id} ${name}`).digest('hex');
    return `${id.slice(0, 14)}7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
  },
  bytes: (count) => new Uint8Array(randomBytes(count)),
  fraction: () => Math.random(),
};

/** Appends each message to a spool, lets ingest read it into a database, and counts the deliveries that it has then. */
export async function recordEverything(messages: readonly Uint8Array[]): Promise<number> {
  return withOwnDatabase({ throwaway: true }, async ({ database, directory }) => {
    const format = createIsolatedFormat({ authservId: 'mx.holdfast.example' });
    const spool = join(directory, 'spool');
    const limits = { diskReserveBytes: 0, segmentBytes: SEGMENT_BYTES };
    const writer = createSpoolWriter({ directory: spool, keys, ...limits, clock, log: QUIET });
    try {
      await database.acrossOrganisations((system) => system.createOrganisation(organisation()));
      await append(writer, messages);
      const reader = createSpoolReader({ directory: spool, keys });
      const ingest = createIngest({ database, reader, format, identifiers, clock, log: QUIET });
      for (;;) {
        const { records } = await ingest.once();
        if (records === 0) break;
      }
      const counts = await database.acrossOrganisations(({ ledger }) =>
        ledger.counts(ORGANISATION),
      );
      return counts.inbound.queued;
    } finally {
      await writer.close();
      await format.close();
    }
  });
}

async function append(writer: SpoolWriter, messages: readonly Uint8Array[]): Promise<void> {
  for (let from = 0; from < messages.length; from += APPENDED_AT_ONCE) {
    await Promise.all(
      messages
        .slice(from, from + APPENDED_AT_ONCE)
        .map((body, index) => writer.append(head(from + index), body)),
    );
  }
}

function head(number: number): SpoolRecordHead {
  return {
    id: `01970000-0000-7000-8000-${String(number).padStart(12, '0')}`,
    acceptedAt: clock.now(),
    origin: 'inbound',
    class: 'copy',
    organisationId: ORGANISATION,
    envelope: {
      from: 'anyone@outside.example',
      recipients: [
        {
          address: RECIPIENT,
          organisationId: ORGANISATION,
          kind: 'user',
          protected: true,
          verdict: 'deliver',
          reason: 'clean',
        },
      ],
      bodyType: '8BITMIME',
      smtpUtf8: false,
      client: { ip: '192.0.2.1', helo: 'mail.outside.example', tls: null },
      authentication: null,
      senderAuthenticated: false,
    },
    traceHeaders: '',
    snapshotVersion: 1,
    notBefore: null,
    submission: null,
  };
}

function organisation() {
  return {
    id: ORGANISATION,
    name: 'Contoso',
    plan: { name: 'Continuity', continuity: true, seats: 100 },
    wrappedKey: 'none',
    installedAt: clock.now(),
    protectNewUsers: true,
    directorySyncedAt: null,
    syncGuardPercent: 10,
    listsCopiedAt: null,
    helpdesk: null,
    createdAt: clock.now(),
  };
}
