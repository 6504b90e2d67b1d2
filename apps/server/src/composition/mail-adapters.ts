import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type {
  FrontDoor,
  LiveDns,
  CopySpool,
  Log,
  OwnCertificates,
  PolicyHost,
  RelayTransport,
  SenderPolicy,
  SpoolKeys,
  SpoolWriter,
} from '@holdfast/application';
import {
  createCopySpool,
  createDnsLookup,
  createLiveDns,
  createOwnCertificates,
  createPolicyHost,
  createRelayTransport,
  createSenderPolicy,
  createSpoolWriter,
} from '@holdfast/mail';
import { ConfigurationError, type Configuration } from '../configuration/read-configuration.ts';
import { dataPaths } from './data-directory.ts';
import { createIdentifiers } from './identifiers.ts';
import { localSources } from './local-sources.ts';
import { mxCertificate } from './mx-certificate.ts';

/** A resolver that does not answer within this is asked no longer. Unit: milliseconds. */
const DNS_TIMEOUT = 5000;

/** For one live question to one resolver: somebody may be waiting for the page. Unit: milliseconds. */
const LIVE_DNS_TIMEOUT = 2000;

/** For the policy file of MTA-STS. Unit: milliseconds. */
const POLICY_TIMEOUT = 5000;

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

/** Reception goes on accepting long after copying has stopped for want of disk. */
const COPIES_KEEP_FREE = 4;

export function createProcessCopySpool(
  configuration: Configuration,
  keys: SpoolKeys,
  log: Log,
): CopySpool {
  return createCopySpool({
    directory: dataPaths(configuration.dataDirectory).spool,
    makeId: () => createIdentifiers().uuid(),
    diskReserveBytes: configuration.diskReserveBytes * COPIES_KEEP_FREE,
    segmentBytes: SEGMENT_BYTES,
    keys,
    clock: { now: () => Date.now() },
    log,
  });
}

export function createProcessDns(configuration: Configuration): ReturnType<typeof createDnsLookup> {
  return createDnsLookup({ servers: configuration.dnsServers, timeoutMs: DNS_TIMEOUT });
}

export function createProcessLiveDns(configuration: Configuration): LiveDns {
  return createLiveDns({ servers: configuration.dnsServers, timeoutMs: LIVE_DNS_TIMEOUT });
}

export function createProcessPolicyHost(configuration: Configuration, dns: LiveDns): PolicyHost {
  return createPolicyHost({
    base: configuration.mtaStsBase,
    dns,
    timeoutMs: POLICY_TIMEOUT,
  });
}

export function createProcessCertificates(configuration: Configuration): OwnCertificates {
  const { certificate } = mxCertificate(configuration, dataPaths(configuration.dataDirectory));
  return createOwnCertificates(certificate);
}

export function createProcessSenderPolicy(configuration: Configuration): SenderPolicy {
  return createSenderPolicy({ servers: configuration.dnsServers, timeoutMs: DNS_TIMEOUT });
}

export function createProcessRelay(configuration: Configuration, log: Log): RelayTransport {
  return createRelayTransport({
    helo: configuration.mxHostnames[0] ?? 'localhost',
    primaryPort: configuration.relayPort,
    remotePort: configuration.relayPort,
    primaryTls: configuration.relayTls === 'verified' ? 'must' : 'may',
    ca: readAuthorities(configuration.relayCa),
    certificate: shownCertificate(configuration),
    smartHost: smartHostOf(configuration),
    dns: createProcessDns(configuration),
    sources: localSources(configuration.relayAddresses),
    log,
  });
}

/** What the relay shows to Office 365, where its connector is to know us by a certificate; null: by addresses. */
function shownCertificate({
  relayCertificateName,
  tlsCertificate,
  tlsKey,
}: Configuration): { readonly cert: string; readonly key: string } | null {
  if (relayCertificateName === null || tlsCertificate === null || tlsKey === null) return null;
  return { cert: readFileSync(tlsCertificate, 'utf8'), key: readFileSync(tlsKey, 'utf8') };
}

/** The way in from outside: by public name and port, with a certificate that need not be anybody's (RFC 7435). */
export function createFrontDoor(configuration: Configuration, log: Log): FrontDoor & Closable {
  const transport = createRelayTransport({
    helo: configuration.mxHostnames[0] ?? 'localhost',
    primaryPort: configuration.mxPublicPort,
    remotePort: configuration.mxPublicPort,
    primaryTls: 'may',
    ca: null,
    smartHost: null,
    dns: createProcessDns(configuration),
    log,
  });
  return {
    deliver: async ({ from, recipient, message }) => {
      const [result] = await transport.send({
        route: 'primary',
        hosts: configuration.mxHostnames,
        envelope: { from, recipients: [recipient], bodyType: '8BITMIME', smtpUtf8: false },
        message: {
          size: message.byteLength,
          stream: async function* () {
            yield message;
          },
        },
      });
      if (result !== undefined) return result;
      const text = 'no answer';
      const outcome = { kind: 'network', failure: 'dropped', text } as const;
      return { recipient, outcome, host: null, tls: null };
    },
    close: () => transport.close(),
  };
}

interface Closable {
  close(): Promise<void>;
}

export interface SmartHost {
  readonly host: string;
  readonly port: number;
  readonly tls: 'may' | 'must';
  readonly login: { readonly user: string; readonly password: string } | null;
}

/** With a password the certificate must be right: it would go to whoever answers. */
export function smartHostOf(configuration: Configuration): SmartHost | null {
  if (configuration.smartHost === null) return null;
  const [host = '', port] = configuration.smartHost.split(':');
  const { smartHostUser: user, smartHostPassword: password } = configuration;
  if ((user === null) !== (password === null)) {
    throw new ConfigurationError([
      'HOLDFAST_SMART_HOST_USER and HOLDFAST_SMART_HOST_PASSWORD belong together: set both or neither.',
    ]);
  }
  const login = user === null || password === null ? null : { user, password };
  return {
    host,
    port: port === undefined ? 25 : Number(port),
    tls: smartHostTls(configuration.smartHostTls, host, login !== null),
    login,
  };
}

function smartHostTls(
  wanted: Configuration['smartHostTls'],
  host: string,
  hasPassword: boolean,
): SmartHost['tls'] {
  if (hasPassword) return 'must';
  switch (wanted) {
    case 'verified':
      return 'must';
    case 'opportunistic':
      return 'may';
    case 'automatic':
      return isIP(host) === 0 && host.includes('.') ? 'must' : 'may';
  }
}

function readAuthorities(file: string | null): string | null {
  if (file === null) return null;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigurationError([
      `HOLDFAST_RELAY_CA is “${file}”, which cannot be read: ${String(error)}`,
    ]);
  }
}
