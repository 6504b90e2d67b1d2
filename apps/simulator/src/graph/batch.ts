import type { RequestListener } from 'node:http';
import type { Router } from 'express';
import { z } from 'zod';
import { badRequest } from './graph-error.ts';
import { askInProcess } from './in-process.ts';

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

/** JSON batching: up to 20 requests, each answered on its own as if it had come alone, without a way over the network. */
export function batchRoutes(router: Router, listener: RequestListener): void {
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
          : await perform(listener, inner, request.get('authorization') ?? ''),
      );
    }
    response.json({ responses: [...done.values()] });
  });
}

async function perform(
  listener: RequestListener,
  inner: BatchRequest,
  authorization: string,
): Promise<BatchResponse> {
  try {
    return await answerOf(listener, inner, authorization);
  } catch {
    // The connection of the inner request was cut: the caller sees what a gateway makes of it.
    const error = { code: 'GatewayTimeout', message: 'The operation timed out.' };
    const headers = { 'Content-Type': 'application/json' };
    return { id: inner.id, status: 504, headers, body: { error } };
  }
}

async function answerOf(
  listener: RequestListener,
  inner: BatchRequest,
  authorization: string,
): Promise<BatchResponse> {
  const answer = await askInProcess(listener, {
    method: inner.method,
    url: `/graph/v1.0/${inner.url.replace(/^\//, '')}`,
    headers: { 'content-type': 'application/json', ...lowerCased(inner.headers), authorization },
    body: inner.body === undefined ? '' : JSON.stringify(inner.body),
  });
  const type = answer.headers['content-type'] ?? 'application/json';
  const retryAfter = answer.headers['retry-after'];
  const { text } = answer;
  return {
    id: inner.id,
    status: answer.status,
    headers: {
      'Content-Type': String(type),
      ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
    },
    ...(text !== '' && {
      body: String(type).includes('json') ? (JSON.parse(text) as unknown) : text,
    }),
  };
}

const lowerCased = (headers: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
