import type { Router } from 'express';
import { z } from 'zod';
import type { World } from '../world.ts';
import { badRequest } from './graph-error.ts';

const MAX_BATCH_REQUESTS = 20;

const batchBody = z.object({
  requests: z.array(
    z.object({
      id: z.string(),
      method: z.string(),
      url: z.string(),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.unknown().optional(),
      dependsOn: z.array(z.string()).optional(),
    }),
  ),
});

type BatchRequest = z.infer<typeof batchBody>['requests'][number];

interface BatchResponse {
  readonly id: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/** JSON batching: up to 20 requests, each answered on its own as if it had come alone. */
export function batchRoutes(router: Router, world: World): void {
  router.post('/$batch', async (request, response) => {
    const parsed = batchBody.safeParse(request.body);
    if (!parsed.success) throw badRequest('Invalid batch payload format.');
    const { requests } = parsed.data;
    if (requests.length > MAX_BATCH_REQUESTS) {
      throw badRequest(`Number of batch request steps exceeds the limit of ${MAX_BATCH_REQUESTS}.`);
    }
    const done = new Map<string, BatchResponse>();
    for (const inner of requests) {
      const blocked = inner.dependsOn?.some((id) => (done.get(id)?.status ?? 500) >= 400) ?? false;
      done.set(
        inner.id,
        blocked
          ? { id: inner.id, status: 424, headers: {} }
          : await perform(world, inner, request.get('authorization') ?? ''),
      );
    }
    response.json({ responses: [...done.values()] });
  });
}

async function perform(
  world: World,
  inner: BatchRequest,
  authorization: string,
): Promise<BatchResponse> {
  try {
    return await answerOf(world, inner, authorization);
  } catch {
    // The connection of the inner request was cut: the caller sees what a gateway makes of it.
    const error = { code: 'GatewayTimeout', message: 'The operation timed out.' };
    const headers = { 'Content-Type': 'application/json' };
    return { id: inner.id, status: 504, headers, body: { error } };
  }
}

async function answerOf(
  world: World,
  inner: BatchRequest,
  authorization: string,
): Promise<BatchResponse> {
  const url = `${world.controlUrl()}/graph/v1.0/${inner.url.replace(/^\//, '')}`;
  const answer = await fetch(url, {
    method: inner.method,
    headers: { 'content-type': 'application/json', ...inner.headers, authorization },
    ...(inner.body !== undefined && { body: JSON.stringify(inner.body) }),
  });
  const text = await answer.text();
  const retryAfter = answer.headers.get('retry-after');
  const isJson = answer.headers.get('content-type')?.includes('json') === true;
  return {
    id: inner.id,
    status: answer.status,
    headers: {
      'Content-Type': answer.headers.get('content-type') ?? 'application/json',
      ...(retryAfter !== null && { 'Retry-After': retryAfter }),
    },
    ...(text !== '' && { body: isJson ? (JSON.parse(text) as unknown) : text }),
  };
}
