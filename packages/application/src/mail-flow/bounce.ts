import type { LeasedDelivery } from '../records/mail.ts';
import type { RelayPorts } from './relay.ts';
import { readStored } from './stored-message.ts';

/** Only this much of the original goes back in a report. Unit: bytes. */
export const BOUNCE_ORIGINAL_LIMIT = 64 * 1024 * 1024;

/**
 * A non-delivery report (RFC 3464), through our own spool and queue. Never for the null sender or our own notices (no
 * loops, RFC 5321 §4.5.5), and never to a sender who was not authenticated: the address is likely forged (backscatter).
 */
export async function sendBounce(
  ports: RelayPorts,
  leased: LeasedDelivery,
  reply: string,
): Promise<void> {
  const { message, delivery } = leased;
  const own = message.origin === 'submission';
  if (message.envelopeFrom === '' || message.origin === 'bounce' || message.origin === 'notice')
    return;
  if (!own && !message.senderAuthenticated) {
    ports.log.warn('no report: the sender was not authenticated', { id: message.id });
    return;
  }
  const sender = await ports.database.withinOrganisation(message.organisationId, ({ directory }) =>
    directory.findByAddress(message.envelopeFrom),
  );
  const at = ports.clock.now();
  const id = ports.identifiers.uuid();
  const body = await ports.format.composeBounce({
    messageId: `<${id}@${ports.hostname}>`,
    date: at,
    reportingMta: ports.hostname,
    from: { name: 'Mail delivery', address: `mailer-daemon@${ports.hostname}` },
    to: message.envelopeFrom,
    recipient: delivery.recipient,
    reply,
    inReplyTo: message.summary.messageId,
    original: await readStored(ports, message, BOUNCE_ORIGINAL_LIMIT),
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
