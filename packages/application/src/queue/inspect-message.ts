import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { SpooledRecord } from '../ports/spool.ts';
import type { MessageHistory } from '../records/queue.ts';
import { Refusal } from '../refusal.ts';

export interface MessageReading extends MessageHistory {
  /** What reception wrote down beside the bytes; null when the record is no longer where the row says. */
  readonly record: SpooledRecord | null;
  /** Why the bytes cannot be read, in words for an administrator; null when they lie where the row says. */
  readonly bytesMissing: string | null;
}

/**
 * Everything about a message but its content: envelope, verdict, every recipient with every attempt and action, and
 * where its bytes are. By the id of the message or of one of its deliveries. Refuses: `queue.unknown`.
 */
export async function inspectMessage(
  ports: Pick<Ports, 'database' | 'reader' | 'log'>,
  actor: Actor,
  input: { readonly id: string },
): Promise<MessageReading> {
  const history = await ports.database.withinOrganisation(actor.organisationId, ({ queue }) =>
    queue.history(input.id),
  );
  if (history === null) {
    throw new Refusal(
      'queue.unknown',
      'There is no such message. It may be older than the time that traces are kept.',
    );
  }
  return { ...history, ...(await readRecord(ports, history)) };
}

async function readRecord(
  ports: Pick<Ports, 'reader' | 'log'>,
  { message }: MessageHistory,
): Promise<Pick<MessageReading, 'record' | 'bytesMissing'>> {
  const { reference } = message;
  const from = {
    instance: reference.instance,
    segment: reference.segment,
    offset: reference.offset,
  };
  try {
    const { records, alarms } = await ports.reader.read(from, {
      records: 1,
      bytes: reference.length,
    });
    const [record] = records;
    if (record === undefined || record.id !== message.id) {
      return { record: null, bytesMissing: alarms[0]?.detail ?? 'not where its row says' };
    }
    const missing = alarms.find(({ offset }) => offset === reference.offset);
    return { record, bytesMissing: missing?.detail ?? null };
  } catch (error) {
    ports.log.warn('a record could not be read', { id: message.id, error: String(error) });
    return { record: null, bytesMissing: 'the spool cannot be read from here' };
  }
}
