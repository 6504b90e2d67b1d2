import { DAY } from '@holdfast/domain';
import type { QueueCount } from '../records/queue.ts';
import type { Need, NeedFacts } from './needs.ts';

/** Mail is kept trying for 30 days; from here on there are ten left to find out why it does not go. */
const WAITS_LONG_AFTER = 20 * DAY;

/** What of the waiting mail needs a person, each with the queue filtered to it. */
export function queueNeeds({ now, waiting }: NeedFacts): readonly Need[] {
  return [...waitsLong(now, waiting), ...brokenConnector(waiting), ...heldForReview(waiting)];
}

/** Quarantined mail does not wait for its delivery, and is deleted after its time. */
function waitsLong(now: number, waiting: readonly QueueCount[]): readonly Need[] {
  const undelivered = waiting.filter(({ state }) => state !== 'quarantined');
  const oldest = Math.min(...undelivered.map((count) => count.oldest));
  if (!(now - oldest > WAITS_LONG_AFTER)) return [];
  const days = Math.floor((now - oldest) / DAY);
  return [
    {
      id: 'mail-waits-long',
      level: 'problem',
      title: `Mail has been waiting for ${days} days`,
      detail: 'After 30 days it is tried no more and held for review. See why it does not go.',
      href: '/queue?state=queued,leased,deferred,review,held&age=20d',
    },
  ];
}

function brokenConnector(waiting: readonly QueueCount[]): readonly Need[] {
  const count = total(waiting.filter(({ reason }) => reason === 'connector-broken'));
  if (count === 0) return [];
  return [
    {
      id: 'connector-broken',
      level: 'problem',
      title: 'Office 365 refuses us: the inbound connector is broken',
      detail: `${messages(count)} waiting for it. Check the connector and its addresses in Exchange; nothing is lost meanwhile.`,
      href: '/queue?why=connector-broken',
    },
  ];
}

function heldForReview(waiting: readonly QueueCount[]): readonly Need[] {
  const count = total(waiting.filter(({ state }) => state === 'review'));
  if (count === 0) return [];
  return [
    {
      id: 'held-for-review',
      level: 'attention',
      title: `${messages(count)} held for review`,
      detail: 'Office 365 refused them, or they waited too long. Release or discard them.',
      href: '/queue?state=review',
    },
  ];
}

function total(counts: readonly QueueCount[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}

function messages(count: number): string {
  return count === 1 ? '1 message' : `${count} messages`;
}
