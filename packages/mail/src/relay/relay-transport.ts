import type { Log, RelayResult, RelayTransport } from '@holdfast/application';
import type { AddressProbe, AttemptOutcome } from '@holdfast/domain';
import { isIP } from 'node:net';
import { createSecureContext, rootCertificates } from 'node:tls';
import type { HostLookup } from '../dns/dns-lookup.ts';
import type { SmtpLogin } from './client-login.ts';
import type { TlsUse } from './client-machine.ts';
import { findHosts, groupByDomain, rememberAddresses } from './destinations.ts';
import { offer, targetOf, unwritable, type OfferParts } from './offer.ts';
import { network } from './outcome.ts';
import { createSessionPool } from './session-pool.ts';
import { openSession, type RelayTimeouts } from './smtp-session.ts';
import { probeAddress } from './smtp-probe.ts';
import { toWireAddress } from './wire-address.ts';

export interface RelayTransportOptions {
  /** Our public name, for EHLO. */
  readonly helo: string;
  /** Port of the tenant's hosts: 25, but for trials. */
  readonly primaryPort: number;
  /** Port of strangers' hosts: 25, but for trials. */
  readonly remotePort: number;
  /** `must`: the tenant's certificate is verified and nothing goes in clear. `may`: for trials without certificates. */
  readonly primaryTls: Exclude<TlsUse, 'never'>;
  /** PEM; certificates are checked against these besides the ones that Node comes with. */
  readonly ca?: string | null;
  /** PEM. Shown to a host that asks for one: the tenant's connector may know us by its name. */
  readonly certificate?: { readonly cert: string; readonly key: string } | null;
  /** Everything for outside goes here when given. */
  readonly smartHost: {
    readonly host: string;
    readonly port: number;
    readonly tls: Exclude<TlsUse, 'never'>;
    /** Needs `must`: the password goes only to a host whose certificate is right. */
    readonly login: SmtpLogin | null;
  } | null;
  readonly dns: HostLookup;
  /** Our own addresses that probes leave from, each; without two of them the system chooses. */
  readonly sources?: readonly string[];
  readonly timeouts?: Partial<RelayTimeouts>;
  readonly log: Log;
}

const MINUTE = 60_000;
/** Of our own addresses, so many are probed from: each opens a connection to each of the tenant's. */
const MOST_SOURCES = 4;

/** RFC 5321 §4.5.3.2, each step of it; a shorter wait for the final dot makes duplicates (RFC 1047). */
const DEFAULT_TIMEOUTS: RelayTimeouts = {
  connect: 1 * MINUTE,
  greeting: 5 * MINUTE,
  handshake: 1 * MINUTE,
  command: 5 * MINUTE,
  data: 2 * MINUTE,
  block: 3 * MINUTE,
  dot: 10 * MINUTE,
};

/** Our own SMTP client: the bytes go out as they came in. */
export function createRelayTransport(options: RelayTransportOptions): RelayTransport {
  const dns = rememberAddresses(options.dns);
  const pool = createSessionPool();
  const parts: OfferParts = {
    helo: options.helo,
    timeouts: { ...DEFAULT_TIMEOUTS, ...options.timeouts },
    trust: trustOf(options),
    dns,
    pool,
    log: options.log,
    brokenTls: new Map(),
  };
  const destinations = { ...options, dns };

  return {
    async send({ route, hosts, envelope, message }) {
      const single = route === 'primary' || options.smartHost !== null;
      const results = new Map<string, RelayResult>();
      for (const group of groupByDomain(single, envelope.recipients)) {
        const found = await findHosts(destinations, { route, hosts }, group.domain);
        const made =
          found.kind === 'hosts'
            ? await offer(parts, found, { ...envelope, recipients: group.recipients }, message)
            : group.recipients.map((recipient) => settled(recipient, found.outcome));
        for (const result of made) results.set(result.recipient, result);
      }
      const missing = network('dropped', 'The host did not answer for this recipient');
      return envelope.recipients.map(
        (recipient) => results.get(recipient) ?? settled(recipient, missing),
      );
    },
    probe: (input) => probe(parts, options, input),
    probeHosts: (input) => probeHosts(parts, options, input),
    close() {
      pool.closeAll();
      return Promise.resolve();
    },
  };
}

function trustOf({
  ca = null,
  certificate = null,
}: RelayTransportOptions): ReturnType<typeof createSecureContext> {
  return createSecureContext({
    ...certificate,
    ...(ca !== null && { ca: [...rootCertificates, ca] }),
  });
}

function settled(recipient: string, outcome: AttemptOutcome): RelayResult {
  return { recipient, outcome, host: null, tls: null };
}

type ProbeInput = Parameters<RelayTransport['probe']>[0];

/** Each host and address in turn until one answers, over a connection of its own, all within the caller's time. */
async function probe(
  parts: OfferParts,
  { primaryPort, primaryTls }: RelayTransportOptions,
  { hosts, from, recipient, timeout }: ProbeInput,
): Promise<AttemptOutcome> {
  const asked = toWireAddress(recipient);
  const sender = toWireAddress(from)?.ascii ?? null;
  if (asked === null || sender === null) return unwritable(asked === null ? recipient : from);
  const end = performance.now() + timeout;
  let outcome: AttemptOutcome = network('dns', 'No host to ask');
  for (const host of hosts) {
    const found = await parts.dns.addresses(host);
    if (!found.ok) {
      outcome = network('dns', found.detail);
      continue;
    }
    for (const at of found.value) {
      const left = Math.round(end - performance.now());
      if (left <= 0) return network('timeout', 'No answer in time');
      const target = targetOf(parts, host, at, {
        port: primaryPort,
        tls: primaryTls,
        login: null,
      });
      outcome = await askWithin({ ...target, timeouts: within(left) }, sender, asked, left);
      if (outcome.kind === 'reply') return outcome;
    }
  }
  return outcome;
}

async function probeHosts(
  parts: OfferParts,
  { primaryPort: port, primaryTls: tls, sources = [] }: RelayTransportOptions,
  { hosts, from, recipients, timeout }: Parameters<RelayTransport['probeHosts']>[0],
): Promise<readonly AddressProbe[]> {
  const asked = recipients.flatMap((recipient) => toWireAddress(recipient)?.ascii ?? []);
  const envelope = { from: toWireAddress(from)?.ascii ?? '', recipients: asked };
  const probes = hosts.map(async (host): Promise<readonly AddressProbe[]> => {
    const found = await parts.dns.addresses(host);
    if (!found.ok) {
      const outcome = network('dns', found.detail);
      const none = { address: null, source: null, recipients: [], latencies: {} };
      return [{ ...none, host, stage: 'dns', outcome }];
    }
    const { helo, trust } = parts;
    const targets = found.value.flatMap((address) =>
      sourcesFor(address, sources).map((source) => {
        return { host, address, source, port, helo, tls, trust, timeout };
      }),
    );
    return Promise.all(targets.map((target) => probeAddress(target, envelope)));
  });
  return (await Promise.all(probes)).flat();
}

/** Those of the same family. A single one is what the relay uses anyway, and the system knows best how to leave. */
function sourcesFor(address: string, sources: readonly string[]): readonly (string | null)[] {
  const family = sources.filter((source) => isIP(source) === isIP(address));
  return family.length < 2 ? [null] : family.slice(0, MOST_SOURCES);
}

async function askWithin(
  target: Parameters<typeof openSession>[0],
  from: string,
  { ascii, utf8 }: { readonly ascii: string | null; readonly utf8: string },
  timeout: number,
): Promise<AttemptOutcome> {
  const { promise: late, resolve } = Promise.withResolvers<AttemptOutcome>();
  const timer = setTimeout(() => resolve(network('timeout', 'No answer in time')), timeout);
  const opening = openSession(target);
  const asking = opening.then(async (opened) => {
    if (opened.kind === 'failed') return opened.outcome;
    const { session } = opened;
    if (ascii === null && !session.capabilities.smtpUtf8) return unwritable(utf8);
    const form = ascii ?? utf8;
    const request = { from, recipients: [form], bodyType: '7BIT', size: null } as const;
    const result = await session.send({ ...request, smtpUtf8: ascii === null }, null);
    return result.outcomes.get(form) ?? network('dropped', 'No answer to RCPT TO');
  });
  try {
    return await Promise.race([asking, late]);
  } finally {
    clearTimeout(timer);
    void opening.then((opened) => opened.kind === 'open' && opened.session.quit());
  }
}

function within(left: number): RelayTimeouts {
  return {
    connect: left,
    greeting: left,
    handshake: left,
    command: left,
    data: left,
    block: left,
    dot: left,
  };
}
