import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type {
  QueueActionRecord,
  QueueCount,
  QueueCursor,
  QueuedDelivery,
  QueueQuery,
} from '../records/queue.ts';

export interface QueuePageReading {
  readonly rows: readonly QueuedDelivery[];
  /** How many match the filter, on all pages together. */
  readonly total: number;
  readonly previous: QueueCursor | null;
  readonly next: QueueCursor | null;
  /** Of everything open, whatever the filter: why mail waits. */
  readonly counts: readonly QueueCount[];
  /** The last command on many, while it runs and after. */
  readonly action: QueueActionRecord | null;
}

/** One page of the open deliveries, sorted and filtered by the database. */
export async function listQueue(
  ports: Pick<Ports, 'database'>,
  actor: Actor,
  query: QueueQuery,
): Promise<QueuePageReading> {
  return ports.database.withinOrganisation(actor.organisationId, async ({ queue }) => {
    const { rows, more } = await queue.page(query);
    const [first] = rows;
    const last = rows.at(-1);
    const backwards = query.before !== null;
    const hasPrevious = backwards ? more : query.after !== null;
    const hasNext = backwards || more;
    return {
      rows,
      total: await queue.count(query),
      previous: hasPrevious && first !== undefined ? cursorOf(first, query) : null,
      next: hasNext && last !== undefined ? cursorOf(last, query) : null,
      counts: await queue.counts(),
      action: await queue.latestAction(),
    };
  });
}

export function cursorOf(
  { delivery }: QueuedDelivery,
  { sort }: Pick<QueueQuery, 'sort'>,
): QueueCursor {
  const { id } = delivery;
  switch (sort) {
    case 'accepted':
      return { value: delivery.acceptedAt, id };
    case 'due':
      return { value: delivery.dueAt, id };
    case 'attempts':
      return { value: delivery.attempts, id };
    case 'recipient':
      return { value: delivery.recipient, id };
  }
}
