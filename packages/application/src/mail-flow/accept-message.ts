import {
  decideVerdict,
  domainOf,
  matchUserLists,
  parseIp,
  parseIpRange,
  rangeContains,
  settleVerdicts,
  withoutSubaddress,
  type Instant,
  type ListEntry,
  type ListSubject,
  type RecipientIndex,
  type SnapshotDomain,
  type VerdictDecision,
} from '@holdfast/domain';
import type { Clock } from '../ports/clock.ts';
import type { ContentFilter } from '../ports/content-filter.ts';
import type { Identifiers } from '../ports/identifiers.ts';
import type { Log } from '../ports/log.ts';
import type { AcceptedRecipient, ReceivedMessage, SmtpReply } from '../ports/reception.ts';
import type { SenderAuthenticator } from '../ports/sender-authentication.ts';
import {
  SpoolRefusedError,
  type EnvelopeRecipient,
  type SpoolClass,
  type SpoolRecordHead,
  type SpoolWriter,
} from '../ports/spool.ts';
import { takeBody, type Taken } from './take-body.ts';
import { traceHeaders } from './trace-headers.ts';

export interface AcceptMessageOptions {
  /** The newest snapshot; null until there is one. */
  readonly index: () => RecipientIndex | null;
  readonly hostname: string;
  readonly spool: SpoolWriter;
  readonly authenticator: SenderAuthenticator;
  readonly filters: readonly ContentFilter[];
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly log: Log;
}

const reply = (code: number, enhanced: string, text: string): SmtpReply => ({
  code,
  enhanced,
  text,
});

/** A verdict for each recipient, then the durable record, then `250` (invariant 1). */
export async function acceptMessage(
  options: AcceptMessageOptions,
  message: ReceivedMessage,
): Promise<SmtpReply> {
  const index = options.index();
  if (index === null) return reply(451, '4.3.0', 'Not ready yet, please try again');
  const id = options.identifiers.uuid();
  const cls = classOf(message.recipients);
  const organisationIds = organisationsOf(message);
  try {
    const taken = await takeBody(options, message, { id, class: cls, organisationIds });
    const heads = await judged(options, index, { id, message, taken });
    if ('code' in heads) return heads;
    // From here on a record may name the body, even when we are told that it was not written: it is left in place.
    await Promise.all(heads.map((head) => options.spool.append(head, taken.body)));
    return reply(250, '2.0.0', `Accepted as ${id}`);
  } catch (error) {
    return deferral(options.log, message, error);
  }
}

interface Arrived {
  readonly id: string;
  readonly message: ReceivedMessage;
  readonly taken: Taken;
}

/** The records to be, or the refusal. A body that no record will name is removed. */
async function judged(
  options: AcceptMessageOptions,
  index: RecipientIndex,
  arrived: Arrived,
): Promise<readonly SpoolRecordHead[] | SmtpReply> {
  const { body } = arrived.taken;
  const staged = body instanceof Uint8Array ? null : body;
  let heads: readonly SpoolRecordHead[] | SmtpReply;
  try {
    heads = headsFor(options, index, arrived);
  } catch (error) {
    if (staged !== null) await options.spool.discard(staged);
    throw error;
  }
  if ('code' in heads && staged !== null) await options.spool.discard(staged);
  return heads;
}

function headsFor(
  options: AcceptMessageOptions,
  index: RecipientIndex,
  arrived: Arrived,
): readonly SpoolRecordHead[] | SmtpReply {
  const { message, taken } = arrived;
  const decisions = decideForAll(index, message, taken, options.clock.now());
  const settled = settleVerdicts(decisions.map((decision) => decision.verdict));
  const [first] = decisions;
  if (first === undefined) return reply(554, '5.5.1', 'No valid recipients');
  if (settled.every((verdict) => verdict === 'reject')) return refusalOf(first);
  const recipients = message.recipients.map((recipient, position): EnvelopeRecipient => ({
    ...recipient,
    verdict: settled[position] ?? 'deliver',
    reason: decisions[position]?.reason ?? 'clean',
  }));
  const groups = byVerdict(recipients);
  if (!(taken.body instanceof Uint8Array)) {
    const [told = recipients] = groups.toSorted(strictestFirst);
    return [headOf(options, index, arrived, { recipients, told })];
  }
  return groups.map((group, position) => {
    const id = position === 0 ? arrived.id : options.identifiers.uuid();
    return headOf(options, index, { ...arrived, id }, { recipients: group, told: group });
  });
}

/**
 * The verdict stands in the header, which the tenant's rule reads for every recipient of the record: recipients that are
 * judged differently, for the lists of their organisations differ, get a record each. A body too big to hold is stored
 * once and has one record; its header then says the strictest of what is relayed.
 */
function byVerdict(recipients: readonly EnvelopeRecipient[]): EnvelopeRecipient[][] {
  const [first] = recipients;
  const same = (a: EnvelopeRecipient, b: EnvelopeRecipient): boolean =>
    a.verdict === b.verdict && a.reason === b.reason;
  if (first === undefined || recipients.every((recipient) => same(first, recipient))) {
    return [[...recipients]];
  }
  const groups = Map.groupBy(recipients, ({ verdict, reason }) => `${verdict} ${reason}`);
  return [...groups.values()];
}

/** What is held back is not relayed as it is, so its verdict is for nobody's rule. */
const STRICTEST_FIRST = ['junk', 'tag', 'deliver', 'quarantine', 'reject'];

function strictestFirst(a: EnvelopeRecipient[], b: EnvelopeRecipient[]): number {
  const rank = ([only]: EnvelopeRecipient[]): number =>
    STRICTEST_FIRST.indexOf(only?.verdict ?? 'deliver');
  return rank(a) - rank(b);
}

function headOf(
  options: AcceptMessageOptions,
  index: RecipientIndex,
  { id, message, taken }: Arrived,
  to: {
    readonly recipients: readonly EnvelopeRecipient[];
    /** Those whose verdict the header carries. */
    readonly told: readonly EnvelopeRecipient[];
  },
): SpoolRecordHead {
  const { recipients } = to;
  const { checked, content } = taken;
  const { authentication } = checked;
  const { clientIp: ip, helo, tls } = message.session;
  const at = options.clock.now();
  const [told] = to.told;
  return {
    id,
    acceptedAt: at,
    origin: 'inbound',
    class: classOf(recipients),
    organisationId: recipients[0]?.organisationId ?? '',
    envelope: {
      from: message.from,
      recipients,
      bodyType: message.bodyType,
      smtpUtf8: message.smtpUtf8,
      client: { ip, helo, tls },
      authentication: checked.resultsHeader,
      senderAuthenticated:
        authentication !== null &&
        (authentication.dmarc === 'pass' ||
          authentication.spf === 'pass' ||
          authentication.dkim === 'pass'),
      ...(content.length === 0 ? {} : { content }),
    },
    traceHeaders: traceHeaders({
      hostname: options.hostname,
      recordId: id,
      at,
      message,
      recipients,
      authenticationResults: checked.resultsHeader,
      decision: { verdict: told?.verdict ?? 'deliver', reason: told?.reason ?? 'clean' },
      content,
    }),
    snapshotVersion: index.version,
    notBefore: null,
    submission: null,
  };
}

function classOf(recipients: readonly Pick<EnvelopeRecipient, 'protected' | 'kind'>[]): SpoolClass {
  return recipients.some(isCopied) ? 'copy' : 'transit';
}

/**
 * Lists are an organisation's or a domain's, filters in front a domain's: recipients of the same two are judged alike,
 * unless an entry of their own lists applies.
 */
function decideForAll(
  index: RecipientIndex,
  message: ReceivedMessage,
  taken: Taken,
  at: Instant,
): readonly VerdictDecision[] {
  const { clientIp } = message.session;
  const { headerFrom } = taken.checked;
  const subject = { clientIp, envelopeFrom: message.from, headerFrom, at };
  const judged: Judged = { index, taken, subject };
  const [only] = message.recipients;
  if (only !== undefined && message.recipients.length === 1) {
    return [decideFor(judged, only, userEntryOf(judged, only))];
  }
  const known = new Map<string, VerdictDecision>();
  return message.recipients.map((recipient) => {
    const entry = userEntryOf(judged, recipient);
    const own = entry === null ? '' : ` ${entry.kind} ${entry.value}`;
    const key = `${recipient.organisationId} ${domainOf(recipient.address)}${own}`;
    const decision = known.get(key) ?? decideFor(judged, recipient, entry);
    known.set(key, decision);
    return decision;
  });
}

interface Judged {
  readonly index: RecipientIndex;
  readonly taken: Taken;
  readonly subject: ListSubject;
}

function userEntryOf({ index, subject }: Judged, { address }: AcceptedRecipient): ListEntry | null {
  const lists =
    index.userLists(address) ??
    (address.includes('+') ? index.userLists(withoutSubaddress(address)) : undefined);
  return lists === undefined ? null : matchUserLists(lists, subject);
}

function organisationsOf(message: ReceivedMessage): readonly string[] {
  return [...new Set(message.recipients.map((recipient) => recipient.organisationId))];
}

/** Groups are copied too: their mail shows in protected members' mailboxes. */
function isCopied(recipient: Pick<EnvelopeRecipient, 'protected' | 'kind'>): boolean {
  return recipient.protected || recipient.kind === 'group' || recipient.kind === 'dynamic-group';
}

function decideFor(
  { index, subject, taken }: Judged,
  recipient: AcceptedRecipient,
  userEntry: ListEntry | null,
): VerdictDecision {
  const name = domainOf(recipient.address);
  const domain = index.domain(name);
  return decideVerdict({
    subject,
    lists: index.lists(recipient.organisationId, name),
    userEntry,
    authentication: taken.checked.authentication,
    filterMode: domain?.filterMode ?? 'none',
    viaTrustedHop: domain !== undefined && isTrustedHop(domain, subject.clientIp),
    content: taken.content,
  });
}

function isTrustedHop(domain: SnapshotDomain, clientIp: string): boolean {
  if (domain.trustedHops.length === 0) return false;
  const address = parseIp(clientIp);
  return (
    address !== null &&
    domain.trustedHops.some((hop) => {
      const range = parseIpRange(hop);
      return range !== null && rangeContains(range, address);
    })
  );
}

function refusalOf({ reason }: VerdictDecision): SmtpReply {
  switch (reason) {
    case 'block-list':
      return reply(550, '5.7.1', 'Refused: the sender is blocked by the recipient');
    case 'virus':
      return reply(550, '5.7.1', 'Refused: the message carries a virus');
    case 'spam':
      return reply(550, '5.7.1', 'Refused: the content filter takes the message for spam');
    case 'dmarc-reject':
    case 'allow-list-unauthenticated':
      return reply(550, '5.7.26', 'Refused: the message fails the DMARC policy of its From domain');
    // None of these rejects; they are here so that a new reason must be given its words.
    case 'allow-list':
    case 'authentication-unavailable':
    case 'clean':
    case 'dmarc-quarantine':
    case 'filter-unavailable':
    case 'spf-fail':
    case 'spf-softfail':
    case 'trusted-filter':
    case 'user-allow-list':
    case 'user-block-list':
      return reply(550, '5.7.1', 'Refused');
  }
}

function deferral(log: Log, { session, body }: ReceivedMessage, error: unknown): SmtpReply {
  if (error instanceof SpoolRefusedError && error.reason === 'disk-reserve') {
    log.error('message refused: disk reserve reached');
    return reply(452, '4.3.1', 'Insufficient storage, please try again');
  }
  const facts = { session: session.id, error: String(error) };
  // Pieces reject when the client goes away: that is nobody's fault here, and nobody reads the reply.
  const inPieces = !(body instanceof Uint8Array);
  if (inPieces && !(error instanceof SpoolRefusedError)) log.info('message given up', facts);
  else log.error('message refused: it could not be stored', facts);
  return reply(451, '4.3.0', 'Could not store the message, please try again');
}
