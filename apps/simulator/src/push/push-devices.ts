import { randomUUID } from 'node:crypto';
import express, { type Router } from 'express';
import { readVapid } from './vapid.ts';

export interface PushMessage {
  readonly id: string;
  readonly device: string;
  /** Seconds that the device may be off. */
  readonly ttl: number;
  readonly urgency: string;
  readonly topic: string | null;
  /** Bytes of content, which stays unread. */
  readonly bytes: number;
  readonly contact: string;
  /** ISO 8601. */
  readonly at: string;
}

/** What a device's address is answered with instead of 201. */
export interface PushAnswer {
  readonly status: number;
  /** `Retry-After`, as it is sent. */
  readonly retryAfter?: string;
}

/** A push service with any number of devices: whatever is named exists until it is told that it does not. */
export class PushDevices {
  #messages: PushMessage[] = [];
  #answers = new Map<string, PushAnswer>();
  /** A device belongs to the key that spoke to it first. */
  #keys = new Map<string, string>();

  list(): readonly PushMessage[] {
    return this.#messages;
  }

  answerOf(device: string): PushAnswer | undefined {
    return this.#answers.get(device);
  }

  setAnswer(device: string, answer: PushAnswer | null): void {
    if (answer === null) this.#answers.delete(device);
    else this.#answers.set(device, answer);
  }

  belongsTo(device: string, key: string): boolean {
    const owner = this.#keys.get(device) ?? key;
    this.#keys.set(device, owner);
    return owner === key;
  }

  /** One that waits with the same topic is replaced (RFC 8030 §5.4); a simulated device is always off. */
  take(message: PushMessage): void {
    this.#messages = this.#messages.filter(
      ({ device, topic }) => topic === null || device !== message.device || topic !== message.topic,
    );
    this.#messages.push(message);
  }

  reset(): void {
    this.#messages = [];
    this.#answers.clear();
    this.#keys.clear();
  }
}

const MAX_CONTENT = 4_096;

/** The face of RFC 8030 that application servers see. */
export function pushRoutes(devices: PushDevices, origin: () => string): Router {
  const router = express.Router();
  router.use(express.raw({ type: () => true, limit: MAX_CONTENT }));
  router.post('/:device', (request, response) => {
    const { device } = request.params;
    const { ttl, urgency = 'normal', topic = null } = request.headers;
    const refuse = (status: number, message: string): void => {
      response.status(status).json({ error: { code: 'refused', message } });
    };
    if (typeof ttl !== 'string' || !/^\d{1,9}$/.test(ttl))
      return refuse(400, 'TTL is missing or no number (RFC 8030 §5.2)');
    if (!/^(?:very-low|low|normal|high)$/.test(String(urgency)))
      return refuse(400, 'Urgency is none of RFC 8030 §5.3');
    if (topic !== null && !/^[\w-]{1,32}$/.test(String(topic)))
      return refuse(400, 'Topic must be up to 32 letters of base64url (RFC 8030 §5.4)');
    let sender;
    try {
      sender = readVapid(request.headers.authorization, origin(), Date.now());
    } catch (error) {
      return refuse(401, error instanceof Error ? error.message : String(error));
    }
    if (!devices.belongsTo(device, sender.key)) return refuse(403, 'Subscribed with another key');
    const answer = devices.answerOf(device);
    if (answer !== undefined) {
      if (answer.retryAfter !== undefined) response.set('Retry-After', answer.retryAfter);
      return refuse(answer.status, 'As it was told to answer');
    }
    const id = randomUUID();
    devices.take({
      id,
      device,
      ttl: Number(ttl),
      urgency: String(urgency),
      topic: topic === null ? null : String(topic),
      bytes: Buffer.isBuffer(request.body) ? request.body.byteLength : 0,
      contact: sender.contact,
      at: new Date().toISOString(),
    });
    response.status(201).set('Location', `${origin()}/push/message/${id}`).end();
  });
  return router;
}
