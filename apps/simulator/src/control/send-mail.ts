import { once } from 'node:events';
import { connect } from 'node:net';
import nodemailer from 'nodemailer';
import { z } from 'zod';
import { DKIM_SELECTOR } from '../dns/dkim-key.ts';
import { domainOf, isTenantDomain } from '../tenant/directory.ts';
import type { World } from '../world.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const TENANT_BLOCKED =
  '550 5.7.705 Access denied, tenant has exceeded threshold (simulated outbound outage)';

export const sendRequest = z.object({
  from: z.string(),
  /** Envelope sender, when it is not the one in the From header. */
  envelopeFrom: z.string().optional(),
  to: z.union([z.string(), z.array(z.string())]),
  subject: z.string(),
  text: z.string(),
  html: z.string().optional(),
  /** Host and port of the mail server to hand the message to. */
  mx: z.string().regex(/^[^:]+:\d+$/, 'must be host:port'),
  sign: z.boolean().default(false),
  messageId: z.string().optional(),
  attachments: z
    .array(
      z.object({ filename: z.string(), contentType: z.string().optional(), content: z.string() }),
    )
    .optional(),
});

export type SendOutcome =
  | { readonly sent: true; readonly messageId: string; readonly reply: string }
  | { readonly sent: false; readonly reply: string };

/** Sends one message as an outside mail server would: by SMTP to the given host, DKIM-signed on request. */
export async function sendMail(
  world: World,
  request: z.infer<typeof sendRequest>,
): Promise<SendOutcome> {
  const domain = domainOf(request.from.replace(/^.*<|>.*$/g, ''));
  if (isTenantDomain(domain) && world.outage.shape === 'outbound') {
    return { sent: false, reply: TENANT_BLOCKED };
  }
  const [host = '', port] = request.mx.split(':');
  const recipients = [request.to].flat();
  const socket = connect(Number(port), host);
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(CONNECT_TIMEOUT_MS) });
  } catch (error) {
    socket.destroy();
    return { sent: false, reply: String(error) };
  }
  // The tenant tells by the port that this is not the gateway.
  using _outside = world.network.outside(socket.localPort ?? 0);
  const transport = nodemailer.createTransport({
    connection: socket,
    host,
    port: Number(port),
    name: `mail.${domain}`,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    tls: { rejectUnauthorized: false },
    ...(request.sign && {
      dkim: {
        domainName: domain,
        keySelector: DKIM_SELECTOR,
        privateKey: world.dkimKey.privateKey,
      },
    }),
  });
  try {
    const info = await transport.sendMail({
      from: request.from,
      to: recipients,
      subject: request.subject,
      text: request.text,
      ...(request.html !== undefined && { html: request.html }),
      ...(request.messageId !== undefined && { messageId: request.messageId }),
      attachments: (request.attachments ?? []).map(({ filename, contentType, content }) => ({
        filename,
        content: Buffer.from(content, 'base64'),
        ...(contentType !== undefined && { contentType }),
      })),
      ...(request.envelopeFrom !== undefined && {
        envelope: { from: request.envelopeFrom, to: recipients },
      }),
    });
    return { sent: true, messageId: info.messageId, reply: info.response };
  } catch (error) {
    const response = error instanceof Error && 'response' in error ? error.response : undefined;
    return {
      sent: false,
      reply: typeof response === 'string' ? response : String(error),
    };
  } finally {
    transport.close();
  }
}
