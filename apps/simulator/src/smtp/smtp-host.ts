import type { AddressInfo, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { type MailHeaders, readHeaders } from '../mailbox/read-headers.ts';
import { deliver, type DeliveryParts } from '../mailbox/delivery.ts';
import type { ExchangeState } from '../exchange/exchange-state.ts';
import { type SmtpReply, parseReply } from '../outage/outage.ts';
import { domainOf, isTenantDomain, MAIL_DOMAINS } from '../tenant/directory.ts';
import { PRIMARY_MX_HOST } from '../tenant/identity.ts';
import type { MessageTrace } from '../tenant/message-trace.ts';
import { hasMailbox, type Recipient } from '../tenant/recipient.ts';
import { attributionRefusal } from './attribution.ts';
import type { Network } from './network.ts';

/** What Exchange Online announces: 150 MiB. */
const MAX_MESSAGE_BYTES = 157_286_400;
const UNKNOWN_RECIPIENT = '550 5.4.1 Recipient address rejected: Access denied';
const NOT_OURS = '550 5.7.64 TenantAttribution; Relay Access Denied';
const BUSY = '421 4.3.2 Service not available, closing transmission channel';
/** Open connections get this long to finish when the host stops. */
const CLOSE_TIMEOUT_MS = 200;

export interface SmtpHostOptions extends DeliveryParts {
  readonly exchange: ExchangeState;
  readonly network: Network;
  readonly messageTrace: MessageTrace;
  readonly port: number;
  readonly bind: string;
  readonly tls: { readonly key: string; readonly cert: string };
}

export interface SmtpHost {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

class SmtpRefusal extends Error {
  readonly responseCode: number;

  constructor(reply: SmtpReply) {
    super(reply.text);
    this.responseCode = reply.code;
  }
}

/**
 * One listener for two worlds: the tenant's Exchange Online edge, which may be out of order, and every other mail
 * server there is, which always works.
 */
export async function startSmtpHost(options: SmtpHostOptions): Promise<SmtpHost> {
  const server = new SMTPServer({
    name: PRIMARY_MX_HOST,
    banner: 'Microsoft ESMTP MAIL Service ready (simulated)',
    size: MAX_MESSAGE_BYTES,
    ...options.tls,
    // Asked for, as Exchange Online asks: an inbound connector may know a client by its certificate.
    requestCert: true,
    rejectUnauthorized: false,
    onSecure: (socket, session, callback) => {
      noteCertificate(socket, session);
      callback(null);
    },
    authOptional: true,
    disabledCommands: ['AUTH'],
    disableReverseLookup: true,
    closeTimeout: CLOSE_TIMEOUT_MS,
    logger: false,
    onConnect: (_session, callback) => {
      const { connection } = options.outage;
      // Whoever waits for the banner of a silent host waits until they, or we, hang up.
      if (connection === 'silent') return;
      callback(connection === 'busy' ? new SmtpRefusal(parseReply(BUSY)) : null);
    },
    onMailFrom: (address, session, callback) =>
      callback(refusalAt(options, 'mail', address.address, session)),
    onRcptTo: (address, session, callback) =>
      callback(refuseRecipient(options, address.address, session)),
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', (error) => callback(error));
      stream.on('end', () => {
        accept(options, session, Buffer.concat(chunks), stream.sizeExceeded).then(
          (text) => callback(null, text),
          (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
        );
      });
    },
  });
  // A client that vanishes is no business of the server's; without a listener it would end the process.
  const ignore = () => undefined;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.bind, () => resolve());
  });
  server.on('error', ignore);
  server.server.prependListener('connection', (socket) => {
    if (options.outage.connection === 'reset') socket.resetAndDestroy();
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Names in the certificates that clients have shown. */
const shownCertificates = new WeakMap<SMTPServerSession, string>();

function noteCertificate(socket: Socket, session: SMTPServerSession): void {
  if (!(socket instanceof TLSSocket)) return;
  const name: unknown = socket.getPeerCertificate().subject?.CN;
  if (typeof name === 'string') shownCertificates.set(session, name);
}

function refusalAt(
  options: SmtpHostOptions,
  stage: 'mail' | 'rcpt' | 'data',
  key: string,
  session: SMTPServerSession,
): SmtpRefusal | null {
  const reply = options.outage.smtpReply(stage, key.toLowerCase(), session.remoteAddress);
  return reply === undefined ? null : new SmtpRefusal(reply);
}

function refuseRecipient(
  options: SmtpHostOptions,
  address: string,
  session: SMTPServerSession,
): SmtpRefusal | null {
  const domain = domainOf(address);
  if (!isTenantDomain(domain)) return null;
  if (!MAIL_DOMAINS.includes(domain)) return new SmtpRefusal(parseReply(NOT_OURS));
  const refusal = refusalAt(options, 'rcpt', address, session) ?? refuseSource(options, session);
  if (refusal !== null) return refusal;
  return mailRecipient(options, address) === undefined
    ? new SmtpRefusal(parseReply(UNKNOWN_RECIPIENT))
    : null;
}

/** What connectors and RejectDirectSend have against whoever is at the other end. */
function refuseSource(
  { exchange, network }: SmtpHostOptions,
  session: SMTPServerSession,
): SmtpRefusal | null {
  const { mailFrom } = session.envelope;
  const reply = attributionRefusal(exchange, {
    address: network.addressOf(session.remoteAddress, session.remotePort),
    certificateName: shownCertificates.get(session) ?? null,
    secure: session.secure,
    senderDomain: mailFrom === false ? '' : domainOf(mailFrom.address.toLowerCase()),
  });
  return reply === undefined ? null : new SmtpRefusal(reply);
}

function mailRecipient(options: SmtpHostOptions, address: string): Recipient | undefined {
  const recipient = options.directory.resolve(address);
  if (recipient === undefined) return undefined;
  return hasMailbox(recipient) || recipient.type === 'contact' ? recipient : undefined;
}

function trace(
  { messageTrace, network }: SmtpHostOptions,
  session: SMTPServerSession,
  recipientAddress: string,
  size: number,
  { messageId, subject }: MailHeaders,
): void {
  const { mailFrom } = session.envelope;
  messageTrace.record({
    senderAddress: mailFrom === false ? '' : mailFrom.address,
    recipientAddress,
    messageId,
    receivedAt: Date.now(),
    subject,
    size,
    fromIp: network.addressOf(session.remoteAddress, session.remotePort),
  });
}

async function accept(
  options: SmtpHostOptions,
  session: SMTPServerSession,
  raw: Buffer,
  tooLarge: boolean,
): Promise<string> {
  if (tooLarge) throw new SmtpRefusal(parseReply('552 5.3.4 Message size exceeds fixed limit'));
  const recipients = session.envelope.rcptTo.map((recipient) => recipient.address);
  const refusals = recipients
    .filter((address) => isTenantDomain(domainOf(address)))
    .map((address) => refusalAt(options, 'data', address, session));
  const refusal = refusals.find((found) => found !== null);
  // SMTP has one reply for all recipients of a DATA: the first refusal speaks for everybody.
  if (refusal) throw refusal;
  const headers = await readHeaders(raw);
  for (const address of recipients) {
    const recipient = mailRecipient(options, address);
    if (isTenantDomain(domainOf(address))) trace(options, session, address, raw.length, headers);
    if (recipient !== undefined) await deliver(options, recipient, raw);
    else await options.outsideMail.mailbox(address).deliver('inbox', { raw });
  }
  return `2.6.0 <${session.id}@${PRIMARY_MX_HOST}> Queued mail for delivery`;
}
