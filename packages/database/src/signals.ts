import { sql } from './drizzle.ts';
import { DatabaseUnavailableError, type Signal } from '@holdfast/application';
import { connect } from './connect.ts';
import type { Transaction } from './transaction.ts';

const CHANNEL = 'holdfast_signals';
/** PostgreSQL takes at most 8,000 bytes in one NOTIFY; a hundred uuids stay below 4,000. */
const USERS_PER_SIGNAL = 100;

/** Sent when the transaction commits; not at all when it rolls back. */
export async function sendSignal(transaction: Transaction, signal: Signal): Promise<void> {
  for (const part of split(signal)) {
    await transaction.execute(sql`select pg_notify(${CHANNEL}, ${JSON.stringify(part)})`);
  }
}

function split(signal: Signal): readonly Signal[] {
  if (signal.channel !== 'mailbox') return [signal];
  const parts: Signal[] = [];
  for (let from = 0; from < signal.userIds.length; from += USERS_PER_SIGNAL) {
    parts.push({ ...signal, userIds: signal.userIds.slice(from, from + USERS_PER_SIGNAL) });
  }
  return parts;
}

/**
 * Listens on a connection of its own and reconnects by itself. What was said while it was away is lost, so a
 * reconnection is told as a signal on the two channels that carry no content.
 *
 * @throws DatabaseUnavailableError when the first connection fails
 */
export async function listenForSignals(
  url: string,
  heard: (signal: Signal) => void,
): Promise<() => Promise<void>> {
  const client = connect(url, 1);
  let listening = false;
  const welcome = (): void => {
    if (listening) {
      heard({ channel: 'deliveries' });
      heard({ channel: 'snapshot' });
    }
    listening = true;
  };
  try {
    await client.listen(CHANNEL, (payload) => heard(readSignal(payload)), welcome);
  } catch (error) {
    await client.end({ timeout: 1 });
    throw new DatabaseUnavailableError(error);
  }
  return () => client.end({ timeout: 1 });
}

/** Only `sendSignal` writes to the channel, and it writes signals. */
function readSignal(payload: string): Signal {
  return JSON.parse(payload) as Signal;
}
