import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { QueuedDelivery, TraceCursor, TraceQuery } from '../records/queue.ts';

export interface TracePageReading {
  readonly rows: readonly QueuedDelivery[];
  readonly next: TraceCursor | null;
}

/** Accepted messages, newest first, one row for each recipient. What was refused at the door was never stored. */
export async function traceMessages(
  ports: Pick<Ports, 'database'>,
  actor: Actor,
  query: TraceQuery,
): Promise<TracePageReading> {
  const { rows, more } = await ports.database.withinOrganisation(
    actor.organisationId,
    ({ traces }) => traces.page(query),
  );
  const last = rows.at(-1)?.delivery;
  if (!more || last === undefined) return { rows, next: null };
  const { acceptedAt, messageId, id } = last;
  return { rows, next: { acceptedAt, messageId, id } };
}
