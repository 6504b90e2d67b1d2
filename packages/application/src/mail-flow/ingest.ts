import { withoutSubaddress, type Verdict } from '@holdfast/domain';
import type { IngestedMessage, MailFolder } from '../records/mail.ts';
import type { DirectoryRecord } from '../records/people.ts';
import type { Clock } from '../ports/clock.ts';
import type { Identifiers } from '../ports/identifiers.ts';
import type { Log } from '../ports/log.ts';
import type { MessageFormat, MessageSummary } from '../ports/message-parser.ts';
import { DatabaseUnavailableError, type Database } from '../ports/repositories.ts';
import type {
  EnvelopeRecipient,
  SpooledRecord,
  SpoolPosition,
  SpoolReader,
} from '../ports/spool.ts';

export interface IngestPorts {
  readonly database: Database;
  readonly reader: SpoolReader;
  readonly format: Pick<MessageFormat, 'summarise'>;
  readonly identifiers: Identifiers;
  readonly clock: Clock;
  readonly log: Log;
}

/** One transaction's worth: bounded so that a backlog cannot eat memory. */
export const BATCH_RECORDS = 200;
export const BATCH_BYTES = 32 * 1024 * 1024;
/** Messages above this are listed without being parsed. Unit: bytes. */
export const PARSE_LIMIT = 64 * 1024 * 1024;

export interface Ingest {
  /**
   * Reads what is new in every segment and turns it into rows, idempotently: rows and cursor are one transaction, and a
   * record that has its row already is left alone. Returns how many records were read; 0 means that nothing waits.
   */
  once(): Promise<number>;
}

export function createIngest(ports: IngestPorts): Ingest {
  // Closed segments that were read to their end never change again: they are not opened at every turn.
  const finished = new Set<string>();

  async function readSegment(from: SpoolPosition, closed: boolean): Promise<number> {
    const batch = await ports.reader.read(from, { records: BATCH_RECORDS, bytes: BATCH_BYTES });
    for (const alarm of batch.alarms) {
      ports.log.error('spool alarm', { ...alarm });
      await ports.database.acrossOrganisations((system) =>
        system.ingest.recordAlarm(alarm, ports.clock.now()),
      );
    }
    if (batch.next.offset === from.offset) {
      if (closed) finished.add(nameOf(from));
      return 0;
    }
    const messages = await ingestedMessages(ports, batch.records);
    await ports.database.acrossOrganisations((system) => system.ingest.apply(messages, batch.next));
    return batch.records.length;
  }

  return {
    async once() {
      const segments = await ports.reader.segments();
      const positions = await ports.database.acrossOrganisations((system) =>
        system.ingest.positions(),
      );
      const known = new Map(positions.map((position) => [nameOf(position), position]));
      let records = 0;
      let failure: unknown = null;
      for (const { instance, segment, closed } of segments) {
        const start = { instance, segment, offset: 0 };
        if (finished.has(nameOf(start))) continue;
        try {
          records += await readSegment(known.get(nameOf(start)) ?? start, closed);
        } catch (error) {
          if (error instanceof DatabaseUnavailableError) throw error;
          // One segment that cannot be taken in must not stop the others; it is told and tried again.
          failure = error;
        }
      }
      if (failure !== null) throw failure;
      return records;
    },
  };
}

function nameOf({ instance, segment }: Pick<SpoolPosition, 'instance' | 'segment'>): string {
  return `${instance}/${segment}`;
}

async function ingestedMessages(
  ports: IngestPorts,
  records: readonly SpooledRecord[],
): Promise<IngestedMessage[]> {
  const messages: IngestedMessage[] = [];
  for (const record of records) {
    const summary = await summarise(ports, record);
    for (const organisationId of organisationsOf(record)) {
      messages.push(await forOrganisation(ports, record, organisationId, summary));
    }
  }
  return messages;
}

/** One message row per record and organisation; mail that leaves belongs to its sender's organisation. */
function organisationsOf(record: SpooledRecord): readonly string[] {
  if (isOutbound(record)) return [record.organisationId];
  const inside = record.envelope.recipients.flatMap((recipient) => recipient.organisationId ?? []);
  return [...new Set(inside)];
}

function isOutbound(record: SpooledRecord): boolean {
  switch (record.origin) {
    case 'submission':
    case 'notice':
    case 'bounce':
      return true;
    case 'inbound':
    case 'seed':
      return false;
  }
}

async function summarise(ports: IngestPorts, record: SpooledRecord): Promise<MessageSummary> {
  if (record.size > PARSE_LIMIT) return unread('(message too large to preview)');
  try {
    return await ports.format.summarise(await record.body(PARSE_LIMIT));
  } catch (error) {
    // Whatever the content is, the message is accepted and has to be relayed: a preview is not worth a stop.
    ports.log.warn('message could not be summarised', { id: record.id, error: String(error) });
    return unread('(message could not be read)');
  }
}

function unread(subject: string): MessageSummary {
  return {
    messageId: null,
    inReplyTo: null,
    references: [],
    subject,
    from: null,
    to: [],
    cc: [],
    sentAt: null,
    preview: '',
    attachments: 0,
  };
}

async function forOrganisation(
  ports: IngestPorts,
  record: SpooledRecord,
  organisationId: string,
  summary: MessageSummary,
): Promise<IngestedMessage> {
  const recipients = record.envelope.recipients.filter(
    (recipient) => isOutbound(record) || recipient.organisationId === organisationId,
  );
  const items = await viewsOf(ports, record, organisationId, recipients);
  return {
    message: {
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
    },
    deliveries: recipients.map((recipient) => ({
      id: ports.identifiers.uuid(),
      recipient: recipient.address,
      // Mail to a colleague goes to the tenant and never to a server outside.
      route: recipient.organisationId === null ? ('remote' as const) : ('primary' as const),
      state: recipient.verdict === 'quarantine' ? ('quarantined' as const) : ('queued' as const),
      hold: null,
      dueAt: recipient.verdict === 'quarantine' ? null : (record.notBefore ?? record.acceptedAt),
      verdict: recipient.verdict,
      verdictReason: recipient.reason,
      reply: recipient.verdict === 'quarantine' ? `quarantined: ${recipient.reason}` : null,
    })),
    items,
    submission: record.submission,
  };
}

/** Which emergency mailboxes show the message: protected recipients, protected members of groups, and the sender. */
async function viewsOf(
  ports: IngestPorts,
  record: SpooledRecord,
  organisationId: string,
  recipients: readonly EnvelopeRecipient[],
): Promise<IngestedMessage['items']> {
  const inside = recipients.filter(
    (recipient) => recipient.organisationId === organisationId && shows(recipient.verdict),
  );
  return ports.database.withinOrganisation(organisationId, async ({ directory }) => {
    const views = new Map<string, IngestedMessage['items'][number]>();
    const add = (
      userId: string,
      folder: MailFolder,
      viaGroup: string | null,
      isRead: boolean,
    ): void => {
      if (!views.has(userId))
        views.set(userId, { id: ports.identifiers.uuid(), userId, folder, isRead, viaGroup });
    };
    if (record.submission !== null) add(record.submission.userId, 'sent', null, true);
    const groups: { readonly group: DirectoryRecord; readonly verdict: Verdict }[] = [];
    for (const recipient of inside) {
      const object =
        (await directory.findByAddress(recipient.address)) ??
        (await directory.findByAddress(withoutSubaddress(recipient.address)));
      if (object === null) continue;
      if (object.protected) add(object.id, folderFor(recipient.verdict), null, false);
      else if (object.kind === 'group' || object.kind === 'dynamic-group')
        groups.push({ group: object, verdict: recipient.verdict });
    }
    if (groups.length > 0) {
      const members = await directory.membersOf(groups.map(({ group }) => group.primaryAddress));
      for (const { group, verdict } of groups) {
        const users = await directory.getMany(members.get(group.primaryAddress) ?? []);
        for (const user of users)
          if (user.protected) add(user.id, folderFor(verdict), group.displayName, false);
      }
    }
    return [...views.values()];
  });
}

function shows(verdict: Verdict): boolean {
  return verdict !== 'quarantine' && verdict !== 'reject';
}

function folderFor(verdict: Verdict): MailFolder {
  return verdict === 'junk' ? 'junk' : 'inbox';
}
