import type { Router } from 'express';
import { z } from 'zod';
import type { World } from '../world.ts';

const answerRequest = z.object({
  /** Null: as usual again. */
  status: z.number().int().min(400).max(599).nullable(),
  retryAfter: z.string().optional(),
});

/** What devices were told, and what their push service answers from now on. */
export function pushControl(router: Router, world: World): void {
  router.get('/push', (_request, response) => {
    response.json(world.push.list());
  });
  router.post('/push/:device', (request, response) => {
    const { status, retryAfter } = answerRequest.parse(request.body);
    const answer = status === null ? null : { status, ...(retryAfter && { retryAfter }) };
    world.push.setAnswer(request.params.device, answer);
    response.json({ set: true });
  });
}
