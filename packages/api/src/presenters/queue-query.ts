import type { DeliverySelection, QueueFilter, QueueQuery, TraceQuery } from '@holdfast/application';
import type {
  commandDeliveriesInput,
  queueFilter,
  queueInput,
  traceInput,
} from '@holdfast/contracts';
import { SECOND } from '@holdfast/domain';
import type { z } from 'zod';
import { readQueueCursor, readTraceCursor } from './queue-cursor.ts';

/** The questions of clients in the application's own terms. */
function readQueueFilter(input: z.output<typeof queueFilter>, now: number): QueueFilter {
  const { states, reasons, direction, search, sender, recipient, domain, olderThan } = input;
  return {
    states,
    reasons,
    direction,
    search,
    sender,
    recipient,
    domain,
    acceptedBefore: olderThan === null ? null : now - olderThan * SECOND,
  };
}

export function readQueueQuery(input: z.output<typeof queueInput>, now: number): QueueQuery {
  const { sort, descending, limit } = input;
  const after = readQueueCursor(input.after);
  return {
    ...readQueueFilter(input, now),
    sort,
    descending,
    limit,
    after,
    before: after === null ? readQueueCursor(input.before) : null,
  };
}

export function readSelection(
  selection: z.output<typeof commandDeliveriesInput>['selection'],
  now: number,
): DeliverySelection {
  switch (selection.kind) {
    case 'deliveries': {
      const keys = selection.deliveries.map(({ id, acceptedAt }) => {
        return { id, acceptedAt: Date.parse(acceptedAt) };
      });
      return { kind: 'deliveries', keys };
    }
    case 'matching':
      return { kind: 'matching', filter: readQueueFilter(selection.filter, now) };
  }
}

export function readTraceQuery(input: z.output<typeof traceInput>): TraceQuery {
  const { sender, recipient, subject, messageId, recordId, limit } = input;
  return {
    sender,
    recipient,
    subject,
    rfcMessageId: messageId,
    recordId,
    since: input.since === null ? null : Date.parse(input.since),
    until: input.until === null ? null : Date.parse(input.until),
    limit,
    after: readTraceCursor(input.after),
  };
}
