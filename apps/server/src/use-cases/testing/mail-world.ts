import {
  createIngest,
  createRelay,
  DEFAULT_RELAY_OPTIONS,
  type RelayResult,
  type RelayTransport,
  type UserActor,
} from '@holdfast/application';
import { createMessageFormat } from '@holdfast/mail/format';
import { idOf, installEveryone } from './set-up.ts';
import { createMemorySpool, type MemorySpool } from './memory-spool.ts';
import { createWorld, type OrganisationHandle, type World } from './world.ts';

/** One message handed to a host: to the tenant's, or to the outside. */
interface Handed {
  readonly route: 'primary' | 'remote';
  readonly hosts: readonly string[];
  readonly recipients: readonly string[];
  readonly from: string;
  readonly message: Buffer;
}

export interface MailWorld extends World {
  readonly contoso: OrganisationHandle;
  readonly kept: MemorySpool['kept'];
  /** In the order in which it left. */
  readonly handed: Handed[];
  /** Recipients that hosts refuse for good. */
  readonly refused: Set<string>;
  user(local: string): Promise<UserActor>;
  ingest(): Promise<void>;
  /** Everything that is due leaves, and what that causes is taken in. */
  relay(): Promise<void>;
}

/** An installed organisation with mail that really flows, from the spool through the queue to recorded hosts. */
export async function createMailWorld(
  settings: Parameters<typeof createWorld>[1] = {},
  change: Parameters<typeof createWorld>[0] = {},
): Promise<MailWorld> {
  const memory = createMemorySpool();
  const { kept, spool, reader, store } = memory;
  const format = createMessageFormat({ authservId: 'mx1.holdfast.example' });
  const mail = { spool, copySpool: spool, reader, store, format };
  const world = await createWorld({ ...mail, ...change }, settings);
  const contoso = await world.organisation('Contoso');
  await installEveryone(world, contoso);
  const handed: Handed[] = [];
  const refused = new Set<string>();
  const { database, clock, identifiers, log } = world.ports;
  const ingesting = createIngest({ database, reader, format, identifiers, clock, log });
  const relaying = createRelay(
    {
      database,
      store,
      spool,
      format,
      clock,
      identifiers,
      log,
      transport: recordedTransport(handed, refused),
      hostname: 'mx1.holdfast.example',
      pause: () => Promise.resolve(),
    },
    { ...DEFAULT_RELAY_OPTIONS, owner: 'relay@test', onRoom: () => undefined },
  );
  const ingest = async (): Promise<void> => {
    while ((await ingesting.once()).records > 0);
  };
  return {
    ...world,
    contoso,
    kept,
    handed,
    refused,
    ingest,
    async user(local) {
      const userId = await idOf(contoso, local);
      return {
        kind: 'user',
        organisationId: contoso.id,
        userId,
        sessionId: 'session',
        ip: '192.0.2.9',
      };
    },
    async relay() {
      await ingest();
      while ((await relaying.step()) > 0) await relaying.idle();
      await ingest();
    },
  };
}

function recordedTransport(handed: Handed[], refused: ReadonlySet<string>): RelayTransport {
  return {
    async send({ route, hosts, envelope, message }) {
      const pieces: Uint8Array[] = [];
      for await (const piece of message.stream()) pieces.push(piece);
      const taken = envelope.recipients.filter((recipient) => !refused.has(recipient));
      if (taken.length > 0) {
        const { from } = envelope;
        handed.push({ route, hosts, recipients: taken, from, message: Buffer.concat(pieces) });
      }
      return envelope.recipients.map((recipient): RelayResult => {
        const no = refused.has(recipient);
        const text = no ? '5.1.1 No such mailbox here' : '2.0.0 Taken';
        return {
          recipient,
          host: 'mail.example',
          tls: null,
          outcome: { kind: 'reply', code: no ? 550 : 250, text },
        };
      });
    },
    probeHosts: () => Promise.resolve([]),
    probe: async () => ({ kind: 'reply', code: 250, text: 'yes' }),
    close: async () => undefined,
  };
}
