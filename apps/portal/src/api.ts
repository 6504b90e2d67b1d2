import type { PortalRouter } from '@holdfast/api';
import type { ErrorCode } from '@holdfast/contracts';
import { QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { en } from './messages/en.ts';

/** Sent with every request, so that a page left open over an update is told (`client.outdated`) instead of failing strangely. */
export const CLIENT_HEADERS = { 'x-holdfast-client': __CLIENT_VERSION__ } as const;

/** New mail is looked for this often while the page is in front. Unit: ms. */
export const POLL_EVERY = 15_000;
/** Tries after the first, on a lost connection only. */
const NETWORK_RETRIES = 2;

export interface Problem {
  /** `network` when no answer came at all. */
  readonly code: ErrorCode | 'network';
  /** What happened, what it means and what to do; safe to show. */
  readonly message: string;
  readonly fields: Readonly<Record<string, string>>;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function readShape(value: unknown): Problem | null {
  if (!isRecord(value) || typeof value['code'] !== 'string' || typeof value['message'] !== 'string')
    return null;
  const fields: Record<string, string> = {};
  if (isRecord(value['fields']))
    for (const [name, text] of Object.entries(value['fields']))
      if (typeof text === 'string') fields[name] = text;
  return { code: value['code'] as ErrorCode, message: value['message'], fields };
}

/** The one place where a failure becomes something to show. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof TRPCClientError)) return readShape(error) ?? internalProblem();
  const data: unknown = error.data;
  if (!isRecord(data)) return { code: 'network', message: en.problems.network, fields: {} };
  return readShape(data['appError']) ?? internalProblem();
}

function internalProblem(): Problem {
  return { code: 'internal', message: en.problems.internal, fields: {} };
}

export const queryClient = new QueryClient({
  defaultOptions: {
    // `always`: without a connection there is an answer in words after the retries, instead of a silent wait.
    queries: {
      networkMode: 'always',
      staleTime: 5_000,
      retry: (failures, error) => problemOf(error).code === 'network' && failures < NETWORK_RETRIES,
    },
    mutations: {
      networkMode: 'always',
      // Safe only because what matters carries a key of its own (`send`) or sets a state (`move`, `setRead`).
      retry: (failures, error) => problemOf(error).code === 'network' && failures < NETWORK_RETRIES,
    },
  },
});

/** For what is called outside the pages: the outbox. Pages use `trpc`. */
export const portal = createTRPCClient<PortalRouter>({
  links: [
    httpBatchLink({
      url: '/trpc',
      headers: CLIENT_HEADERS,
      fetch: (input, init) => fetch(input, { ...init, credentials: 'same-origin' }),
    }),
  ],
});

export const trpc = createTRPCOptionsProxy<PortalRouter>({ client: portal, queryClient });
