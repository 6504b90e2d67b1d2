import { placedWords, type PlacedWord } from '@holdfast/domain';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { MailParty, MessageFormat, SearchableMessage } from '../ports/message-parser.ts';
import { DatabaseUnavailableError, type Database } from '../ports/database.ts';
import type { LinkedMessage } from '../ports/repositories/conversation-repository.ts';
import type { IndexedText } from '../ports/repositories/search-repository.ts';
import type { SpooledRecord, SpoolPosition, SpoolReader } from '../ports/spool.ts';
import { tieReports } from './tie-reports.ts';

/** Read and indexed at once. */
const BATCH_RECORDS = 100;
const BATCH_BYTES = 8 * 1024 * 1024;
/** Bytes; of a larger message only what ingest has kept is searched. */
const SEARCHED_LIMIT = 16 * 1024 * 1024;

export interface IndexPorts {
  readonly database: Database;
  readonly reader: Pick<SpoolReader, 'read'>;
  readonly format: Pick<MessageFormat, 'searchable' | 'report'>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface IndexTurn {
  readonly records: number;
  /** Age of what was indexed last while more waits; 0 when the index has everything. Unit: milliseconds. */
  readonly lag: number;
}

/**
 * Takes the next records of every segment into the search index, as far as ingest has committed them: whatever order
 * transactions end in, a segment is read to its end, so that none is passed over.
 */
export async function indexMessages(ports: IndexPorts): Promise<IndexTurn> {
  const behind = await ports.database.acrossOrganisations(({ search }) => search.behind());
  let records = 0;
  let oldest = Number.POSITIVE_INFINITY;
  for (const { instance, segment, from, to } of behind) {
    const batch = await ports.reader.read(
      { instance, segment, offset: from },
      { records: BATCH_RECORDS, bytes: BATCH_BYTES },
    );
    const committed = batch.records.filter(
      ({ reference }) => reference.offset + reference.length <= to,
    );
    const last = committed.at(-1);
    const isWhole = committed.length === batch.records.length;
    const reached = isWhole ? batch.next.offset : endOf(last, from);
    // Nothing to be read where ingest has been: the bytes are damaged or gone, and cannot be searched.
    const offset = reached === from ? to : Math.min(reached, to);
    await write(ports, committed, { instance, segment, offset });
    records += committed.length;
    if (offset < to && last !== undefined) oldest = Math.min(oldest, last.acceptedAt);
  }
  return { records, lag: oldest === Number.POSITIVE_INFINITY ? 0 : ports.clock.now() - oldest };
}

function endOf(record: SpooledRecord | undefined, from: number): number {
  return record === undefined ? from : record.reference.offset + record.reference.length;
}

async function write(
  ports: IndexPorts,
  records: readonly SpooledRecord[],
  next: SpoolPosition,
): Promise<void> {
  const texts: (IndexedText & LinkedMessage)[] = [];
  for (const record of records) texts.push(...(await textsOf(ports, record)));
  await joinConversations(ports, texts);
  await tieReports(ports, records);
  try {
    await ports.database.acrossOrganisations(({ search }) => search.index(texts, next));
  } catch (error) {
    if (error instanceof DatabaseUnavailableError) throw error;
    // A search that does not find these is better than one that finds nothing from here on.
    ports.log.error('messages cannot be searched: the index refuses them', {
      ids: records.map(({ id }) => id),
      error: String(error),
    });
    await ports.database.acrossOrganisations(({ search }) => search.index([], next));
  }
}

/** In a transaction of its own: a mailbox that lists a conversation as two is better than one that finds nothing. */
async function joinConversations(
  ports: IndexPorts,
  messages: readonly LinkedMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  try {
    await ports.database.acrossOrganisations(({ conversations }) =>
      conversations.join(messages, ports.clock.now()),
    );
  } catch (error) {
    if (error instanceof DatabaseUnavailableError) throw error;
    ports.log.warn('conversations could not be joined', { error: String(error) });
  }
}

async function textsOf(
  ports: IndexPorts,
  record: SpooledRecord,
): Promise<readonly (IndexedText & LinkedMessage)[]> {
  if (record.size > SEARCHED_LIMIT) return [];
  const searchable = await searchableOf(ports, record);
  if (searchable === null) return [];
  const organisations = new Set([
    record.organisationId,
    ...record.envelope.recipients.flatMap(({ organisationId }) => organisationId ?? []),
  ]);
  const { summary } = searchable;
  const words = {
    subject: placedWords(summary.subject),
    from: wordsOfPeople(summary.from === null ? [] : [summary.from]),
    to: wordsOfPeople([...summary.to, ...summary.cc]),
    text: placedWords(searchable.text),
    file: placedWords(searchable.fileNames.join(' ')),
    hasAttachment: summary.attachments > 0,
  };
  return [...organisations].map((organisationId) => ({
    acceptedAt: record.acceptedAt,
    organisationId,
    messageId: record.id,
    links: summary,
    ...words,
  }));
}

function wordsOfPeople(people: readonly MailParty[]): readonly PlacedWord[] {
  return placedWords(people.map(({ name, address }) => `${name} ${address}`).join(' '));
}

async function searchableOf(
  ports: IndexPorts,
  record: SpooledRecord,
): Promise<SearchableMessage | null> {
  try {
    return await ports.format.searchable(await record.body(SEARCHED_LIMIT));
  } catch (error) {
    ports.log.debug('message cannot be searched', { id: record.id, error: String(error) });
    return null;
  }
}
