import type { IngestedMessage, MessageRecord, MessageSummary } from '@holdfast/application';
import { TEST_EPOCH } from './hand-turned-clock.ts';
import { idOf } from './sequential-identifiers.ts';

export function aSummary(change: Partial<MessageSummary> = {}): MessageSummary {
  return {
    messageId: '<order-1@shop.example>',
    inReplyTo: null,
    references: [],
    subject: 'Your order',
    from: { name: 'Shop', address: 'orders@shop.example' },
    to: [{ name: 'Megan Bowen', address: 'megan@contoso.example' }],
    cc: [],
    sentAt: TEST_EPOCH,
    preview: 'Thank you for your order.',
    attachments: 0,
    ...change,
  };
}

export function aMessage(change: Partial<MessageRecord> = {}): MessageRecord {
  return {
    id: idOf(0x3e55),
    organisationId: idOf(0xc0),
    acceptedAt: TEST_EPOCH,
    origin: 'inbound',
    reference: { instance: 'mx-1', segment: 'copy-0001', offset: 0, length: 4096 },
    size: 4000,
    envelopeFrom: 'orders@shop.example',
    clientIp: '192.0.2.7',
    bodyType: '8BITMIME',
    smtpUtf8: false,
    senderAuthenticated: true,
    summary: aSummary(),
    ...change,
  };
}

/** One queued delivery to the tenant per recipient, due at once; no view in a mailbox. Ids follow from the message's. */
export function anIngestedMessage(
  change: Partial<MessageRecord> & {
    readonly recipients?: readonly string[];
    readonly items?: IngestedMessage['items'];
    readonly submission?: IngestedMessage['submission'];
    readonly route?: IngestedMessage['deliveries'][number]['route'];
  } = {},
): IngestedMessage {
  const {
    recipients = ['megan@contoso.example'],
    items = [],
    submission = null,
    route = 'primary',
    ...rest
  } = change;
  const message = aMessage(rest);
  return {
    message,
    deliveries: recipients.map((recipient, position) => ({
      id: `${message.id.slice(0, 14)}7d${position.toString(16).padStart(2, '0')}${message.id.slice(18)}`,
      recipient,
      route,
      state: 'queued',
      hold: null,
      dueAt: message.acceptedAt,
      verdict: 'deliver',
      verdictReason: 'clean',
      reply: null,
    })),
    items,
    submission,
    drillId: null,
    shownFrom: message.acceptedAt,
  };
}
