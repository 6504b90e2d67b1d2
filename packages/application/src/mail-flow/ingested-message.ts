import { withoutSubaddress, type MailFolder, type Verdict } from '@holdfast/domain';
import type { IngestedMessage } from '../records/mail.ts';
import type { Identifiers } from '../ports/identifiers.ts';
import type { MessageSummary } from '../ports/message-parser.ts';
import type { Reader } from '../ports/repositories/ingest-repository.ts';
import type { CopiedPlace, EnvelopeRecipient, SpooledRecord } from '../ports/spool.ts';

/** Who reads mail to an address of an organisation, by the directory of now. */
export type ReadersOf = (organisationId: string, address: string) => readonly Reader[];

/** The addresses that decide who sees the message. */
export function addressesToLookUp(
  record: SpooledRecord,
): readonly { readonly organisationId: string; readonly address: string }[] {
  return record.envelope.recipients.flatMap(({ organisationId, address, verdict }) =>
    organisationId === null || !shows(verdict)
      ? []
      : [...new Set([address, withoutSubaddress(address)])].map((looked) => ({
          organisationId,
          address: looked.toLowerCase(),
        })),
  );
}

/** One message row per record and organisation; mail that leaves belongs to its sender's organisation. */
export function ingestedMessages(
  record: SpooledRecord,
  summary: MessageSummary,
  readersOf: ReadersOf,
  identifiers: Identifiers,
): readonly IngestedMessage[] {
  return organisationsOf(record).map((organisationId) => {
    const recipients = record.envelope.recipients.filter(
      (recipient) => isOutbound(record) || recipient.organisationId === organisationId,
    );
    return {
      message: messageOf(record, organisationId, summary),
      deliveries: deliveriesOf(record, organisationId, recipients, identifiers),
      items: record.erased
        ? []
        : itemsOf(record, organisationId, recipients, readersOf, identifiers),
      submission: record.submission,
      drillId: record.practised?.drillId ?? null,
      shownFrom: record.notBefore ?? record.acceptedAt,
    };
  });
}

function organisationsOf(record: SpooledRecord): readonly string[] {
  if (isOutbound(record)) return [record.organisationId];
  const inside = record.envelope.recipients.flatMap((recipient) => recipient.organisationId ?? []);
  return [...new Set(inside)];
}

/** Belongs to the record's organisation whatever its recipients are. */
function isOutbound(record: SpooledRecord): boolean {
  switch (record.origin) {
    case 'submission':
    case 'notice':
    case 'bounce':
    case 'mailbox':
    case 'drill':
      return true;
    case 'inbound':
    case 'seed':
      return false;
  }
}

function messageOf(
  record: SpooledRecord,
  organisationId: string,
  summary: MessageSummary,
): IngestedMessage['message'] {
  return {
    id: record.id,
    organisationId,
    acceptedAt: record.acceptedAt,
    origin: record.origin,
    reference: record.reference,
    size: record.size,
    envelopeFrom: record.envelope.from,
    clientIp: record.envelope.client.ip,
    bodyType: record.envelope.bodyType,
    smtpUtf8: record.envelope.smtpUtf8,
    senderAuthenticated: record.envelope.senderAuthenticated,
    summary,
  };
}

function deliveriesOf(
  record: SpooledRecord,
  organisationId: string,
  recipients: readonly EnvelopeRecipient[],
  identifiers: Identifiers,
): IngestedMessage['deliveries'] {
  // Whatever the record says of recipients: from a drill nothing leaves (decision 0045).
  if (record.origin === 'drill') return [];
  // Read again, as after a database was restored from a backup: what was erased since is not delivered.
  const erased = { state: 'discarded', dueAt: null, reply: 'erased on request' } as const;
  return recipients.map((recipient, position) => {
    const quarantined = recipient.verdict === 'quarantine';
    return {
      // By position as well: nothing keeps a client from naming a recipient twice.
      id: identifiers.derived(record.id, `${organisationId} ${position} ${recipient.address}`),
      recipient: recipient.address,
      // Mail to a colleague goes to the tenant and never to a server outside.
      route: recipient.organisationId === null ? 'remote' : 'primary',
      state: quarantined ? 'quarantined' : 'queued',
      hold: null,
      dueAt: quarantined ? null : (record.notBefore ?? record.acceptedAt),
      verdict: recipient.verdict,
      verdictReason: recipient.reason,
      reply: quarantined ? `quarantined: ${recipient.reason}` : null,
      ...(record.erased && erased),
    };
  });
}

/**
 * Which emergency mailboxes show the message: one view for each person, whichever ways it came. The sender's own comes
 * first, then a direct address, then groups.
 */
function itemsOf(
  record: SpooledRecord,
  organisationId: string,
  recipients: readonly EnvelopeRecipient[],
  readersOf: ReadersOf,
  identifiers: Identifiers,
): IngestedMessage['items'] {
  if (record.copied !== undefined)
    return [copiedItem(record.id, organisationId, record.copied, identifiers)];
  const items = new Map<string, IngestedMessage['items'][number]>();
  const add = (
    userId: string,
    folder: MailFolder,
    viaGroup: string | null,
    isRead: boolean,
  ): void => {
    if (items.has(userId)) return;
    const id = identifiers.derived(record.id, `${organisationId} ${userId}`);
    items.set(userId, { id, userId, folder, isRead, isFlagged: false, viaGroup });
  };
  if (record.submission !== null) add(record.submission.userId, 'sent', null, true);
  for (const userId of record.practised?.readerIds ?? []) add(userId, 'inbox', null, false);
  const readers = recipients.flatMap((recipient) =>
    recipient.organisationId === organisationId && shows(recipient.verdict)
      ? readersOfRecipient(organisationId, recipient, readersOf)
      : [],
  );
  for (const { reader, verdict } of readers)
    if (reader.viaGroup === null) add(reader.userId, folderFor(verdict), null, false);
  for (const { reader, verdict } of readers)
    add(reader.userId, folderFor(verdict), reader.viaGroup, false);
  return [...items.values()];
}

/** Derived as any other view is: whoever copied it knows the id of the view without asking. */
function copiedItem(
  recordId: string,
  organisationId: string,
  { userId, folder, ownFolder = null, isRead, isFlagged }: CopiedPlace,
  identifiers: Identifiers,
): IngestedMessage['items'][number] {
  const id = identifiers.derived(recordId, `${organisationId} ${userId}`);
  return { id, userId, folder, ownFolder, isRead, isFlagged, viaGroup: null };
}

function readersOfRecipient(
  organisationId: string,
  { address, verdict }: EnvelopeRecipient,
  readersOf: ReadersOf,
): readonly { readonly reader: Reader; readonly verdict: Verdict }[] {
  const exactly = readersOf(organisationId, address.toLowerCase());
  const readers =
    exactly.length > 0
      ? exactly
      : readersOf(organisationId, withoutSubaddress(address).toLowerCase());
  return readers.map((reader) => ({ reader, verdict }));
}

function shows(verdict: Verdict): boolean {
  return verdict !== 'quarantine' && verdict !== 'reject';
}

function folderFor(verdict: Verdict): MailFolder {
  return verdict === 'junk' ? 'junk' : 'inbox';
}
