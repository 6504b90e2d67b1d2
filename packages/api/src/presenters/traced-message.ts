import type { DeliveryHistory, MessageReading } from '@holdfast/application';
import type { TracedMessage } from '@holdfast/contracts';
import { contentWords, possibleCommands } from '@holdfast/domain';
import { toIso, toIsoOrNull } from './instant.ts';
import { openStateOf } from './queue.ts';

/** Of the headers only those that name the message, of the content nothing: the preview stays here, too. */
export function presentTracedMessage(reading: MessageReading): TracedMessage {
  const { message, deliveries, record, bytesMissing } = reading;
  const { summary, reference, origin } = message;
  return {
    id: message.id,
    direction: origin === 'inbound' || origin === 'seed' ? 'inbound' : 'outbound',
    acceptedAt: toIso(message.acceptedAt),
    size: message.size,
    sender: message.envelopeFrom,
    client: {
      ip: message.clientIp,
      helo: record?.envelope.client.helo ?? null,
      tls: record?.envelope.client.tls ?? null,
    },
    authentication: record?.envelope.authentication ?? null,
    content: (record?.envelope.content ?? []).map(contentWords).filter((words) => words !== null),
    senderAuthenticated: message.senderAuthenticated,
    headers: {
      from: summary.from,
      to: summary.to,
      cc: summary.cc,
      subject: summary.subject,
      date: toIsoOrNull(summary.sentAt),
      messageId: summary.messageId,
    },
    bytes: {
      place: `${reference.instance}/${reference.segment} @ ${reference.offset}`,
      class: record?.class ?? null,
      missing: bytesMissing,
    },
    recipients: deliveries.map(presentRecipient),
  };
}

function presentRecipient(history: DeliveryHistory): TracedMessage['recipients'][number] {
  const { delivery, replyClass, attempts, actions } = history;
  return {
    id: delivery.id,
    recipient: delivery.recipient,
    route: delivery.route,
    state: delivery.state,
    queueState: openStateOf(delivery),
    hold: delivery.hold,
    reason: replyClass ?? 'not-tried',
    verdict: delivery.verdict,
    verdictReason: delivery.verdictReason,
    dueAt: toIsoOrNull(delivery.dueAt),
    reply: delivery.reply,
    changedAt: toIso(delivery.updatedAt),
    commands: possibleCommands(delivery),
    attempts: attempts.map(({ attempt, at, state, host, reply, tls }) => {
      return { attempt, at: toIso(at), state, host, reply, tls };
    }),
    actions: actions.map(({ at, actor, command, state, reason }) => {
      return { at: toIso(at), actor, command, state, reason };
    }),
  };
}
