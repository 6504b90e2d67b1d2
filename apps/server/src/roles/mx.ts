import {
  createReceptionPolicy,
  type Answer,
  type KeyHolder,
  type Log,
  type ReceptionPolicy,
} from '@holdfast/application';
import {
  indexSnapshot,
  parseIpRange,
  type IpRange,
  type MxSnapshot,
  type RecipientIndex,
} from '@holdfast/domain';
import {
  createCertificateSource,
  createSenderAuthenticator,
  createSmtpReception,
  createSnapshotStore,
  type ReceptionLimits,
} from '@holdfast/mail';
import type { Configuration } from '../configuration/read-configuration.ts';
import { createCallOutMemory } from '../composition/call-out-memory.ts';
import { createContentFilters, watchOutage } from '../composition/content-filters.ts';
import { dataPaths } from '../composition/data-directory.ts';
import { createIdentifiers } from '../composition/identifiers.ts';
import { createProcessRelay, createProcessSpool } from '../composition/mail-adapters.ts';
import { connections, received, refused, snapshotVersion } from '../composition/metrics.ts';
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
  const certificates = createCertificateSource(mxCertificate(configuration, paths), log);
  const authenticator = createSenderAuthenticator({
    resolver: { servers: configuration.dnsServers },
    authservId: hostname,
    budgetMs: configuration.filterBudget * 1000,
    onOutage: watchOutage('resolvers', log),
    log,
  });
  const reception = createSmtpReception({
    port: configuration.mxPort,
    bind: configuration.mxBind ?? '0.0.0.0',
    hostnames: configuration.mxHostnames,
    tls: certificates,
    policy: countReplies(
      createReceptionPolicy({
        index: () => index,
        hostname,
        spool,
        authenticator,
        filters: createContentFilters(configuration, hostname, log),
        relay,
        callOuts: createCallOutMemory(paths.callOuts, log),
        clock,
        identifiers: createIdentifiers(),
        log,
      }),
    ),
    log,
    limits: receptionLimits(configuration),
    proxies: rangesOf(configuration.proxyClients),
    xclients: rangesOf(configuration.xclientClients),
    refused: (reason) => refused.inc({ reason }),
    connected: (open) => connections.set(open),
  });
  // What a renewal hook says; a terminal that closes ends the supervisor, not this process.
  const reload = (): void => certificates.reload();
  process.on('SIGHUP', reload);
  const { port } = await reception.start();
  return {
    facts: { instance: spool.instance, port },
    async stop() {
      await reception.stop();
      process.off('SIGHUP', reload);
      certificates.close();
      unwatch();
      await spool.close();
      await relay.close();
      await authenticator.close();
    },
  };
}

/** The keys that bodies are sealed under; as sealed in the snapshot as they are in the database. */
function keyHolders({ organisationKeys }: MxSnapshot): readonly KeyHolder[] {
  return Object.entries(organisationKeys).map(([id, wrappedKey]) => ({ id, wrappedKey }));
}

function receptionLimits(configuration: Configuration): ReceptionLimits {
  return {
    maxMessageBytes: configuration.maxMessageBytes,
    maxLineBytes: configuration.maxLineBytes,
    maxRecipients: configuration.maxRecipients,
    maxConnections: configuration.maxConnections,
    maxConnectionsPerClient: configuration.maxConnectionsPerClient,
    maxConnectionsPerNetwork: configuration.maxConnectionsPerNetwork,
    connectionsPerMinute: configuration.connectionsPerMinute,
    messagesPerMinute: configuration.messagesPerMinute,
    recipientsPerMinute: configuration.recipientsPerMinute,
    unknownRecipientsPerMinute: configuration.unknownRecipientsPerMinute,
    unlimited: rangesOf(configuration.unlimitedClients),
    socketTimeout: SOCKET_TIMEOUT,
    closeTimeout: CLOSE_TIMEOUT,
  };
}

function rangesOf(texts: readonly string[]): readonly IpRange[] {
  return texts.map(parseIpRange).filter((range) => range !== null);
}

/** Counts what strangers were told. */
function countReplies(policy: ReceptionPolicy): ReceptionPolicy {
  return {
    mailFrom: (session, announced) => policy.mailFrom(session, announced),
    recipient: (session, announced, address) =>
      after(policy.recipient(session, announced, address), (answer) => {
        received.inc({ stage: 'rcpt', code: answer.accept ? 250 : answer.reply.code });
      }),
    message: (message) =>
      after(policy.message(message), ({ code }) => received.inc({ stage: 'data', code })),
  };
}

/** Looks at an answer without making a promise of one that is there already. */
function after<T>(answer: Answer<T>, look: (value: T) => void): Answer<T> {
  if (answer instanceof Promise) {
    return answer.then((value) => {
      look(value);
      return value;
    });
  }
  look(answer);
  return answer;
}
