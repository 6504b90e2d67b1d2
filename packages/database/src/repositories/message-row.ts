import type { DeliveryRecord, MessageRecord } from '@holdfast/application';
import type { deliveries, messages } from '../schema/mail.ts';

export function toMessage(row: typeof messages.$inferSelect): MessageRecord {
  const { id, organisationId, acceptedAt, origin, size, envelopeFrom, clientIp } = row;
  const { bodyType, smtpUtf8, senderAuthenticated, summary } = row;
  const { instance, segment, offset, length } = row;
  return {
    id,
    organisationId,
    acceptedAt,
    origin,
    reference: { instance, segment, offset, length },
    size,
    envelopeFrom,
    clientIp,
    bodyType,
    smtpUtf8,
    senderAuthenticated,
    summary,
  };
}

export function toDelivery(row: typeof deliveries.$inferSelect): DeliveryRecord {
  const {
    acceptedDay: _day,
    origin: _origin,
    replyClass: _class,
    leaseOwner,
    leaseUntil: _until,
    ...record
  } = row;
  // A lease is stored beside the state and shown in its place: while it lasts, nobody else decides.
  return leaseOwner === null ? record : { ...record, state: 'leased' };
}
