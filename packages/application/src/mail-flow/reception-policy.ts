import {
  decideRecipient,
  decideVerdict,
  parseAddress,
  parseIp,
  parseIpRange,
  rangeContains,
  settleVerdicts,
  type RecipientIndex,
  type SnapshotDomain,
  type VerdictDecision,
} from '@holdfast/domain';
import type { Clock } from '../ports/clock.ts';
import type { ContentFilter } from '../ports/content-filter.ts';
import type { Identifiers } from '../ports/identifiers.ts';
import type { Log } from '../ports/log.ts';
import type {
  AcceptedRecipient,
  Answer,
  ReceivedMessage,
  ReceptionPolicy,
  RecipientAnswer,
  SmtpReply,
} from '../ports/reception.ts';
import type { RelayTransport } from '../ports/relay-transport.ts';
import type { SenderAuthenticator } from '../ports/sender-authentication.ts';
import { SpoolRefusedError, type EnvelopeRecipient, type SpoolWriter } from '../ports/spool.ts';
import {
  createCallOuts,
  type CallOutAnswer,
  type CallOutMemory,
  type CallOuts,
} from './recipient-call-outs.ts';
import { takeBody, type Taken } from './take-body.ts';
import { traceHeaders } from './trace-headers.ts';

export interface ReceptionPolicyOptions {
  /** The newest snapshot; null until there is one. */
  readonly index: () => RecipientIndex | null;
  readonly hostname: string;
  readonly spool: SpoolWriter;
  readonly authenticator: SenderAuthenticator;
  readonly filters: readonly ContentFilter[];
  readonly relay: Pick<RelayTransport, 'probe'>;
  readonly callOuts: CallOutMemory;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly log: Log;
}

const reply = (code: number, enhanced: string, text: string): SmtpReply => ({
  code,
  enhanced,
  text,
});

/**
 * What mx decides: known recipients from the snapshot alone, a verdict from authentication and lists, and `250` only
 * after the durable record exists (invariants 1 and 2). Needs no database, and no network for known recipients.
 */
export function createReceptionPolicy(options: ReceptionPolicyOptions): ReceptionPolicy {
  const { relay, callOuts: memory, clock } = options;
  const callOuts = createCallOuts({ relay, memory, clock });
  return {
    mailFrom: () => null,
    recipient: (_session, _announced, address) => answerRecipient(options, callOuts, address),
    message: (message) => acceptMessage(options, message),
  };
}

function answerRecipient(
  options: ReceptionPolicyOptions,
  primary: CallOuts,
  input: string,
): Answer<RecipientAnswer> {
  const address = parseAddress(input);
  if (address === null) return refuse(553, '5.1.3', 'That is not a mailbox address');
  const { clock, callOuts } = options;
  const decision = decideRecipient(options.index(), address, clock.now(), callOuts.until(address));
  switch (decision.decision) {
    case 'accept':
      return { accept: true, recipient: accepted(address, decision.domain, decision.recipient) };
    case 'unknown':
      return refuse(550, '5.1.1', `No such recipient here: ${address}`);
    case 'not-ours':
      return refuse(550, '5.7.1', 'We do not relay for that domain');
    case 'no-snapshot':
      return refuse(451, '4.3.0', 'Not ready yet, please try again');
    case 'ask-primary': {
      // The list is not known to be complete and fresh: Office 365 has the word, and without it the sender waits.
      const answer = primary.ask(address, decision.domain);
      const said = (what: CallOutAnswer): RecipientAnswer =>
        byPrimary(what, address, decision.domain);
      return answer instanceof Promise ? answer.then(said) : said(answer);
    }
  }
}

function byPrimary(
  answer: CallOutAnswer,
  address: string,
  domain: SnapshotDomain,
): RecipientAnswer {
  switch (answer) {
    case 'known':
      return { accept: true, recipient: accepted(address, domain, null) };
    case 'unknown':
      return refuse(550, '5.1.1', `No such recipient here: ${address}`);
    case 'no-answer':
      return refuse(450, '4.1.1', 'Recipient cannot be checked at the moment, please try again');
  }
}

function refuse(code: number, enhanced: string, text: string): RecipientAnswer {
  return { accept: false, reply: reply(code, enhanced, text) };
}

function accepted(
  address: string,
  domain: SnapshotDomain,
  recipient: { readonly kind: AcceptedRecipient['kind']; readonly protected: boolean } | null,
): AcceptedRecipient {
  return {
    address,
    organisationId: domain.organisationId,
    kind: recipient?.kind ?? null,
    protected: recipient?.protected ?? false,
  };
}

async function acceptMessage(
  options: ReceptionPolicyOptions,
  message: ReceivedMessage,
): Promise<SmtpReply> {
  const index = options.index();
  if (index === null) return reply(451, '4.3.0', 'Not ready yet, please try again');
  const at = options.clock.now();
  const id = options.identifiers.uuid();
  const cls = message.recipients.some(isCopied) ? 'copy' : 'transit';
  let taken: Taken;
  try {
    taken = await takeBody(options, message, {
      id,
      class: cls,
      organisationIds: organisationsOf(message),
    });
  } catch (error) {
    return deferral(options.log, error);
  }
  const { checked, content, body } = taken;
  const decisions = message.recipients.map((recipient) =>
    decideFor(index, recipient, message, taken),
  );
  const settled = settleVerdicts(decisions.map((decision) => decision.verdict));
  const first = decisions[0];
  if (first === undefined) return reply(554, '5.5.1', 'No valid recipients');
  if (settled.every((verdict) => verdict === 'reject')) {
    if (!(body instanceof Uint8Array)) await options.spool.discard(body);
    return refusalOf(first);
  }
  const recipients = message.recipients.map((recipient, position): EnvelopeRecipient => ({
    ...recipient,
    verdict: settled[position] ?? 'deliver',
    reason: decisions[position]?.reason ?? 'clean',
  }));
  const { authentication } = checked;
  try {
    await options.spool.append(
      {
        id,
        acceptedAt: at,
        origin: 'inbound',
        class: cls,
        organisationId: message.recipients[0]?.organisationId ?? '',
        envelope: {
          from: message.from,
          recipients,
          bodyType: message.bodyType,
          smtpUtf8: message.smtpUtf8,
          client: {
            ip: message.session.clientIp,
            helo: message.session.helo,
            tls: message.session.tls,
          },
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
          authenticationResults: checked.resultsHeader,
          decision: first,
          content,
        }),
        snapshotVersion: index.version,
        notBefore: null,
        submission: null,
      },
      body,
    );
  } catch (error) {
    return deferral(options.log, error);
  }
  return reply(250, '2.0.0', `Accepted as ${id}`);
}

function organisationsOf(message: ReceivedMessage): readonly string[] {
  return [...new Set(message.recipients.map((recipient) => recipient.organisationId))];
}

/** Groups are copied too: their mail shows in protected members' mailboxes. */
function isCopied(recipient: AcceptedRecipient): boolean {
  return recipient.protected || recipient.kind === 'group' || recipient.kind === 'dynamic-group';
}

function decideFor(
  index: RecipientIndex,
  recipient: AcceptedRecipient,
  message: ReceivedMessage,
  { checked: { authentication, headerFrom }, content }: Taken,
): VerdictDecision {
  const domain = index.domain(recipient.address.slice(recipient.address.lastIndexOf('@') + 1));
  return decideVerdict({
    subject: { clientIp: message.session.clientIp, envelopeFrom: message.from, headerFrom },
    lists: index.lists(recipient.organisationId) ?? { entries: [] },
    authentication,
    filterMode: domain?.filterMode ?? 'none',
    viaTrustedHop: domain !== undefined && isTrustedHop(domain, message.session.clientIp),
    content,
  });
}

function isTrustedHop(domain: SnapshotDomain, clientIp: string): boolean {
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
      return reply(550, '5.7.1', 'Refused');
  }
}

function deferral(log: Log, error: unknown): SmtpReply {
  if (error instanceof SpoolRefusedError && error.reason === 'disk-reserve') {
    log.error('message refused: disk reserve reached');
    return reply(452, '4.3.1', 'Insufficient storage, please try again');
  }
  log.error('message refused: spool write failed', { error: String(error) });
  return reply(451, '4.3.0', 'Could not store the message, please try again');
}
