import type {
  CommandedDeliveries,
  QueueActionRecord,
  QueuedDelivery,
  QueuePageReading,
  readSpoolAlarms,
  TracePageReading,
} from '@holdfast/application';
import type {
  CommandResult,
  QueueActionView,
  QueuePage,
  QueueRow,
  SpoolAlarmView,
  TracePage,
} from '@holdfast/contracts';
import { isTerminal, possibleCommands, queueStateOf, type QueueState } from '@holdfast/domain';
import { toIso, toIsoOrNull } from './instant.ts';
import { presentQueueCursor, presentTraceCursor } from './queue-cursor.ts';

export function presentQueuePage(reading: QueuePageReading): QueuePage {
  return {
    rows: reading.rows.map(presentQueued),
    total: reading.total,
    previous: presentQueueCursor(reading.previous),
    next: presentQueueCursor(reading.next),
    counts: reading.counts.map((count) => ({ ...count, oldest: toIso(count.oldest) })),
    action: reading.action === null ? null : presentQueueAction(reading.action),
  };
}

export function presentQueued(row: QueuedDelivery): QueueRow {
  const { delivery } = row;
  return {
    id: delivery.id,
    messageId: delivery.messageId,
    sender: row.sender,
    from: row.from?.address ?? null,
    recipient: delivery.recipient,
    subject: row.subject,
    size: row.size,
    direction: row.direction,
    route: delivery.route,
    state: delivery.state,
    queueState: openStateOf(delivery),
    reason: row.replyClass ?? 'not-tried',
    verdict: delivery.verdict,
    verdictReason: delivery.verdictReason,
    attempts: delivery.attempts,
    reply: delivery.reply,
    acceptedAt: toIso(delivery.acceptedAt),
    dueAt: toIsoOrNull(delivery.dueAt),
    changedAt: toIso(delivery.updatedAt),
    commands: possibleCommands(delivery),
  };
}

export function openStateOf({
  state,
  hold,
}: Pick<QueuedDelivery['delivery'], 'state' | 'hold'>): QueueState | null {
  return isTerminal(state) ? null : queueStateOf(state, hold);
}

function presentQueueAction(action: QueueActionRecord): QueueActionView {
  const { id, command, requestedBy, requestedAt, state, expected, changed, refused } = action;
  return {
    id,
    command,
    requestedBy,
    requestedAt: toIso(requestedAt),
    state,
    expected,
    changed,
    refused,
  };
}

export function presentCommanded(commanded: CommandedDeliveries): CommandResult {
  return {
    changed: commanded.changed,
    refused: commanded.refused.map(({ refusal, count }) => ({ reason: refusal, count })),
    allowed: commanded.allowed,
    action: commanded.action === null ? null : presentQueueAction(commanded.action),
  };
}

export function presentSpoolAlarm({
  kind,
  instance,
  segment,
  offset,
  at,
}: Awaited<ReturnType<typeof readSpoolAlarms>>[number]): SpoolAlarmView {
  return { kind, place: `${instance}/${segment} @ ${offset}`, at: toIso(at) };
}

export function presentTracePage({ rows, next }: TracePageReading): TracePage {
  return { rows: rows.map(presentQueued), next: presentTraceCursor(next) };
}
