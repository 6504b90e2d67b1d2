import type { QueueRow } from '@holdfast/contracts';
import { m } from '../messages/catalogue.ts';
import type { DeliveryStateWord, QueueStateWord } from '../messages/vocabulary.ts';
import { State, type Tone } from './state.tsx';

export const QUEUE_TONE: Readonly<Record<QueueStateWord, Tone>> = {
  queued: 'neutral',
  leased: 'good-weak',
  deferred: 'attention',
  review: 'problem',
  held: 'hollow',
  quarantined: 'attention',
};

const FINAL_TONE: Readonly<Record<DeliveryStateWord, Tone>> = {
  queued: 'neutral',
  leased: 'good-weak',
  deferred: 'attention',
  held: 'problem',
  quarantined: 'attention',
  delivered: 'good',
  discarded: 'hollow',
  bounced: 'problem',
};

export function toneOf(state: DeliveryStateWord): Tone {
  return FINAL_TONE[state];
}

/** Where a delivery is, by the queue's name for it while it is open. */
export function DeliveryState({ row }: { readonly row: Pick<QueueRow, 'state' | 'queueState'> }) {
  return row.queueState === null ? (
    <State tone={FINAL_TONE[row.state]}>{m.mailFlow.finalState[row.state]}</State>
  ) : (
    <State tone={QUEUE_TONE[row.queueState]}>{m.mailFlow.state[row.queueState]}</State>
  );
}
