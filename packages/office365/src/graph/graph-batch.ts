import type { TenantCredentials } from '@holdfast/application';
import { z } from 'zod';
import type { ApiAnswer } from '../http/failure.ts';
import type { GraphSend } from './graph-client.ts';
import { readRetryAfter } from '../http/http-exchange.ts';
import type { TenantAdapterSettings } from '../http/options.ts';
import { afterOthers } from '../http/tenant-queue.ts';
import type { TokenSource } from '../sign-in/token-source.ts';

/** Graph takes at most 20 requests in one batch. */
const BATCH_SIZE = 20;
/** Answers to a question that may be another one in a moment. */
const PASSING = new Set([429, 500, 502, 503, 504]);

const batchBody = z.object({
  responses: z.array(
    z.object({
      id: z.coerce.string(),
      status: z.coerce.number(),
      headers: z.record(z.string(), z.coerce.string()).nullish(),
      body: z.unknown(),
    }),
  ),
});

type Send = <T>(
  credentials: TenantCredentials,
  asked: GraphSend,
  schema: z.ZodType<T>,
) => Promise<T>;

/** GETs of `paths`, 20 at a time; the answers in the order of the paths. One batch of a tenant after the other. */
export async function batchGet(
  parts: {
    readonly settings: TenantAdapterSettings;
    readonly tokens: TokenSource;
    readonly send: Send;
  },
  credentials: TenantCredentials,
  paths: readonly string[],
): Promise<readonly ApiAnswer[]> {
  const { settings, tokens, send } = parts;

  async function ask(requests: readonly object[]): Promise<ReadonlyMap<number, ApiAnswer>> {
    const asked: GraphSend = {
      method: 'POST',
      path: '/$batch',
      body: { requests },
      // Twenty reads in one go are work in the background: the first to be throttled, and nobody waits for it.
      headers: { 'x-ms-throttle-priority': 'low' },
      harmless: true,
    };
    const { responses } = await afterOthers(`${settings.graphBase} ${credentials.tenantId}`, () =>
      send(credentials, asked, batchBody),
    );
    const now = settings.clock.now();
    return new Map(responses.map((response) => [Number(response.id), readPart(response, now)]));
  }

  /**
   * Parts of a batch can be throttled, refused or left out while the batch itself is a 200: those are asked for again.
   */
  async function oneBatch(group: readonly string[]): Promise<readonly ApiAnswer[]> {
    const { attempts, firstPause, longestPause } = settings.limits;
    const answers = new Map<number, ApiAnswer>();
    let renewed = false;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const open = group.map((_path, at) => at).filter((at) => isOpen(answers.get(at), renewed));
      if (open.length === 0) break;
      const otherwise = attempt === 1 ? 0 : firstPause * 2 ** (attempt - 2);
      const pause = Math.max(...open.map((at) => answers.get(at)?.retryAfter ?? otherwise));
      if (pause > longestPause) break;
      if (pause > 0) await settings.wait(pause);
      if (open.some((at) => answers.get(at)?.status === 401)) {
        // The token was revoked between the batch and its parts: once more with a new one.
        renewed = true;
        tokens.forget(credentials, 'graph', await tokens.token(credentials, 'graph'));
      }
      const requests = open.map((at) => ({ id: String(at), method: 'GET', url: group[at] ?? '' }));
      for (const [at, answer] of await ask(requests)) answers.set(at, answer);
    }
    return group.map(
      (path, at) =>
        answers.get(at) ?? { status: 502, text: `No answer for ${path}`, retryAfter: null },
    );
  }

  const all: ApiAnswer[] = [];
  for (let start = 0; start < paths.length; start += BATCH_SIZE) {
    all.push(...(await oneBatch(paths.slice(start, start + BATCH_SIZE))));
  }
  return all;
}

function isOpen(answer: ApiAnswer | undefined, renewed: boolean): boolean {
  if (answer === undefined) return true;
  return answer.status === 401 ? !renewed : PASSING.has(answer.status);
}

function readPart(
  response: z.infer<typeof batchBody>['responses'][number],
  now: number,
): ApiAnswer {
  const headers = Object.entries(response.headers ?? {});
  const after = headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1] ?? null;
  return {
    status: response.status,
    text: JSON.stringify(response.body ?? null),
    retryAfter: readRetryAfter(after, now),
  };
}
