import { describe, expect, it } from 'vitest';
import { DEFAULT_REMOVAL_SHARE, guardSync } from './sync-guard.ts';

const facts = {
  known: 1000,
  removals: 3,
  primaryHealthy: true,
  eventOpen: false,
  removalShare: DEFAULT_REMOVAL_SHARE,
  confirmed: false,
};

describe('removing what the tenant no longer has', () => {
  it.each([
    ['a few', {}, { decision: 'apply' }],
    ['five of six', { known: 6, removals: 5 }, { decision: 'apply' }],
    ['six of six', { known: 6, removals: 6 }, { decision: 'ask', removals: 6, known: 6 }],
    ['exactly the share', { removals: 100 }, { decision: 'apply' }],
    ['one more than the share', { removals: 101 }, { decision: 'ask', removals: 101, known: 1000 }],
    ['all of them, confirmed', { removals: 1000, confirmed: true }, { decision: 'apply' }],
    [
      'confirmed, during an event',
      { confirmed: true, eventOpen: true },
      { decision: 'keep-removed', reason: 'event-open' },
    ],
    [
      'confirmed, while in doubt',
      { confirmed: true, primaryHealthy: false },
      { decision: 'keep-removed', reason: 'primary-not-healthy' },
    ],
    ['during an event', { eventOpen: true }, { decision: 'keep-removed', reason: 'event-open' }],
    [
      'while in doubt',
      { primaryHealthy: false },
      { decision: 'keep-removed', reason: 'primary-not-healthy' },
    ],
    ['none, during an event', { removals: 0, eventOpen: true }, { decision: 'apply' }],
  ] as const)('%s', (_name, change, decision) => {
    expect(guardSync({ ...facts, ...change })).toEqual(decision);
  });
});
