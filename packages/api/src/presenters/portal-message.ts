import { hiddenRecipients, type OpenedMessage } from '@holdfast/application';
import type { MessageView } from '@holdfast/contracts';
import { proveSender, warnOfSender, type Language } from '@holdfast/domain';
import { messageInLanguage } from '../words/in-language.ts';
import { toIsoOrNull } from './instant.ts';
import { authenticationWords } from './portal-authentication.ts';
import { presentInvitation } from './portal-invitation.ts';
import { presentMailboxRow } from './portal-mailbox.ts';
import { notesOn, presentBrokenSignature } from './portal-notes.ts';
import { presentDelivery, presentReport } from './portal-report.ts';
import { presentWarning } from './portal-warnings.ts';

export function presentMessage(opened: OpenedMessage, language: Language): MessageView {
  return messageInLanguage(inEnglish(opened, language), language);
}

function inEnglish(opened: OpenedMessage, language: Language): MessageView {
  const { item, message, deliveries, outageSince, sender, origin } = opened;
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
    ...presentMailboxRow(item, outageSince),
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
    isSealed: message.protection !== null && message.protection.how !== 'signed',
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
    warnings: [...warnings.map(presentWarning), ...presentBrokenSignature(message)],
    notes: notesOn(message),
    invitation:
      message.invitation === null ? null : presentInvitation(message.invitation, language),
    sourceHref: `/messages/${item.id}/source`,
    reported: presentReport(opened),
    deliveries:
      origin === 'drill' && isOwn
        ? [...message.to, ...message.cc].map(practised)
        : deliveries.map((row) => presentDelivery(row, opened.reports)),
  };
}

/** Written in a drill: nobody gets it but participants, who see it in their own drill. */
function practised({ address }: { readonly address: string }): MessageView['deliveries'][number] {
  return { recipient: address, state: 'drill', words: 'Drill: not sent', mayCorrect: false };
}
