import { sql } from '../drizzle.ts';
import type { LeasedDelivery } from '@holdfast/application';
import type { MxRecord } from '@holdfast/domain';

/** A leased delivery with its message and its domain; instants in milliseconds, as text. */
export interface LeasedRow extends Record<string, unknown> {
  readonly id: string;
  readonly message_id: string;
  readonly organisation_id: string;
  readonly accepted: string;
  readonly recipient: string;
  readonly route: LeasedDelivery['delivery']['route'];
  readonly attempts: number;
  readonly refusals: number;
  readonly reply: string | null;
  readonly origin: LeasedDelivery['message']['origin'];
  readonly instance: string;
  readonly segment: string;
  readonly offset: string;
  readonly length: string;
  readonly rfc_id: string | null;
  readonly envelope_from: string;
  readonly body_type: LeasedDelivery['message']['bodyType'];
  readonly smtp_utf8: boolean;
  readonly sender_authenticated: boolean;
  readonly mx: string | null;
}

export const LEASED_COLUMNS = sql`leased.id, leased.message_id, leased.organisation_id,
  (extract(epoch from leased.accepted_at) * 1000)::bigint::text as accepted,
  leased.recipient, leased.route, leased.attempts, leased.refusals, leased.reply,
  message.origin, message.instance, message.segment, message."offset"::text as "offset",
  message.length::text as length, message.message_id as rfc_id, message.envelope_from, message.body_type, message.smtp_utf8,
  message.sender_authenticated, domain.tenant_mx::text as mx`;

/** Most rows of a lease are of the same few domains: their hosts are read once. */
export function toLeased(rows: readonly LeasedRow[]): readonly LeasedDelivery[] {
  const hosts = new Map<string, readonly string[]>();
  function hostsOf(mx: string | null): readonly string[] {
    if (mx === null) return [];
    const known = hosts.get(mx);
    if (known !== undefined) return known;
    const records = JSON.parse(mx) as readonly MxRecord[];
    const names = records
      .toSorted((a, b) => a.preference - b.preference)
      .map(({ exchange }) => exchange);
    hosts.set(mx, names);
    return names;
  }
  return rows.map((row): LeasedDelivery => {
    const { id, message_id: messageId, organisation_id: organisationId } = row;
    const { recipient, route, attempts, refusals, reply, origin, instance, segment } = row;
    const acceptedAt = Number(row.accepted);
    return {
      delivery: {
        id,
        messageId,
        organisationId,
        acceptedAt,
        recipient,
        route,
        state: 'leased',
        attempts,
        refusals,
        reply,
      },
      message: {
        id: messageId,
        organisationId,
        acceptedAt,
        origin,
        reference: { instance, segment, offset: Number(row.offset), length: Number(row.length) },
        rfcMessageId: row.rfc_id,
        envelopeFrom: row.envelope_from,
        bodyType: row.body_type,
        smtpUtf8: row.smtp_utf8,
        senderAuthenticated: row.sender_authenticated,
      },
      hosts: route === 'primary' ? hostsOf(row.mx) : [],
    };
  });
}
