import { describe, expect, it } from 'vitest';
import { DEFAULT_GUARD_PERCENT, guardSync } from './sync-guard.ts';

const weather = { primaryHealthy: true, eventOpen: false };
const event = { ...weather, eventOpen: true };
const doubt = { ...weather, primaryHealthy: false };
const facts = {
  known: 1000,
  affected: 3,
  weather,
  percent: DEFAULT_GUARD_PERCENT,
  confirmed: false,
};

describe('taking away what the tenant no longer has', () => {
  it.each([
    ['a few', {}, { decision: 'apply' }],
    ['five of six', { known: 6, affected: 5 }, { decision: 'apply' }],
    ['six of seven', { known: 7, affected: 6 }, { decision: 'ask', affected: 6, known: 7 }],
    ['all three', { known: 3, affected: 3 }, { decision: 'ask', affected: 3, known: 3 }],
    ['the only one', { known: 1, affected: 1 }, { decision: 'apply' }],
    ['exactly the share', { affected: 100 }, { decision: 'apply' }],
    ['one more than the share', { affected: 101 }, { decision: 'ask', affected: 101, known: 1000 }],
    ['the same with a wider setting', { affected: 101, percent: 20 }, { decision: 'apply' }],
    ['all of them, confirmed', { affected: 1000, confirmed: true }, { decision: 'apply' }],
    [
      'confirmed, during an event',
      { confirmed: true, weather: event },
      { decision: 'keep', reason: 'event-open' },
    ],
    [
      'confirmed, while in doubt',
      { confirmed: true, weather: doubt },
      { decision: 'keep', reason: 'primary-not-healthy' },
    ],
    ['during an event', { weather: event }, { decision: 'keep', reason: 'event-open' }],
    ['while in doubt', { weather: doubt }, { decision: 'keep', reason: 'primary-not-healthy' }],
    ['none, during an event', { affected: 0, weather: event }, { decision: 'apply' }],
  ] as const)('%s', (_name, change, decision) => {
    expect(guardSync({ ...facts, ...change })).toEqual(decision);
  });
});
