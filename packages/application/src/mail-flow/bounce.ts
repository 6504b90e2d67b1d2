import type { DeliveryResult, LeasedDelivery } from '../records/mail.ts';
import { MessageGoneError } from '../ports/spool.ts';
import type { Batch } from './attempt-batch.ts';
import type { RelayPorts } from './relay.ts';
import { openStored } from './stored-message.ts';

/** Beginning of the original in which its header is looked for. Unit: bytes. */
const HEADER_LOOKED_AT = 64 * 1024;

/**
 * Non-delivery reports (RFC 3464) for what bounces, through our own spool and queue: one for all recipients of the
 * transaction. Never for the null sender or our own notices (no loops, RFC 5321 §4.5.5), and never to a sender who was
 * not authenticated: the address is likely forged (backscatter). The results say so where no report goes out.
 *
 * The report is in the spool before the state says "bounced": a crash between makes the same report again, under the
 * same id, and ingest takes it once.
 */
export async function sendBounces(
  ports: RelayPorts,
  batch: Batch,
  settled: readonly DeliveryResult[],
): Promise<readonly DeliveryResult[]> {
  const bounced = batch.flatMap((leased, position) => {
    const result = settled[position];
    return result?.next.state === 'bounced' ? [{ leased, result }] : [];
  });
  if (bounced.length === 0) return settled;
  const unreported = whyUnreported(batch[0].message);
  if (unreported === null) {
    await sendReport(ports, batch[0], bounced);
    return settled;
  }
  ports.log.info('no report to the sender', { id: batch[0].message.id, reason: unreported });
  return settled.map((result) =>
    result.next.state === 'bounced'
      ? {
          ...result,
          next: { ...result.next, reply: `${result.next.reply} (no report: ${unreported})` },
        }
      : result,
  );
}

function whyUnreported(message: LeasedDelivery['message']): string | null {
  if (message.envelopeFrom === '') return 'the sender wants none';
  switch (message.origin) {
    case 'bounce':
      return 'it is a report itself';
    case 'notice':
      return 'it is a notice of ours';
    case 'mailbox':
      return 'it is a copy';
    case 'drill':
      return 'it was written in a drill';
    case 'submission':
      return null;
    case 'inbound':
    case 'seed':
      return message.senderAuthenticated ? null : 'the sender was not authenticated';
  }
}

type Bounced = readonly { readonly leased: LeasedDelivery; readonly result: DeliveryResult }[];

async function sendReport(
  ports: RelayPorts,
  { message, delivery }: LeasedDelivery,
  bounced: Bounced,
): Promise<void> {
  const sender = await ports.database.withinOrganisation(message.organisationId, ({ directory }) =>
    directory.findByAddress(message.envelopeFrom),
  );
  const at = ports.clock.now();
  const first = bounced.map(({ leased }) => leased.delivery.id).toSorted()[0] ?? delivery.id;
  const id = ports.identifiers.derived(first, 'bounce');
  const body = await ports.format.composeBounce({
    messageId: `<${id}@${ports.hostname}>`,
    date: at,
    reportingMta: ports.hostname,
    from: { name: 'Mail delivery', address: `mailer-daemon@${ports.hostname}` },
    to: message.envelopeFrom,
    arrivedAt: message.acceptedAt,
    recipients: bounced.map(({ leased, result }) => ({
      address: leased.delivery.recipient,
      reply: result.next.reply,
      host: result.host,
      at: result.at,
    })),
    inReplyTo: message.rfcMessageId,
    original: await beginningOf(ports, message),
  });
  await ports.spool.append(
    {
      id,
      acceptedAt: at,
      origin: 'bounce',
      class: 'copy',
      organisationId: message.organisationId,
      envelope: {
        from: '',
        recipients: [
          {
            address: message.envelopeFrom,
            organisationId: sender === null ? null : message.organisationId,
            kind: sender?.kind ?? null,
            protected: sender?.protected ?? false,
            verdict: 'deliver',
            reason: 'clean',
          },
        ],
        bodyType: '8BITMIME',
        smtpUtf8: message.smtpUtf8,
        client: { ip: '127.0.0.1', helo: ports.hostname, tls: null },
        authentication: null,
        senderAuthenticated: false,
      },
      traceHeaders: '',
      snapshotVersion: 0,
      notBefore: null,
      submission: null,
    },
    body,
  );
}

/** Bytes that are gone must not keep the report from the sender: it goes without the original's header then. */
async function beginningOf(
  ports: RelayPorts,
  message: LeasedDelivery['message'],
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  try {
    const original = await openStored(ports, message);
    for await (const piece of original.stream()) {
      pieces.push(piece.subarray(0, HEADER_LOOKED_AT - bytes));
      bytes += piece.length;
      if (bytes >= HEADER_LOOKED_AT) break;
    }
  } catch (error) {
    if (!(error instanceof MessageGoneError)) throw error;
  }
  const whole = new Uint8Array(Math.min(bytes, HEADER_LOOKED_AT));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}
