import type { CutOverView } from '@holdfast/contracts';
import { useQueryClient } from '@tanstack/react-query';
import type { inferOutput } from '@trpc/tanstack-react-query';
import { api } from '../../api.ts';

/** While a test message is on its way, and otherwise. Milliseconds. */
const LOOK_SOON = 2000;
const LOOK_EVERY = 15_000;

export function lookEvery(view: CutOverView | undefined): number {
  const state = view?.canary?.state;
  return state === 'waiting' || state === 'accepted' || state === 'relayed'
    ? LOOK_SOON
    : LOOK_EVERY;
}

/** What every answer to a change of a cut-over is done with. */
export function useKeepView(): (view: inferOutput<typeof api.cutOver.get>) => void {
  const queries = useQueryClient();
  return (view) => queries.setQueryData(api.cutOver.get.queryKey({ name: view.name }), view);
}
