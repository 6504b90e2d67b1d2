import {
  createIngest,
  WHOLE_QUEUE,
  type Database,
  type DeliveryRecord,
  type EnvelopeRecipient,
  type Ingest,
  type IngestPorts,
  type MailboxListItem,
  type SpoolKeys,
  type SpoolReader,
  type SpoolRecordHead,
  type SpoolWriter,
  type TenantDomainWithRoute,
} from '@holdfast/application';
import { fillDirectory } from '@holdfast/database/testing/fill-directory';
import { createSpoolReader, createSpoolWriter } from '@holdfast/mail';
import { createMessageFormat } from '@holdfast/mail/format';
import {
  anOrganisation,
  aTenantObject,
  createFakeLog,
  createHandTurnedClock,
  type HandTurnedClock,
} from '@holdfast/testkit';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createIdentifiers } from '../../composition/identifiers.ts';
import { openTestDatabase } from './open-test-database.ts';

export const CONTOSO = '01970000-0000-7000-8000-0000000000c0';
export const MEGAN = 'megan@contoso.example';

/** A spool on the disk and Contoso in a database: Megan and Alex are protected, Lee is not; team holds Megan, all holds everyone. */
export interface SpoolWorld {
  readonly clock: HandTurnedClock;
  readonly directory: string;
  /** Whichever database answers at the moment. */
  readonly database: Database;
  readonly reader: SpoolReader;
  ingest(change?: Partial<IngestPorts>): Ingest;
  writer(instanceName: string): SpoolWriter;
  append(writer: SpoolWriter, recipients: readonly string[], subject?: string): Promise<void>;
  /** Open ones, oldest first. */
  deliveries(): Promise<readonly DeliveryRecord[]>;
  inbox(name: string): Promise<readonly MailboxListItem[]>;
  userId(name: string): Promise<string>;
  /** A database with the same organisation and none of the mail takes the place of the present one. */
  setDatabaseBack(): Promise<void>;
  close(): Promise<void>;
}

const keys: SpoolKeys = { keyOf: () => new Uint8Array(32), refresh: async () => undefined };
const format = createMessageFormat({ authservId: 'mx.holdfast.example' });
const log = createFakeLog();

export async function createSpoolWorld(): Promise<SpoolWorld> {
  const clock = createHandTurnedClock();
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-ingest-'));
  const opened = [await openTestDatabase()];
  const writers: SpoolWriter[] = [];
  let current = opened[0]?.database;
  const answering = (): Database => {
    if (current === undefined) throw new Error('no database');
    return current;
  };
  const database: Database = {
    withinOrganisation: (id, work) => answering().withinOrganisation(id, work),
    acrossOrganisations: (work, options) => answering().acrossOrganisations(work, options),
    listen: (heard) => answering().listen(heard),
    ping: () => answering().ping(),
  };
  const reader = createSpoolReader({ directory, keys });
  await prepare(database, clock);
  let made = 0;

  async function userId(name: string): Promise<string> {
    const user = await database.withinOrganisation(CONTOSO, ({ directory: people }) =>
      people.findByAddress(`${name}@contoso.example`),
    );
    return user?.id ?? '';
  }

  return {
    clock,
    directory,
    database,
    reader,
    userId,
    ingest: (change = {}) =>
      createIngest({
        database,
        reader,
        format,
        identifiers: createIdentifiers(),
        clock,
        log,
        ...change,
      }),
    writer(instanceName) {
      const limits = { diskReserveBytes: 0, segmentBytes: 1_000_000 };
      const writer = createSpoolWriter({ directory, keys, instanceName, ...limits, clock, log });
      writers.push(writer);
      return writer;
    },
    async append(writer, recipients, subject = 'Hello') {
      made += 1;
      clock.advance(1);
      const body = `Message-ID: <${made}@fabrikam.example>\r\nSubject: ${subject}\r\n\r\nText\r\n`;
      await writer.append(head(made, clock.now(), recipients), Buffer.from(body));
    },
    deliveries: () =>
      database.withinOrganisation(CONTOSO, async ({ queue }) => {
        const order = { sort: 'accepted', descending: false, limit: 1000 } as const;
        const { rows } = await queue.page({ ...WHOLE_QUEUE, ...order, after: null, before: null });
        return rows.map(({ delivery }) => delivery);
      }),
    inbox: async (name) => {
      const user = await userId(name);
      return database.withinOrganisation(CONTOSO, ({ mailbox }) =>
        mailbox.page(user, 'inbox', 0, 1000, null),
      );
    },
    async setDatabaseBack() {
      const restored = await openTestDatabase();
      opened.push(restored);
      current = restored.database;
      await prepare(database, clock);
    },
    async close() {
      for (const writer of writers) await writer.close();
      for (const { close } of opened) await close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const CONTOSO_DOMAIN: TenantDomainWithRoute = {
  name: 'contoso.example',
  isInitial: false,
  isVerified: true,
  carriesMail: true,
  mx: [{ exchange: 'contoso-example.mail.protection.example', preference: 0 }],
  mailType: 'authoritative',
};

async function prepare(fresh: Database, clock: HandTurnedClock): Promise<void> {
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
  const filled = {
    objects: [person('megan'), person('alex'), person('lee'), team('team'), team('all')],
    memberships: [
      { groupExternalId: 'external-team@contoso.example', memberAddresses: [MEGAN] },
      {
        groupExternalId: 'external-all@contoso.example',
        memberAddresses: ['team@contoso.example', 'alex@contoso.example', 'lee@contoso.example'],
      },
    ],
  };
  await fresh.withinOrganisation(CONTOSO, async ({ directory: people, intake, domains }) => {
    await domains.replace([CONTOSO_DOMAIN]);
    await fillDirectory({ intake }, filled, clock.now());
    for (const name of ['megan', 'alex']) {
      const found = await people.findByAddress(`${name}@contoso.example`);
      await people.setProtection([found?.id ?? ''], true, clock.now());
    }
  });
}

function head(number: number, acceptedAt: number, recipients: readonly string[]): SpoolRecordHead {
  return {
    id: `01970000-0000-7000-8000-${String(number).padStart(12, '0')}`,
    acceptedAt,
    origin: 'inbound',
    class: 'copy',
    organisationId: CONTOSO,
    envelope: {
      from: 'mona@fabrikam.example',
      recipients: recipients.map((address): EnvelopeRecipient => ({
        address,
        organisationId: CONTOSO,
        kind: 'user',
        protected: true,
        verdict: 'deliver',
        reason: 'clean',
      })),
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
  };
}
