import type {
  Log,
  MessageFormat,
  RelayTransport,
  SenderPolicy,
  SpoolKeys,
  SpoolWriter,
} from '@holdfast/application';
import {
  createDnsLookup,
  createIsolatedFormat,
  createRelayTransport,
  createSenderPolicy,
  createSpoolWriter,
  type FormatLimits,
} from '@holdfast/mail';
import type { Configuration } from '../configuration/read-configuration.ts';
import { dataPaths } from './data-directory.ts';
import { createIdentifiers } from './identifiers.ts';

/** A resolver that does not answer within this is asked no longer. Unit: milliseconds. */
const DNS_TIMEOUT = 5000;

/** A new segment file is begun after this many bytes: retention unlinks whole segments. */
const SEGMENT_BYTES = 64 * 1024 * 1024;

/** This process's own spool instance; named after its role so that a listing explains itself. */
export function createProcessSpool(
  configuration: Configuration,
  role: string,
  keys: SpoolKeys,
  log: Log,
): SpoolWriter {
  return createSpoolWriter({
    directory: dataPaths(configuration.dataDirectory).spool,
    instanceName: `${role}-${createIdentifiers().uuid()}`,
    diskReserveBytes: configuration.diskReserveBytes,
    segmentBytes: SEGMENT_BYTES,
    keys,
    clock: { now: () => Date.now() },
    log,
  });
}

export function createProcessDns(configuration: Configuration): ReturnType<typeof createDnsLookup> {
  return createDnsLookup({ servers: configuration.dnsServers, timeoutMs: DNS_TIMEOUT });
}

export function createProcessSenderPolicy(configuration: Configuration): SenderPolicy {
  return createSenderPolicy({ servers: configuration.dnsServers, timeoutMs: DNS_TIMEOUT });
}

export function createProcessRelay(configuration: Configuration, log: Log): RelayTransport {
  const smartHost = smartHostOf(configuration);
  return createRelayTransport({
    helo: configuration.mxHostnames[0] ?? 'localhost',
    primaryPort: configuration.relayPort,
    remotePort: configuration.relayPort,
    primaryTls: 'may',
    smartHost: smartHost === null ? null : { ...smartHost, tls: 'may' },
    dns: createProcessDns(configuration),
    log,
  });
}

export function smartHostOf(
  configuration: Configuration,
): { readonly host: string; readonly port: number } | null {
  if (configuration.smartHost === null) return null;
  const [host, port] = configuration.smartHost.split(':');
  return { host: host ?? '', port: port === undefined ? 25 : Number(port) };
}

/** Reads and writes MIME; only our own `Authentication-Results` are believed. */
export function createProcessFormat(
  configuration: Configuration,
  limits: Partial<FormatLimits> = {},
): MessageFormat {
  return createIsolatedFormat({ authservId: configuration.mxHostnames[0] ?? 'localhost', limits });
}
