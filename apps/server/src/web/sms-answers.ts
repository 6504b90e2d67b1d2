import { createHash, timingSafeEqual } from 'node:crypto';
import { takeSmsAnswer, type Ports } from '@holdfast/application';
import express, { Router } from 'express';
import { z } from 'zod';

/** Longest body that a gateway posts. Unit: bytes. */
const MAX_ANSWER = 16 * 1024;

const answer = z.object({
  from: z.string().regex(/^\+[1-9]\d{6,14}$/),
  text: z.string().max(2000),
});

/**
 * Answers to our text messages, from the SMS gateway: `POST /sms/inbound {from,text}` with `Authorization: Bearer …`. Not
 * from a browser, so it stands before the check of origins. Without a token it does not exist.
 */
export function createSmsAnswers(ports: Ports, token: string | null): Router {
  const router = Router();
  if (token === null) return router;
  router.post(
    '/sms/inbound',
    (request, response, next) => {
      response.set('Cache-Control', 'no-store');
      if (isRight(request.headers.authorization ?? '', `Bearer ${token}`)) return next();
      response.status(401).json({ error: 'Bearer token needed' });
    },
    express.json({ limit: MAX_ANSWER }),
    async (request, response) => {
      const parsed = answer.safeParse(request.body);
      if (!parsed.success) return response.status(400).json({ error: 'from and text needed' });
      const people = await takeSmsAnswer(ports, parsed.data);
      response.json({ people });
    },
  );
  return router;
}

/** In constant time, whatever the length. */
function isRight(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
