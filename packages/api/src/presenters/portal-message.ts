import { hiddenRecipients, type OpenedMessage, type TraceRow } from '@holdfast/application';
import type { MessageView } from '@holdfast/contracts';
import { domainOf, proveSender, refusalReason, warnOfSender } from '@holdfast/domain';
import { toIsoOrNull } from './instant.ts';
import { authenticationWords } from './portal-authentication.ts';
import { presentInvitation } from './portal-invitation.ts';
import { presentMailboxRow } from './portal-mailbox.ts';
import { notesOn } from './portal-notes.ts';
import { presentWarning } from './portal-warnings.ts';

export function presentMessage(opened: OpenedMessage): MessageView {
  const { item, message, deliveries, eventBegan, sender, origin } = opened;
  const isOwn = item.folder === 'sent';
  const proof = proveSender({
    results: message.authenticationResults,
    from: message.from?.address ?? null,
  });
  // What did not come in over SMTP was written here, or was let into its mailbox by Office 365.
  const isVerified = proof.verdict === 'verified' || origin !== 'inbound';
  const warnings = isOwn
    ? []
    : warnOfSender({ ...sender, from: message.from, replyTo: message.replyTo, isVerified });
  return {
    ...presentMailboxRow(item, eventBegan),
    // The list holds what ingest kept; the message itself has all of it.
    to: message.to,
    cc: message.cc,
    bcc: [
      ...message.bcc,
      ...hiddenRecipients([...message.to, ...message.cc, ...message.bcc], opened.recipients),
    ],
    replyTo: message.replyTo,
    sentAt: toIsoOrNull(message.sentAt),
    text: message.text,
    html: message.html,
    hasRemoteContent: message.hasRemoteContent,
    parts: message.parts.map((part) => ({
      ...part,
      href: `/attachments/${item.id}/${part.index}`,
    })),
    trackers: message.trackers,
    pictures: sender.showsPictures && isVerified ? 'always' : 'ask',
    mayAlwaysShow: isVerified && !isOwn,
    isCut: message.isCut,
    authentication: authenticationWords(proof, isOwn ? 'own' : origin),
    warnings: warnings.map(presentWarning),
    notes: notesOn(message),
    invitation: message.invitation === null ? null : presentInvitation(message.invitation),
    sourceHref: `/messages/${item.id}/source`,
    deliveries: deliveries.map(presentDelivery),
  };
}

function presentDelivery(row: TraceRow): MessageView['deliveries'][number] {
  const { recipient, state } = row;
  return { recipient, state, words: deliveryWords(row), mayCorrect: state === 'bounced' };
}

/** Where a sent message stands for one recipient, in words that a user understands. */
export function deliveryWords(row: Pick<TraceRow, 'state' | 'recipient' | 'reply'>): string {
  switch (row.state) {
    case 'delivered':
      return `Accepted by ${domainOf(row.recipient)}`;
    case 'queued':
    case 'leased':
      return 'On its way';
    case 'deferred':
      return `Waiting: next try soon${because(row.reply)}`;
    case 'held':
      return `Waiting: refused once, tried again after a check${because(row.reply)}`;
    case 'quarantined':
      return 'Held back by the mail filter; your administrators can release it';
    case 'discarded':
      return 'Not delivered: removed by a rule or by an administrator';
    case 'bounced':
      return `Not delivered: ${refusalWords(row)}${because(row.reply)}`;
  }
}

/** What happened, and what its author can do. */
function refusalWords({ reply, recipient }: Pick<TraceRow, 'recipient' | 'reply'>): string {
  const there = domainOf(recipient);
  switch (refusalReason(reply)) {
    case 'no-such-address':
      return `the address does not exist at ${there}. Check it, and send again`;
    case 'no-such-domain':
      return `${there} does not exist or takes no email. Check the address, and send again`;
    case 'mailbox-full':
      return 'the mailbox there is full. Reach the person another way';
    case 'mailbox-off':
      return 'the mailbox there is switched off. Ask for another address';
    case 'too-large':
      return `the message is larger than ${there} takes. Send it without the attachments`;
    case 'content-refused':
      return `${there} took it for unwanted. Write it in other words, without attachments or links`;
    case 'sender-refused':
      return `${there} does not trust our server. Whoever looks after email has to correct that`;
    case 'not-permitted':
      return `${there} does not let you write to this address`;
    case 'gave-up':
      return `${there} could not be reached for too long. Send again later`;
    case 'unknown':
      return `${there} refused it`;
  }
}

/** The other side's own words: what a helpdesk asks for first. */
function because(reply: string | null): string {
  return reply === null ? '' : ` (${reply})`;
}
