import { randomUUID } from 'node:crypto';
import express, { type Router } from 'express';
import { z } from 'zod';
import { VOICE_TOKEN } from '../tenant/identity.ts';

export interface PhoneCall {
  readonly id: string;
  readonly to: string;
  /** What the voice says to whoever picks up. */
  readonly text: string;
  readonly language: string;
  readonly reference: string;
  /** ISO 8601. */
  readonly at: string;
}

/** Telephones that ring, and what was said to whoever picked up. */
export class VoiceGateway {
  #calls: PhoneCall[] = [];

  /** Rings once per reference: a repeated request gets the first call back. */
  call(given: Pick<PhoneCall, 'to' | 'text' | 'language' | 'reference'>): PhoneCall {
    const earlier = this.#calls.find((call) => call.reference === given.reference);
    if (earlier !== undefined) return earlier;
    const call = { ...given, id: randomUUID(), at: new Date().toISOString() };
    this.#calls.push(call);
    return call;
  }

  list(): readonly PhoneCall[] {
    return this.#calls;
  }

  reset(): void {
    this.#calls = [];
  }
}

const callRequest = z.object({
  to: z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be an E.164 number, as in +14255550109'),
  text: z.string().min(1).max(4000),
  language: z.string().min(2).max(35),
  reference: z.string().min(1).max(200),
});

/** The HTTP face of the gateway. It has nothing to do with Office 365 and never fails with it. */
export function voiceRoutes(gateway: VoiceGateway): Router {
  const router = express.Router();
  router.use((request, response, next) => {
    if (request.headers.authorization === `Bearer ${VOICE_TOKEN}`) return next();
    response.status(401).json({ error: { code: 'unauthorised', message: 'Bearer token needed' } });
  });
  router.use(express.json());
  router.post('/calls', (request, response) => {
    const parsed = callRequest.safeParse(request.body);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const message = `${issue?.path.join('.') ?? 'body'}: ${issue?.message ?? 'is not valid'}`;
      response.status(400).json({ error: { code: 'invalid_request', message } });
      return;
    }
    response.status(202).json({ id: gateway.call(parsed.data).id });
  });
  return router;
}
