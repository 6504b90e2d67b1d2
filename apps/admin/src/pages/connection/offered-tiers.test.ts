import { describe, expect, test } from 'vitest';
import { nearestOffer } from './offered-tiers.ts';

describe('what Microsoft will ask for', () => {
  test('is what was ticked, where there is an application for it', () => {
    expect(nearestOffer([['read', 'configure', 'mailbox'], ['read']], ['read'])).toEqual(['read']);
  });

  test('is more, where there is not', () => {
    const all = ['read', 'configure', 'mailbox'] as const;
    expect(nearestOffer([all, ['read', 'configure']], ['read', 'mailbox'])).toEqual(all);
  });
});
