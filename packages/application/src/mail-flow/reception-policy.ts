import { decideRecipient, parseAddress, type SnapshotDomain } from '@holdfast/domain';
import type {
  AcceptedRecipient,
  Answer,
  ReceptionPolicy,
  RecipientAnswer,
} from '../ports/reception.ts';
import type { RelayTransport } from '../ports/relay-transport.ts';
import { acceptMessage, type AcceptMessageOptions } from './accept-message.ts';
import {
  createCallOuts,
  type CallOutAnswer,
  type CallOutMemory,
  type CallOuts,
} from './recipient-call-outs.ts';

export interface ReceptionPolicyOptions extends AcceptMessageOptions {
  readonly relay: Pick<RelayTransport, 'probe'>;
  readonly callOuts: CallOutMemory;
}

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
  return { accept: false, reply: { code, enhanced, text } };
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
