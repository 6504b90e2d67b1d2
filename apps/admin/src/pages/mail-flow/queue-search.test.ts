import { describe, expect, it } from 'vitest';
import {
  exportQueueHref,
  isFiltered,
  QUARANTINE_STATES,
  QUEUE_STATES,
  readQueueSearch,
  toQueueInput,
} from './queue-search.ts';

describe('the address of the queue', () => {
  it('is everything on its way when it is empty, and nothing in quarantine', () => {
    const search = readQueueSearch({});
    expect(isFiltered(search)).toBe(false);
    expect(toQueueInput(search, QUEUE_STATES)).toMatchObject({
      states: ['queued', 'leased', 'deferred', 'review', 'held'],
      reasons: null,
      sort: 'accepted',
      descending: false,
      olderThan: null,
    });
    expect(toQueueInput(search, QUARANTINE_STATES).states).toEqual(['quarantined']);
  });

  it('is understood as far as it can be', () => {
    const search = readQueueSearch({
      state: 'review,made-up',
      why: 'connector-broken,not-tried,x',
      direction: 'sideways',
      age: '20d',
      sort: '-due',
      q: 42,
    });
    expect(toQueueInput(search, QUEUE_STATES)).toMatchObject({
      states: ['review'],
      reasons: ['connector-broken', 'not-tried'],
      direction: null,
      olderThan: 20 * 24 * 3600,
      sort: 'due',
      descending: true,
      search: '',
    });
  });

  it('never shows on one page what belongs to the other', () => {
    const search = readQueueSearch({ state: 'quarantined' });
    expect(toQueueInput(search, QUEUE_STATES).states).toEqual([...QUEUE_STATES]);
  });

  it('exports exactly what the list shows', () => {
    const search = readQueueSearch({ state: 'review', q: 'a&b', sort: '-attempts', after: 'x' });
    expect(exportQueueHref(search, QUEUE_STATES)).toBe(
      '/export/queue.csv?states=review&sort=attempts&search=a%26b&descending=true',
    );
  });
});
