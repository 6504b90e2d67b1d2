import type { AdminRouter } from '@holdfast/api';
import { QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { readProblem } from './session/problem.ts';

/** Failures of the way to the server are tried again this often; refusals never are. */
const RETRIES = 2;
/** What was fetched this recently is not fetched again when a page opens. Unit: ms. */
const FRESH_FOR = 5_000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_FOR,
      retry: (count, error) => count < RETRIES && readProblem(error).kind === 'unreachable',
    },
  },
});

/** For what the options proxy cannot say: pages by offset. */
export const client = createTRPCClient<AdminRouter>({
  links: [
    httpBatchLink({
      url: '/trpc',
      headers: { 'x-holdfast-client': __CLIENT_VERSION__ },
    }),
  ],
});

export const api = createTRPCOptionsProxy<AdminRouter>({ client, queryClient });
