import type { CommandDeliveriesRequest } from '@holdfast/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import type { QueueStateWord } from '../../messages/vocabulary.ts';
import { NONE_CHOSEN, refreshChosen, type ChosenDeliveries } from './chosen-deliveries.ts';
import type { AskedCommand } from './command-dialog.tsx';
import { toQueueFilter, toQueueInput, type QueueSearch } from './queue-search.ts';

/** Mail comes and goes while the page is open. Unit: ms. */
const LOOK_EVERY = 10_000;
/** While a command on many goes on, its progress is followed more closely. */
const FOLLOW_EVERY = 2_000;

/** The list of the page, what is chosen in it, and the command that is being asked for. */
export function useDeliveries(search: QueueSearch, states: readonly QueueStateWord[]) {
  const page = useQuery(
    api.mailFlow.queue.queryOptions(toQueueInput(search, states), {
      placeholderData: keepPreviousData,
      refetchInterval: (query) => {
        const state = query.state.data?.action?.state;
        return state === 'waiting' || state === 'running' ? FOLLOW_EVERY : LOOK_EVERY;
      },
    }),
  );
  // Another filter shows other mail: what was chosen under the one before is chosen no more.
  const filter = toQueueFilter(search, states);
  const filterKey = JSON.stringify(filter);
  const [stored, setStored] = useState({ filterKey, chosen: NONE_CHOSEN });
  const [asked, setAsked] = useState<AskedCommand | null>(null);
  const setChosen = (chosen: ChosenDeliveries) => setStored({ filterKey, chosen });
  const chosen = refreshChosen(
    stored.filterKey === filterKey ? stored.chosen : NONE_CHOSEN,
    page.data?.rows ?? [],
  );
  const able = chosen.rows.filter((row) => asked === null || row.commands.includes(asked.command));
  const selection: CommandDeliveriesRequest['selection'] = chosen.all
    ? { kind: 'matching', filter }
    : {
        kind: 'deliveries',
        deliveries: able.map(({ id, acceptedAt }) => ({ id, acceptedAt })),
      };
  return {
    page,
    chosen,
    setChosen,
    asked,
    setAsked,
    selection,
    count: chosen.all ? (page.data?.total ?? 0) : able.length,
  };
}
