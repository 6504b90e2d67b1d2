import nodemailer from 'nodemailer';

export interface Outgoing {
  readonly port: number;
  readonly from: string;
  readonly to: string | readonly string[];
  /** Exactly these bytes; without them a small message is made. */
  readonly raw?: string | Buffer;
  readonly subject?: string;
  readonly messageId?: string;
  /** Our own address of the connection: 127.0.0.1 unless told. */
  readonly localAddress?: string;
  readonly requireTls?: boolean;
}

export interface SmtpOutcome {
  readonly code: number;
  readonly reply: string;
  /** Refused RCPTs of a transaction that went on with the others. */
  readonly refused: readonly string[];
}

/** Hands one message to an MX as an ordinary mail server does; resolves to its answer, a refusal included. */
export async function sendMail(outgoing: Outgoing): Promise<SmtpOutcome> {
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port: outgoing.port,
    name: 'mail.fabrikam.example',
    ...(outgoing.localAddress !== undefined && { localAddress: outgoing.localAddress }),
    requireTLS: outgoing.requireTls ?? false,
    // The demo's certificate is its own; MX to MX is opportunistic TLS anyway (RFC 7435).
    tls: { rejectUnauthorized: false },
  });
  const to = [outgoing.to].flat();
  try {
    const info = await transport.sendMail({
      envelope: { from: outgoing.from, to },
      raw: outgoing.raw ?? smallMessage({ ...outgoing, to: to.join(', ') }),
    });
    return {
      code: codeOf(info.response),
      reply: info.response,
      refused: [...info.rejected].map(String),
    };
  } catch (error) {
    const reply = error instanceof Error && 'response' in error ? error.response : undefined;
    if (typeof reply !== 'string') throw error;
    return { code: codeOf(reply), reply, refused: to };
  } finally {
    transport.close();
  }
}

const codeOf = (reply: string): number => Number(reply.slice(0, 3));

let counter = 0;

/** A Message-ID of its own. */
export function newMessageId(): string {
  counter += 1;
  return `<e2e-${process.pid}-${Date.now()}-${counter}@fabrikam.example>`;
}

export function smallMessage(fields: {
  readonly from: string;
  readonly to: string;
  readonly subject?: string;
  readonly messageId?: string;
  readonly body?: string;
}): string {
  return [
    `From: ${fields.from}`,
    `To: ${fields.to}`,
    `Subject: ${fields.subject ?? 'Delivery on Thursday'}`,
    `Message-ID: ${fields.messageId ?? newMessageId()}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    fields.body ?? 'Confirmed for 08:30 at gate 4.',
    '',
  ].join('\r\n');
}
