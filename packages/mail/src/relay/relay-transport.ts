import type { Log, RelayEnvelope, RelayResult, RelayTransport } from '@holdfast/application';
import { type AttemptOutcome, domainOf } from '@holdfast/domain';
import { domainToASCII } from 'node:url';
import type { HostLookup } from '../dns/dns-lookup.ts';
import { failureOutcome, network } from './outcome.ts';
import { createSessionPool, type SessionPool } from './session-pool.ts';
import {
  probeRecipient,
  type RelayTimeouts,
  type SessionTarget,
  type SmtpSession,
} from './smtp-session.ts';

export interface RelayTransportOptions {
  /** Our public name, for EHLO. */
  readonly helo: string;
  /** Port of the tenant's hosts: 25, but for trials. */
  readonly primaryPort: number;
  /** Port of strangers' hosts: 25, but for trials. */
  readonly remotePort: number;
  /** Everything for outside goes here when given. */
  readonly smartHost: { readonly host: string; readonly port: number } | null;
  readonly dns: HostLookup;
  readonly timeouts?: Partial<RelayTimeouts>;
  readonly log: Log;
}

type Message = Parameters<RelayTransport['send']>[0]['message'];

interface Attempt {
  readonly host: string | null;
  readonly outcomes: ReadonlyMap<string, AttemptOutcome>;
}

type Hosts =
  | { readonly kind: 'hosts'; readonly names: readonly string[]; readonly port: number }
  | { readonly kind: 'settled'; readonly outcome: AttemptOutcome };

const DEFAULT_TIMEOUTS: RelayTimeouts = { connect: 60_000, silence: 600_000 };

/** nodemailer's connection, without its message building: the bytes go out as they came in. */
export function createRelayTransport(options: RelayTransportOptions): RelayTransport {
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const pool = createSessionPool();
  const base = { helo: options.helo, timeouts, dns: options.dns, pool, log: options.log };

  async function hostsFor(
    route: 'primary' | 'remote',
    hosts: readonly string[],
    domain: string,
  ): Promise<Hosts> {
    if (route === 'primary') return { kind: 'hosts', names: hosts, port: options.primaryPort };
    if (options.smartHost !== null) {
      return { kind: 'hosts', names: [options.smartHost.host], port: options.smartHost.port };
    }
    return exchangersOf(options.dns, domain, options.remotePort);
  }

  return {
    async send({ route, hosts, envelope, message }) {
      const results = new Map<string, RelayResult>();
      for (const group of groupByDomain(route, options.smartHost !== null, envelope)) {
        const found = await hostsFor(route, hosts, group.domain);
        const part = { ...envelope, recipients: group.recipients };
        const attempt =
          found.kind === 'hosts'
            ? await offer(base, found, part, message)
            : { host: null, outcomes: sameFor(group.recipients, found.outcome) };
        for (const recipient of group.recipients) {
          const missing = network('dropped', 'The host did not answer for this recipient');
          const outcome = attempt.outcomes.get(recipient) ?? missing;
          results.set(recipient, { recipient, outcome, host: attempt.host });
        }
      }
      return envelope.recipients
        .map((recipient) => results.get(recipient))
        .filter((result) => result !== undefined);
    },

    async probe({ hosts, from, recipient, timeout }) {
      const address = toWire(recipient);
      const sender = toWire(from);
      if (address === null || sender === null) return unwritable(recipient);
      const end = performance.now() + timeout;
      let outcome: AttemptOutcome = network('dns', 'No host to ask');
      for (const host of hosts) {
        const found = await options.dns.addresses(host);
        if (!found.ok) {
          outcome = network('dns', found.detail);
          continue;
        }
        for (const at of found.value) {
          const left = Math.round(end - performance.now());
          if (left <= 0) return network('timeout', 'No answer in time');
          const within = { connect: left, silence: left };
          const target = targetFor({ ...base, timeouts: within }, host, at, options.primaryPort);
          outcome = await probeRecipient(target, sender, address);
          if (outcome.kind === 'reply') return outcome;
        }
      }
      return outcome;
    },

    close() {
      pool.closeAll();
      return Promise.resolve();
    },
  };
}

interface Base {
  readonly helo: string;
  readonly timeouts: RelayTimeouts;
  readonly dns: HostLookup;
  readonly pool: SessionPool;
  readonly log: Log;
}

/** RFC 5321 §5.1, RFC 7505: MX in order; without one the domain's own address; a null MX wants no mail at all. */
async function exchangersOf(dns: HostLookup, domain: string, port: number): Promise<Hosts> {
  const answer = await dns.mx(domain);
  if (!answer.ok) {
    return answer.failure === 'absent'
      ? { kind: 'hosts', names: [domain], port }
      : { kind: 'settled', outcome: network('dns', answer.detail) };
  }
  const names = answer.value.records
    .map((record) => record.exchange.replace(/\.$/, ''))
    .filter((name) => name !== '');
  if (names.length > 0) return { kind: 'hosts', names, port };
  if (answer.value.records.length === 0) return { kind: 'hosts', names: [domain], port };
  const text = `5.1.10 ${domain} accepts no mail (null MX, RFC 7505)`;
  return { kind: 'settled', outcome: { kind: 'reply', code: 556, text } };
}

/** The first host that answers decides; hosts that cannot be reached or turn us away at the door are passed over. */
async function offer(
  base: Base,
  hosts: Extract<Hosts, { kind: 'hosts' }>,
  envelope: RelayEnvelope,
  message: Message,
): Promise<Attempt> {
  const wire = new Map<string, string>();
  for (const recipient of envelope.recipients) {
    const address = toWire(recipient);
    if (address !== null) wire.set(address, recipient);
  }
  const from = toWire(envelope.from);
  let last: Attempt = { host: null, outcomes: new Map() };
  if (from === null) return { host: null, outcomes: sameFor(envelope.recipients, unwritable('')) };
  if (wire.size > 0) {
    const sent = { ...envelope, from, recipients: [...wire.keys()] };
    last = await offerToHosts(base, hosts, sent, message);
  }
  const outcomes = new Map<string, AttemptOutcome>();
  for (const [address, outcome] of last.outcomes) {
    outcomes.set(wire.get(address) ?? address, outcome);
  }
  for (const recipient of envelope.recipients) {
    if (toWire(recipient) === null) outcomes.set(recipient, unwritable(recipient));
  }
  return { host: last.host, outcomes };
}

async function offerToHosts(
  base: Base,
  hosts: Extract<Hosts, { kind: 'hosts' }>,
  envelope: RelayEnvelope,
  message: Message,
): Promise<Attempt> {
  let failure: AttemptOutcome = network('dns', 'No host is known for this route');
  let failedHost: string | null = null;
  for (const host of hosts.names) {
    const found = await base.dns.addresses(host);
    if (!found.ok) {
      failure = network('dns', `${host}: ${found.detail}`);
      continue;
    }
    for (const address of found.value) {
      const target = targetFor(base, host, address, hosts.port);
      const reached = await sendReusing(base.pool, target, envelope, message);
      if (reached.kind === 'answered') return { host, outcomes: reached.outcomes };
      failure = reached.outcome;
      failedHost = host;
      base.log.debug('Host not reached', { host, address, outcome: failure.kind });
    }
  }
  // `host` names who answered: a host that turned us away with a reply did, an unreachable one did not.
  const host = failure.kind === 'reply' ? failedHost : null;
  return { host, outcomes: sameFor(envelope.recipients, failure) };
}

type Reached =
  | { readonly kind: 'answered'; readonly outcomes: ReadonlyMap<string, AttemptOutcome> }
  | { readonly kind: 'unreachable'; readonly outcome: AttemptOutcome };

async function sendReusing(
  pool: SessionPool,
  target: SessionTarget,
  envelope: RelayEnvelope,
  message: Message,
): Promise<Reached> {
  for (let kept = pool.take(target); kept !== null; kept = pool.take(target)) {
    const result = await kept.send(envelope, message);
    if (result.reusable) pool.give(kept);
    // The far end hung up on an idle session and has answered nothing: that says nothing about the message.
    if (!result.unanswered) return { kind: 'answered', outcomes: result.outcomes };
  }
  const opened = await openOrClear(pool, target);
  if (opened.kind === 'unreachable') return opened;
  const result = await opened.session.send(envelope, message);
  if (result.reusable) pool.give(opened.session);
  return { kind: 'answered', outcomes: result.outcomes };
}

/** Opportunistic: a host whose TLS does not work is spoken to in clear (RFC 7435), as it would be without STARTTLS. */
async function openOrClear(
  pool: SessionPool,
  target: SessionTarget,
): Promise<
  | { readonly kind: 'open'; readonly session: SmtpSession }
  | Extract<Reached, { kind: 'unreachable' }>
> {
  try {
    return { kind: 'open', session: await pool.open(target) };
  } catch (error) {
    const outcome = failureOutcome(error, 'connecting');
    const tlsFailed = outcome.kind === 'network' && outcome.failure === 'tls';
    if (tlsFailed && target.startTls) return openOrClear(pool, { ...target, startTls: false });
    return { kind: 'unreachable', outcome };
  }
}

function targetFor(
  base: Pick<Base, 'helo' | 'timeouts'>,
  host: string,
  address: string,
  port: number,
): SessionTarget {
  return { host, address, port, helo: base.helo, startTls: true, timeouts: base.timeouts };
}

/** One transaction per domain where the domain decides the host; else one for all. */
function groupByDomain(
  route: 'primary' | 'remote',
  smartHost: boolean,
  envelope: RelayEnvelope,
): readonly { readonly domain: string; readonly recipients: readonly string[] }[] {
  if (route === 'primary' || smartHost) return [{ domain: '', recipients: envelope.recipients }];
  const groups = Map.groupBy(envelope.recipients, (recipient) =>
    domainToASCII(domainOf(recipient)),
  );
  return [...groups].map(([domain, recipients]) => ({ domain, recipients }));
}

function sameFor(
  recipients: readonly string[],
  outcome: AttemptOutcome,
): ReadonlyMap<string, AttemptOutcome> {
  return new Map(recipients.map((recipient) => [recipient, outcome]));
}

/** ASCII form of an address, null when only SMTPUTF8 could carry it. Angle brackets and control characters never can. */
function toWire(address: string): string | null {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, Math.max(at, 0));
  if (address === '') return '';
  const domain = address.slice(at + 1);
  if (!/^[\x20-\x7e]*$/.test(local) || /[<>]/.test(address)) return null;
  if (/^[\x21-\x7e]+$/.test(domain)) return address;
  const ascii = domainToASCII(domain);
  return ascii === '' ? null : `${local}@${ascii}`;
}

function unwritable(address: string): AttemptOutcome {
  const text = `5.6.7 The address ${JSON.stringify(address)} needs SMTPUTF8, which is not carried`;
  return { kind: 'reply', code: 553, text };
}
