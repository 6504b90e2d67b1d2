import type { IngestedMessage } from '@holdfast/application';
import { createHash } from 'node:crypto';

/** A uuid of version 7 that the same name and time always give. */
export function idOf(at: number, name: string): string {
  const time = at.toString(16).padStart(12, '0');
  const hex = createHash('sha1').update(name).digest('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
}

export interface MadeMessage {
  readonly organisationId: string;
  readonly userId: string;
  readonly number: number;
  readonly acceptedAt: number;
  readonly origin: IngestedMessage['message']['origin'];
  readonly subject: string;
  readonly preview: string;
  readonly deliveries: IngestedMessage['deliveries'];
}

/** An ordinary message as ingest writes it, with one reader and bytes that nobody asks for. */
export function madeMessage(made: MadeMessage): IngestedMessage {
  const { organisationId, userId, number, acceptedAt, origin } = made;
  return {
    message: {
      id: idOf(acceptedAt, `message ${number}`),
      organisationId,
      acceptedAt,
      origin,
      reference: { instance: 'bench', segment: 'bench', offset: number, length: 1 },
      size: 4096,
      envelopeFrom: 'someone@outside.example',
      clientIp: '192.0.2.1',
      bodyType: '8BITMIME',
      smtpUtf8: false,
      senderAuthenticated: true,
      summary: {
        messageId: `<${number}@outside.example>`,
        inReplyTo: null,
        references: [],
        subject: made.subject,
        from: { name: 'Someone', address: 'someone@outside.example' },
        to: [{ name: 'Reader', address: 'reader@contoso.example' }],
        cc: [],
        sentAt: acceptedAt,
        preview: made.preview,
        attachments: 0,
      },
    },
    deliveries: made.deliveries,
    items: [
      {
        id: idOf(acceptedAt, `item ${number}`),
        userId,
        folder: 'inbox',
        isRead: false,
        isFlagged: false,
        viaGroup: null,
      },
    ],
    shownFrom: acceptedAt,
    submission: null,
    drillId: null,
  };
}
