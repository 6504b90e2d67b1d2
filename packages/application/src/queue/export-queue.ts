import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { QueuedDelivery, QueueQuery, TraceQuery } from '../records/queue.ts';
import { cursorOf } from './list-queue.ts';
import { traceMessages } from './trace-messages.ts';

/** Most rows of one export: a spreadsheet takes a million, a browser's download less patiently. */
export const MOST_EXPORTED = 100_000;
const PER_READ = 1000;

/** Everything that matches, page by page, so that an export of any length stays small in memory here. */
export async function* exportQueue(
  ports: Pick<Ports, 'database'>,
  actor: Actor,
  query: Omit<QueueQuery, 'limit' | 'after' | 'before'>,
): AsyncGenerator<readonly QueuedDelivery[]> {
  let after: QueueQuery['after'] = null;
  for (let exported = 0; exported < MOST_EXPORTED; exported += PER_READ) {
    const asked = { ...query, limit: PER_READ, after, before: null };
    const { rows, more } = await ports.database.withinOrganisation(
      actor.organisationId,
      ({ queue }) => queue.page(asked),
    );
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!more || last === undefined) return;
    after = cursorOf(last, query);
  }
}

/** The same of a trace, newest first. */
export async function* exportTrace(
  ports: Pick<Ports, 'database'>,
  actor: Actor,
  query: Omit<TraceQuery, 'limit' | 'after'>,
): AsyncGenerator<readonly QueuedDelivery[]> {
  let after: TraceQuery['after'] = null;
  for (let exported = 0; exported < MOST_EXPORTED; exported += PER_READ) {
    const { rows, next } = await traceMessages(ports, actor, { ...query, limit: PER_READ, after });
    if (rows.length > 0) yield rows;
    if (next === null) return;
    after = next;
  }
}
