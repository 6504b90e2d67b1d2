import type { AdminRouter } from '@holdfast/api';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { isCode, readProblem } from './session/problem.ts';

/** Failures of the way to the server are tried again this often; refusals never are. */
const RETRIES = 2;
/** What was fetched this recently is not fetched again when a page opens. Unit: ms. */
const FRESH_FOR = 5_000;

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: lookWhoIsSignedIn }),
  mutationCache: new MutationCache({ onError: lookWhoIsSignedIn }),
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

/** A session that ended elsewhere or ran out shows the sign-in at once, on the page where it happened. */
function lookWhoIsSignedIn(error: Error): void {
  if (isCode(error, 'session.required'))
    void queryClient.invalidateQueries({ queryKey: api.session.me.queryKey() });
}
