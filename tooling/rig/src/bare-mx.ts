/**
 * `bare-mx.ts <data directory> <port>`: mx as a process that checks recipients and nothing else, for the line of a
 * benchmark that compares like with like. The product has no such setting; its parts are put together here as in its own
 * role, with an authenticator that asks nobody and a key that lives as long as the process.
 */
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  createReceptionPolicy,
  type CheckedSender,
  type Identifiers,
  type Log,
  type SenderAuthenticator,
} from '@holdfast/application';
import { indexSnapshot } from '@holdfast/domain';
import { createSmtpReception, createSnapshotStore, createSpoolWriter } from '@holdfast/mail';

const [directory = '', port = ''] = process.argv.slice(2);
const HOSTNAME = 'mx1.holdfast.example';
const MEGABYTE = 1024 * 1024;
/** As the product has it. */
const SEGMENT_BYTES = 64 * MEGABYTE;
/** No limit but the machine's. */
const MANY = 1_000_000;

const log: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (message, fields) => console.error(message, fields),
  error: (message, fields) => console.error(message, fields),
  child: () => log,
};

const unasked: CheckedSender = {
  authentication: null,
  resultsHeader: `${HOSTNAME}; none`,
  headerFrom: null,
};

const authenticator: SenderAuthenticator = {
  begin: () => ({
    take: () => undefined,
    finish: () => Promise.resolve(unasked),
    abandon: () => undefined,
  }),
};

const identifiers: Identifiers = {
  uuid: () => uuidOf(randomBytes(16)),
  derived: (id, name) => uuidOf(createHash('sha256').update(`${id} ${name}`).digest()),
  bytes: (count) => randomBytes(count),
  fraction: () => Math.random(),
};

await start();

async function start(): Promise<void> {
  const snapshot = await createSnapshotStore({ directory: join(directory, 'snapshot') }).read();
  if (snapshot === null) throw new Error(`There is no snapshot in ${directory}.`);
  const index = indexSnapshot(snapshot);
  const key = randomBytes(32);
  const clock = { now: () => Date.now() };
  const spool = createSpoolWriter({
    directory: join(directory, 'spool'),
    diskReserveBytes: 0,
    segmentBytes: SEGMENT_BYTES,
    keys: { keyOf: () => key, refresh: () => Promise.resolve() },
    clock,
    log,
  });
  const policy = createReceptionPolicy({
    index: () => index,
    hostname: HOSTNAME,
    spool,
    authenticator,
    filters: [],
    relay: { probe: () => Promise.reject(new Error('Nobody is asked.')) },
    callOuts: { until: () => null, remember: () => undefined },
    clock,
    identifiers,
    log,
  });
  const reception = createSmtpReception({
    port: Number(port),
    bind: '127.0.0.1',
    hostnames: [HOSTNAME],
    tls: null,
    policy,
    log,
    limits: {
      maxMessageBytes: 50 * MEGABYTE,
      maxLineBytes: MEGABYTE,
      maxRecipients: 200,
      maxConnections: MANY,
      maxConnectionsPerClient: MANY,
      maxConnectionsPerNetwork: MANY,
      connectionsPerMinute: MANY,
      messagesPerMinute: MANY,
      recipientsPerMinute: MANY,
      unknownRecipientsPerMinute: MANY,
      unlimited: [],
    },
    greetingDelay: 0,
  });
  await reception.start();
  process.once('SIGTERM', () => void reception.stop().then(() => process.exit(0)));
  process.once('disconnect', () => process.exit(0));
  process.send?.({ type: 'ready' });
}

/** Version 7 (RFC 9562 §5.7): the spool takes the time from it. */
function uuidOf(bytes: Buffer): string {
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex', 0, 16).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}
