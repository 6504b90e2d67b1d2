import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api } from '../../api.ts';

/** While a refresh runs its progress is followed this closely. Unit: ms. */
const FOLLOW_EVERY = 700;
/** Otherwise this often, so that a refresh somebody else began appears by itself. Unit: ms. */
const LOOK_EVERY = 15_000;

/** The state of the directory, and a refresh that goes on without this page. */
export function useDirectory() {
  const queries = useQueryClient();
  const state = useQuery(
    api.directory.state.queryOptions(undefined, {
      refetchInterval: (query) =>
        isRunning(query.state.data?.latest?.state) ? FOLLOW_EVERY : LOOK_EVERY,
    }),
  );
  const refresh = useMutation(
    api.directory.refresh.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.directory.state.queryKey() }),
    }),
  );
  const running = refresh.isPending || isRunning(state.data?.latest?.state);
  const wasRunning = useRef(false);
  useEffect(() => {
    // What was read is on every page: fetch it again once the run is over.
    if (wasRunning.current && !running) void queries.invalidateQueries();
    wasRunning.current = running;
  }, [running, queries]);
  return { state, refresh, running };
}

function isRunning(state: string | undefined): boolean {
  return state === 'waiting' || state === 'running';
}
