import type { MessageReading } from '@holdfast/application';
import { contentWords } from '@holdfast/domain';
import { iso } from './output.ts';

/** What `queue inspect --json` prints: no content, and of the headers only those that name the message. */
export function inspectionValue({ message, deliveries, record, bytesMissing }: MessageReading) {
  const { summary } = message;
  return {
    id: message.id,
    origin: message.origin,
    acceptedAt: iso(message.acceptedAt),
    size: message.size,
    envelope: {
      from: message.envelopeFrom,
      client: record?.envelope.client ?? { ip: message.clientIp, helo: null, tls: null },
      authentication: record?.envelope.authentication ?? null,
      content: record?.envelope.content ?? [],
      senderAuthenticated: message.senderAuthenticated,
    },
    headers: {
      from: summary.from,
      to: summary.to,
      cc: summary.cc,
      subject: summary.subject,
      date: summary.sentAt === null ? null : iso(summary.sentAt),
      messageId: summary.messageId,
    },
    bytes: {
      ...message.reference,
      class: record?.class ?? null,
      missing: bytesMissing,
    },
    recipients: deliveries.map(({ delivery, replyClass, attempts, actions }) => ({
      id: delivery.id,
      recipient: delivery.recipient,
      route: delivery.route,
      state: delivery.state,
      hold: delivery.hold,
      why: replyClass,
      verdict: delivery.verdict,
      verdictReason: delivery.verdictReason,
      dueAt: delivery.dueAt === null ? null : iso(delivery.dueAt),
      reply: delivery.reply,
      attempts: attempts.map(({ attempt, at, state, host, reply, tls }) => {
        return { attempt, at: iso(at), state, host, reply, tls };
      }),
      actions: actions.map(({ at, actor, command, state, reason }) => {
        return { at: iso(at), actor, command, state, reason };
      }),
    })),
  };
}

export function inspectionLines(reading: MessageReading): readonly string[] {
  const value = inspectionValue(reading);
  const { client } = value.envelope;
  return [
    `${value.id}, accepted ${value.acceptedAt}, ${value.size} bytes`,
    `From ${value.envelope.from === '' ? '<>' : value.envelope.from} by ${client.ip}${client.helo === null ? '' : ` (${client.helo})`}, ${client.tls ?? 'no TLS'}`,
    `Authentication: ${(value.envelope.authentication ?? 'not evaluated').replace(/\s+/g, ' ')}`,
    ...value.envelope.content
      .map(contentWords)
      .flatMap((words) => (words === null ? [] : [`Content: ${printable(words)}`])),
    `Subject: ${printable(value.headers.subject)}`,
    `Message-ID: ${value.headers.messageId ?? 'none'}`,
    value.bytes.missing === null
      ? `Bytes: ${value.bytes.instance}/${value.bytes.segment} at ${value.bytes.offset}`
      : `Bytes are MISSING: ${value.bytes.missing}`,
    ...value.recipients.flatMap((recipient) => [
      '',
      `${recipient.id}  ${recipient.recipient}  ${recipient.state}${recipient.hold === null ? '' : ` (${recipient.hold})`}`,
      `  verdict ${recipient.verdict}: ${recipient.verdictReason}`,
      ...recipient.attempts.map(
        ({ attempt, at, host, reply }) =>
          `  ${at}  attempt ${attempt} at ${host ?? 'no host'}: ${reply}`,
      ),
      ...recipient.actions.map(
        ({ at, actor, command, reason }) =>
          `  ${at}  ${command} by ${actor}${reason === null ? '' : `: ${reason}`}`,
      ),
    ]),
  ].map(printable);
}

/** A sender's text must not move the cursor of an administrator's terminal. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD');
}
