import type { Log, RelayEnvelope, RelayResult } from '@holdfast/application';
import { assessOutcome, type AttemptOutcome } from '@holdfast/domain';
import type { SecureContext } from 'node:tls';
import { CARRIED_EXTENSIONS } from '../carried-extensions.ts';
import type { HostLookup } from '../dns/dns-lookup.ts';
import type { TransactionResult } from './client-transaction.ts';
import type { Hosts } from './destinations.ts';
import { network } from './outcome.ts';
import type { SessionPool } from './session-pool.ts';
import type {
  MessageSource,
  Opened,
  RelayTimeouts,
  SessionTarget,
  SmtpSession,
} from './smtp-session.ts';
import { toWireAddress, type WireAddress } from './wire-address.ts';

export interface OfferParts {
  readonly helo: string;
  readonly timeouts: RelayTimeouts;
  readonly trust: SecureContext;
  readonly dns: HostLookup;
  readonly pool: SessionPool;
  readonly log: Log;
  /** Outside hosts whose STARTTLS does not work, and until when that is believed. */
  readonly brokenTls: Map<string, number>;
}

export type OfferedMessage = MessageSource & { readonly size: number };

/** Office 365 takes 200 recipients of one domain, RFC 5321 §4.5.3.1.8 asks every host for 100 at least. */
const RECIPIENTS_PER_TRANSACTION = 200;
/** Milliseconds for which a stranger's host is spoken to in clear after its TLS failed. */
const BROKEN_TLS_REMEMBERED = 3_600_000;
const BROKEN_TLS_HOSTS = 10_000;

type Reachable = Extract<Hosts, { kind: 'hosts' }>;

/** One result for each recipient of the envelope, in no order. */
export async function offer(
  parts: OfferParts,
  hosts: Reachable,
  envelope: RelayEnvelope,
  message: OfferedMessage,
): Promise<readonly RelayResult[]> {
  const results: RelayResult[] = [];
  const sendable: string[] = [];
  const wire = new Map<string, WireAddress>();
  for (const address of [envelope.from, ...envelope.recipients]) {
    const form = toWireAddress(address);
    if (form !== null) wire.set(address, form);
  }
  for (const recipient of envelope.recipients) {
    const bad = wire.has(recipient) ? (wire.has(envelope.from) ? null : envelope.from) : recipient;
    if (bad === null) sendable.push(recipient);
    else results.push({ recipient, outcome: unwritable(bad), host: null, tls: null });
  }
  for (let from = 0; from < sendable.length; from += RECIPIENTS_PER_TRANSACTION) {
    const recipients = sendable.slice(from, from + RECIPIENTS_PER_TRANSACTION);
    results.push(...(await offerToHosts(parts, hosts, { ...envelope, recipients }, wire, message)));
  }
  return results;
}

/** The first host that answers decides; hosts that cannot be reached or turn us away at the door are passed over. */
async function offerToHosts(
  parts: OfferParts,
  hosts: Reachable,
  envelope: RelayEnvelope,
  wire: ReadonlyMap<string, WireAddress>,
  message: OfferedMessage,
): Promise<readonly RelayResult[]> {
  let failure: AttemptOutcome = network('dns', 'No host is known for this route');
  let failedHost: string | null = null;
  for (const host of hosts.names) {
    const found = await parts.dns.addresses(host);
    if (!found.ok) {
      failure = network('dns', `${host}: ${found.detail}`);
      continue;
    }
    for (const address of found.value) {
      const target = targetOf(parts, host, address, hosts);
      const sent = await sendTo(parts, target, envelope, wire, message);
      if (sent.kind === 'answered') return sent.results;
      failure = sent.outcome;
      failedHost = host;
      parts.log.debug('Host not reached', { host, address, outcome: failure.kind });
    }
  }
  // `host` names who answered: a host that turned us away with a reply did, an unreachable one did not.
  const host = failure.kind === 'reply' ? failedHost : null;
  return envelope.recipients.map((recipient) => ({ recipient, outcome: failure, host, tls: null }));
}

type Sent =
  | { readonly kind: 'answered'; readonly results: readonly RelayResult[] }
  | { readonly kind: 'unreachable'; readonly outcome: AttemptOutcome };

/** All recipients to one address of one host; those that were too many for one transaction in another one at once. */
async function sendTo(
  parts: OfferParts,
  target: SessionTarget,
  envelope: RelayEnvelope,
  wire: ReadonlyMap<string, WireAddress>,
  message: OfferedMessage,
): Promise<Sent> {
  const results: RelayResult[] = [];
  let left = envelope.recipients;
  for (;;) {
    const made = await transact(parts, target, { ...envelope, recipients: left }, wire, message);
    if (made.kind === 'unreachable') {
      if (results.length === 0) return made;
      const { outcome } = made;
      results.push(...left.map((recipient) => ({ recipient, outcome, host: null, tls: null })));
      return { kind: 'answered', results };
    }
    const tooMany = made.results.filter(
      ({ outcome }) => assessOutcome(outcome).class === 'too-many-recipients',
    );
    const settled = made.results.filter((result) => !tooMany.includes(result));
    results.push(...settled);
    // Every round settles somebody, else the host would be asked for ever.
    if (tooMany.length === 0 || settled.length === 0) {
      results.push(...tooMany);
      return { kind: 'answered', results };
    }
    left = tooMany.map(({ recipient }) => recipient);
  }
}

async function transact(
  parts: OfferParts,
  target: SessionTarget,
  envelope: RelayEnvelope,
  wire: ReadonlyMap<string, WireAddress>,
  message: OfferedMessage,
): Promise<Sent> {
  for (let kept = parts.pool.take(target); kept !== null; kept = parts.pool.take(target)) {
    const made = await transactOver(parts.pool, kept, envelope, wire, message);
    // The far end hung up on an idle session and has answered nothing: that says nothing about the message.
    if (!made.unanswered) return { kind: 'answered', results: made.results };
  }
  const opened = await openOrClear(parts, target);
  if (opened.kind === 'failed') return { kind: 'unreachable', outcome: opened.outcome };
  const made = await transactOver(parts.pool, opened.session, envelope, wire, message);
  return { kind: 'answered', results: made.results };
}

async function transactOver(
  pool: SessionPool,
  session: SmtpSession,
  envelope: RelayEnvelope,
  wire: ReadonlyMap<string, WireAddress>,
  message: OfferedMessage,
): Promise<{ readonly results: readonly RelayResult[]; readonly unanswered: boolean }> {
  const { target, tls, capabilities } = session;
  const refused = refusedBefore(session, envelope, wire, message);
  if (refused !== null) {
    pool.give(session);
    const results = envelope.recipients.map((recipient) => ({
      recipient,
      outcome: refused,
      host: target.host,
      tls,
    }));
    return { results, unanswered: false };
  }
  const utf8 = offersUtf8(capabilities) && needsUtf8(envelope, wire);
  const formOf = (address: string): string => {
    const form = wire.get(address);
    return (utf8 ? form?.utf8 : form?.ascii) ?? address;
  };
  const forms = envelope.recipients.map(formOf);
  const made: TransactionResult = await session.send(
    {
      from: formOf(envelope.from),
      recipients: forms,
      bodyType: envelope.bodyType,
      smtpUtf8: utf8,
      envelopeId: envelope.envelopeId,
      size: message.size,
    },
    message,
  );
  if (made.reusable) pool.give(session);
  const missing = network('dropped', 'The host did not answer for this recipient');
  const results = envelope.recipients.map((recipient, position) => ({
    recipient,
    outcome: made.outcomes.get(forms[position] ?? '') ?? missing,
    host: target.host,
    tls,
  }));
  return { results, unanswered: made.unanswered };
}

/** What the host's own announcements forbid: too big (RFC 1870 §6.1), or not to be said in ASCII (RFC 6531 §3.2). */
function refusedBefore(
  { capabilities }: SmtpSession,
  envelope: RelayEnvelope,
  wire: ReadonlyMap<string, WireAddress>,
  message: OfferedMessage,
): AttemptOutcome | null {
  const limit = capabilities.size?.limit ?? null;
  if (limit !== null && message.size > limit) {
    const text = `5.3.4 The message has ${message.size} bytes, the host announces that it takes ${limit}`;
    return { kind: 'reply', code: 552, text };
  }
  if (!offersUtf8(capabilities) && needsUtf8(envelope, wire)) {
    return {
      kind: 'reply',
      code: 553,
      text: '5.6.7 The host does not offer SMTPUTF8, which this message needs',
    };
  }
  return null;
}

function offersUtf8({ smtpUtf8 }: SmtpSession['capabilities']): boolean {
  return CARRIED_EXTENSIONS.smtpUtf8 && smtpUtf8;
}

function needsUtf8(envelope: RelayEnvelope, wire: ReadonlyMap<string, WireAddress>): boolean {
  return (
    envelope.smtpUtf8 ||
    [envelope.from, ...envelope.recipients].some((address) => wire.get(address)?.ascii === null)
  );
}

/** Opportunistic: a host whose TLS does not work is spoken to in clear (RFC 7435), as it would be without STARTTLS. */
async function openOrClear(parts: OfferParts, target: SessionTarget): Promise<Opened> {
  const opened = await parts.pool.open(target);
  if (opened.kind === 'open' || target.tls !== 'may') return opened;
  const { outcome } = opened;
  if (outcome.kind !== 'network' || outcome.failure !== 'tls') return opened;
  if (parts.brokenTls.size >= BROKEN_TLS_HOSTS) parts.brokenTls.clear();
  parts.brokenTls.set(target.host, performance.now() + BROKEN_TLS_REMEMBERED);
  parts.log.warn('TLS with this host fails; mail goes to it in clear for an hour', {
    host: target.host,
    reason: outcome.text,
  });
  return parts.pool.open({ ...target, tls: 'never' });
}

export function targetOf(
  parts: OfferParts,
  host: string,
  address: string,
  { port, tls, login }: Pick<Reachable, 'port' | 'tls' | 'login'>,
): SessionTarget {
  const broken = tls === 'may' && (parts.brokenTls.get(host) ?? 0) > performance.now();
  return {
    host,
    address,
    port,
    helo: parts.helo,
    tls: broken ? 'never' : tls,
    login,
    trust: parts.trust,
    timeouts: parts.timeouts,
  };
}

export function unwritable(address: string): AttemptOutcome {
  const text = `5.1.3 The address ${JSON.stringify(address)} cannot be written in an envelope`;
  return { kind: 'reply', code: 553, text };
}
