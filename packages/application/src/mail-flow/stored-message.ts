import type { MessageRecord } from '../records/mail.ts';
import type { Database } from '../ports/database.ts';
import {
  MessageErasedError,
  MessageGoneError,
  type MessageStore,
  type StoreReference,
} from '../ports/spool.ts';

interface StoredMessagePorts {
  readonly database: Database;
  readonly store: MessageStore;
}

export type StoredMessage = Pick<
  MessageRecord,
  'id' | 'organisationId' | 'acceptedAt' | 'reference'
>;

/** The message as it leaves. Throws what the store throws. */
export function openStored(
  ports: StoredMessagePorts,
  message: StoredMessage,
): ReturnType<MessageStore['open']> {
  return whereItLies(ports, message, (reference) => ports.store.open(reference));
}

export function readStored(
  ports: StoredMessagePorts,
  message: StoredMessage,
  limit: number,
): Promise<Uint8Array> {
  return whereItLies(ports, message, (reference) => ports.store.read(reference, limit));
}

/** Retention may have moved the bytes since the row was read: then the row is read again, once. */
async function whereItLies<T>(
  ports: StoredMessagePorts,
  message: StoredMessage,
  work: (reference: StoreReference) => Promise<T>,
): Promise<T> {
  try {
    return await work(message.reference);
  } catch (error) {
    if (!(error instanceof MessageGoneError) || error instanceof MessageErasedError) throw error;
    const now = await ports.database.withinOrganisation(message.organisationId, ({ messages }) =>
      messages.reference(message),
    );
    if (now === null || isSame(now, message.reference)) throw error;
    return work(now);
  }
}

function isSame(a: StoreReference, b: StoreReference): boolean {
  return a.instance === b.instance && a.segment === b.segment && a.offset === b.offset;
}
