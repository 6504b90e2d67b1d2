import { readFileSync } from 'node:fs';
import {
  createReceptionPolicy,
  type KeyHolder,
  type Log,
  type ReceptionPolicy,
} from '@holdfast/application';
import { indexSnapshot, type MxSnapshot, type RecipientIndex } from '@holdfast/domain';
import {
  createSenderAuthenticator,
  createSmtpReception,
  createSnapshotStore,
} from '@holdfast/mail';
import type { Configuration } from '../configuration/read-configuration.ts';
import { createCallOutMemory } from '../composition/call-out-memory.ts';
import { dataPaths } from '../composition/data-directory.ts';
import { createIdentifiers } from '../composition/identifiers.ts';
import { createProcessRelay, createProcessSpool } from '../composition/mail-adapters.ts';
import { received, snapshotVersion } from '../composition/metrics.ts';
import { mxCertificate } from '../composition/mx-certificate.ts';
import { createHeldSpoolKeys, requireSecrets } from '../composition/spool-keys.ts';
import type { RunningRole } from './role-process.ts';

/** A session at end of data may wait this long for its fsync when the role stops. Unit: milliseconds. */
const CLOSE_TIMEOUT = 30_000;
/** RFC 5321 §4.5.3.2.7: a server waits at least five minutes for a command. Unit: milliseconds. */
const SOCKET_TIMEOUT = 300_000;

/** Reception: needs the disk and nothing else (invariant 2). */
export async function startMx(configuration: Configuration, log: Log): Promise<RunningRole> {
  const paths = dataPaths(configuration.dataDirectory);
  const clock = { now: () => Date.now() };
  const snapshots = createSnapshotStore({ directory: paths.snapshot });
  const first = await snapshots.read();
  let index: RecipientIndex | null = first === null ? null : indexSnapshot(first);
  const keys = createHeldSpoolKeys(requireSecrets(configuration), log);
  if (first !== null) keys.hold(keyHolders(first));
  const unwatch = snapshots.watch((snapshot) => {
    keys.hold(keyHolders(snapshot));
    index = indexSnapshot(snapshot);
    snapshotVersion.set(snapshot.version);
    log.info('snapshot taken over', {
      version: snapshot.version,
      recipients: snapshot.recipients.length,
    });
  });
  const spool = createProcessSpool(configuration, 'mx', keys, log);
  const relay = createProcessRelay(configuration, log);
  const hostname = configuration.mxHostnames[0] ?? 'localhost';
  const files = mxCertificate(configuration, paths);
  const reception = createSmtpReception({
    port: configuration.mxPort,
    bind: configuration.mxBind ?? '0.0.0.0',
    hostnames: configuration.mxHostnames,
    tls: { cert: readFileSync(files.certificate, 'utf8'), key: readFileSync(files.key, 'utf8') },
    policy: countReplies(
      createReceptionPolicy({
        index: () => index,
        hostname,
        spool,
        authenticator: createSenderAuthenticator({
          resolver: { servers: configuration.dnsServers },
          authservId: hostname,
          budgetMs: configuration.filterBudget * 1000,
        }),
        relay,
        callOuts: createCallOutMemory(paths.callOuts, log),
        clock,
        identifiers: createIdentifiers(),
        log,
      }),
    ),
    log,
    limits: {
      maxMessageBytes: configuration.maxMessageBytes,
      maxRecipients: configuration.maxRecipients,
      maxConnections: configuration.maxConnections,
      maxConnectionsPerClient: configuration.maxConnectionsPerClient,
      socketTimeout: SOCKET_TIMEOUT,
      closeTimeout: CLOSE_TIMEOUT,
    },
    clock,
  });
  const { port } = await reception.start();
  return {
    facts: { instance: spool.instance, port },
    async stop() {
      await reception.stop();
      unwatch();
      await spool.close();
      await relay.close();
    },
  };
}

/** The keys that bodies are sealed under; as sealed in the snapshot as they are in the database. */
function keyHolders({ organisationKeys }: MxSnapshot): readonly KeyHolder[] {
  return Object.entries(organisationKeys).map(([id, wrappedKey]) => ({ id, wrappedKey }));
}

/** Counts what strangers were told. */
function countReplies(policy: ReceptionPolicy): ReceptionPolicy {
  return {
    mailFrom: (session, from) => policy.mailFrom(session, from),
    async recipient(session, from, address) {
      const answer = await policy.recipient(session, from, address);
      received.inc({ stage: 'rcpt', code: answer.accept ? 250 : answer.reply.code });
      return answer;
    },
    async message(message) {
      const reply = await policy.message(message);
      received.inc({ stage: 'data', code: reply.code });
      return reply;
    },
  };
}
