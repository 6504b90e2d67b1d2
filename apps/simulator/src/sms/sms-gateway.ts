import { randomUUID } from 'node:crypto';
import express, { type Router } from 'express';
import { z } from 'zod';
import { SMS_TOKEN } from '../tenant/identity.ts';

export interface SmsMessage {
  readonly id: string;
  readonly to: string;
  readonly text: string;
  readonly reference: string;
  /** ISO 8601. */
  readonly at: string;
}

/** Where a customer of the gateway wants answers. */
export interface SmsWebhook {
  readonly url: string;
  readonly token: string;
}

/** What telephones have received. */
export class SmsGateway {
  #messages: SmsMessage[] = [];
  #webhook: SmsWebhook | null = null;

  /** As an account at a real gateway is set up: kept over a reset. */
  setWebhook(webhook: SmsWebhook | null): void {
    this.#webhook = webhook;
  }

  /** A telephone answers: handed over as gateways do. Resolves to the customer's status. */
  async answer(from: string, text: string): Promise<number> {
    if (this.#webhook === null) throw new Error('No address for answers is set.');
    const response = await fetch(this.#webhook.url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.#webhook.token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ from, text }),
    });
    return response.status;
  }

  /** Sends once per reference: a repeated request gets the first message back. */
  send(to: string, text: string, reference: string): SmsMessage {
    const earlier = this.#messages.find((message) => message.reference === reference);
    if (earlier !== undefined) return earlier;
    const message = { id: randomUUID(), to, text, reference, at: new Date().toISOString() };
    this.#messages.push(message);
    return message;
  }

  find(id: string): SmsMessage | undefined {
    return this.#messages.find((message) => message.id === id);
  }

  list(): readonly SmsMessage[] {
    return this.#messages;
  }

  reset(): void {
    this.#messages = [];
  }
}

const smsRequest = z.object({
  to: z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be an E.164 number, as in +14255550109'),
  text: z.string().min(1).max(1600),
  reference: z.string().min(1).max(200),
});

/** The HTTP face of the gateway. It has nothing to do with Office 365 and never fails with it. */
export function smsRoutes(gateway: SmsGateway): Router {
  const router = express.Router();
  router.use((request, response, next) => {
    if (request.headers.authorization === `Bearer ${SMS_TOKEN}`) return next();
    response.status(401).json({ error: { code: 'unauthorised', message: 'Bearer token needed' } });
  });
  router.use(express.json());
  router.post('/messages', (request, response) => {
    const parsed = smsRequest.safeParse(request.body);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const message = `${issue?.path.join('.') ?? 'body'}: ${issue?.message ?? 'is not valid'}`;
      response.status(400).json({ error: { code: 'invalid_request', message } });
      return;
    }
    const { to, text, reference } = parsed.data;
    response.status(202).json({ id: gateway.send(to, text, reference).id });
  });
  router.get('/messages/:id', (request, response) => {
    const message = gateway.find(request.params.id);
    if (message === undefined) {
      response.status(404).json({ error: { code: 'not_found', message: 'No such message' } });
      return;
    }
    response.json({ id: message.id, to: message.to, status: 'delivered', at: message.at });
  });
  return router;
}
