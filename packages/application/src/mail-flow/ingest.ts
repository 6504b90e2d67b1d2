import type { IngestedMessage } from '../records/mail.ts';
import type { Clock } from '../ports/clock.ts';
import type { Identifiers } from '../ports/identifiers.ts';
import type { Log } from '../ports/log.ts';
import type { MessageFormat, MessageSummary } from '../ports/message-parser.ts';
import { DatabaseUnavailableError, type Database } from '../ports/database.ts';
import {
  type SpoolMove,
  SpoolPositionMovedError,
} from '../ports/repositories/ingest-repository.ts';
import type { SpoolAlarm, SpoolBatch, SpooledRecord, SpoolReader } from '../ports/spool.ts';
import { addressesToLookUp, ingestedMessages } from './ingested-message.ts';
import { createKnownReaders, type KnownReaders } from './known-readers.ts';
import {
  createSpoolSegments,
  nameOf,
  type OpenSegment,
  type SpoolSegments,
} from './spool-segments.ts';

export interface IngestPorts {
  readonly database: Database;
  readonly reader: SpoolReader;
  readonly format: Pick<MessageFormat, 'summarise'>;
  readonly identifiers: Identifiers;
  readonly clock: Clock;
  readonly log: Log;
}

/** One transaction's worth: bounded so that a backlog cannot eat memory. */
export const BATCH_RECORDS = 500;
export const BATCH_BYTES = 32 * 1024 * 1024;
/** Every segment with something new gets this much of a batch, however long the others' backlog is. */
const SHARE_RECORDS = 25;
/** Batches of one turn; a backlog takes many turns, and a stop waits for one. */
const BATCHES_PER_TURN = 8;
/** Messages above this are listed without being parsed. Unit: bytes. */
export const PARSE_LIMIT = 64 * 1024 * 1024;

export interface IngestTurn {
  /** Records that have their rows now; 0 means that nothing waits. */
  readonly records: number;
  /** Durable bytes that wait still. */
  readonly waitingBytes: number;
  /** Age of the newest record when its rows were written; 0 when there was none. Unit: milliseconds. */
  readonly lag: number;
  /** Records of the largest batch. */
  readonly batch: number;
}

export interface Ingest {
  /**
   * Reads what is new in every segment and turns it into rows, idempotently: rows and cursor are one transaction, and a
   * record that has its row already is left alone.
   */
  once(): Promise<IngestTurn>;
  /** The directory or somebody's protection has changed. */
  directoryChanged(): void;
  /** A segment may have been begun. */
  spoolChanged(): void;
  /** Instances that may be appended to, as of the last turn. */
  liveInstances(): readonly string[];
}

/** What one segment gave to a batch. */
interface Portion {
  readonly from: number;
  readonly read: SpoolBatch;
}

interface Batch {
  readonly portions: readonly Portion[];
  readonly messages: ReadonlyMap<SpooledRecord, readonly IngestedMessage[]>;
}

export function createIngest(ports: IngestPorts): Ingest {
  const segments = createSpoolSegments(ports);
  const readers = createKnownReaders(ports);
  const told = new Set<string>();

  async function turn(): Promise<IngestTurn> {
    const open = await segments.open();
    let seen = { records: 0, waitingBytes: 0, lag: 0, batch: 0 };
    let writing: Promise<number> | null = null;
    for (let round = 0; round < BATCHES_PER_TURN; round += 1) {
      const portions = await readPortions(ports, segments, open, round, told);
      if (portions.length === 0) break;
      const batch = await prepare(ports, readers, portions);
      // The next batch is read and parsed while the database writes this one.
      const lag = await (writing ?? 0);
      writing = write(ports, batch);
      writing.catch(() => undefined);
      const records = batch.messages.size;
      seen = {
        records: seen.records + records,
        waitingBytes: portions.reduce((sum, { read }) => sum + read.waiting, 0),
        lag: Math.max(seen.lag, lag),
        batch: Math.max(seen.batch, records),
      };
      // Whatever has been appended since is left to gather for the next turn.
      if (seen.waitingBytes === 0) break;
    }
    return { ...seen, lag: Math.max(seen.lag, await (writing ?? 0)) };
  }

  return {
    async once() {
      try {
        return await turn();
      } catch (error) {
        segments.restart();
        readers.forget();
        throw error;
      }
    },
    directoryChanged: () => readers.forget(),
    spoolChanged: () => segments.listAgain(),
    liveInstances: () => segments.live(),
  };
}

/** One share for each segment, the first of them another one every round, until the batch is full. */
async function readPortions(
  ports: IngestPorts,
  segments: SpoolSegments,
  open: readonly OpenSegment[],
  round: number,
  told: Set<string>,
): Promise<readonly Portion[]> {
  const portions: Portion[] = [];
  let records = BATCH_RECORDS;
  let bytes = BATCH_BYTES;
  const start = open.length === 0 ? 0 : round % open.length;
  const inTurn = [...open.slice(start), ...open.slice(0, start)];
  for (const [position, segment] of inTurn.entries()) {
    if (records <= 0 || bytes <= 0) break;
    const others = inTurn.slice(position + 1).filter(({ busy }) => busy).length;
    const share = Math.max(SHARE_RECORDS, records - others * SHARE_RECORDS);
    const from = segment.offset;
    const read = await ports.reader.read(
      { instance: segment.instance, segment: segment.segment, offset: from },
      { records: share, bytes },
    );
    await tell(ports, read.alarms, told);
    segment.busy = read.next.offset !== from;
    if (!segment.busy) {
      if (segment.complete && read.waiting === 0 && read.alarms.length === 0)
        segments.finish(segment);
      continue;
    }
    segment.offset = read.next.offset;
    portions.push({ from, read });
    records -= read.records.length;
    bytes -= read.next.offset - from;
  }
  return portions;
}

/** Each alarm once: a segment that cannot be read is met at every turn. */
async function tell(
  ports: IngestPorts,
  alarms: readonly SpoolAlarm[],
  told: Set<string>,
): Promise<void> {
  for (const alarm of alarms) {
    const name = `${nameOf(alarm)} ${alarm.offset} ${alarm.kind}`;
    if (told.has(name)) continue;
    ports.log.error('spool alarm', { ...alarm });
    await ports.database.acrossOrganisations((system) =>
      system.ingest.recordAlarm(alarm, ports.clock.now()),
    );
    told.add(name);
  }
}

async function prepare(
  ports: IngestPorts,
  readers: KnownReaders,
  portions: readonly Portion[],
): Promise<Batch> {
  const records = portions.flatMap(({ read }) => read.records);
  const readersOf = await readers.of(records.flatMap(addressesToLookUp));
  const messages = new Map<SpooledRecord, readonly IngestedMessage[]>();
  for (const record of records) {
    const summary = await summarise(ports, record);
    messages.set(record, ingestedMessages(record, summary, readersOf, ports.identifiers));
  }
  return { portions, messages };
}

async function summarise(ports: IngestPorts, record: SpooledRecord): Promise<MessageSummary> {
  if (record.size > PARSE_LIMIT) return unread('(message too large to preview)');
  if (record.erased) return unread('(erased)');
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

/** Resolves with the age of the newest record, in milliseconds. */
async function write(ports: IngestPorts, batch: Batch): Promise<number> {
  const moves = batch.portions.map(({ from, read }) => ({ from, to: read.next }));
  try {
    await apply(ports, [...batch.messages.values()].flat(), moves);
  } catch (error) {
    if (error instanceof DatabaseUnavailableError || error instanceof SpoolPositionMovedError) {
      throw error;
    }
    ports.log.warn('a batch was refused and is written record by record', {
      error: String(error),
    });
    await writeEach(ports, batch);
  }
  const newest = [...batch.messages.keys()].reduce(
    (latest, { acceptedAt }) => Math.max(latest, acceptedAt),
    0,
  );
  return newest === 0 ? 0 : Math.max(0, ports.clock.now() - newest);
}

/** One record that the database refuses must stop neither the others of its batch nor the other segments. */
async function writeEach(ports: IngestPorts, batch: Batch): Promise<void> {
  let failure: unknown = null;
  for (const { from, read } of batch.portions) {
    let at = from;
    try {
      for (const [index, record] of read.records.entries()) {
        const isLast = index === read.records.length - 1;
        const end = isLast ? read.next.offset : record.reference.offset + record.reference.length;
        const move = { from: at, to: { ...read.next, offset: end } };
        await writeOne(ports, batch.messages.get(record) ?? [], move);
        at = end;
      }
      if (at !== read.next.offset) await apply(ports, [], [{ from: at, to: read.next }]);
    } catch (error) {
      if (error instanceof DatabaseUnavailableError) throw error;
      failure = error;
    }
  }
  if (failure !== null) throw failure;
}

async function writeOne(
  ports: IngestPorts,
  messages: readonly IngestedMessage[],
  move: SpoolMove,
): Promise<void> {
  try {
    await apply(ports, messages, [move]);
  } catch (error) {
    if (error instanceof DatabaseUnavailableError || error instanceof SpoolPositionMovedError) {
      throw error;
    }
    ports.log.error('a message is recorded without its summary, which the database refuses', {
      ids: messages.map(({ message }) => message.id),
      error: String(error),
    });
    const bare = messages.map((ingested) => ({
      ...ingested,
      message: { ...ingested.message, summary: unread('(message could not be recorded)') },
    }));
    await apply(ports, bare, [move]);
  }
}

async function apply(
  ports: IngestPorts,
  messages: readonly IngestedMessage[],
  moves: readonly SpoolMove[],
): Promise<void> {
  await ports.database.acrossOrganisations((system) => system.ingest.apply(messages, moves));
}
