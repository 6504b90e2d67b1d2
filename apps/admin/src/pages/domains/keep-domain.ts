import type { QueryClient } from '@tanstack/react-query';
import type { inferOutput } from '@trpc/tanstack-react-query';
import { api } from '../../api.ts';

/** A domain as the server has just answered: shown at once, and the list asks again what it says of it in short. */
export function keepDomain(queries: QueryClient, next: inferOutput<typeof api.domains.get>): void {
  queries.setQueryData(api.domains.get.queryKey({ name: next.name }), next);
  void queries.invalidateQueries({ queryKey: api.domains.list.queryKey() });
}
