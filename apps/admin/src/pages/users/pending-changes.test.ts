import { describe, expect, it } from 'vitest';
import {
  countChanges,
  isChanged,
  isTicked,
  NO_CHANGES,
  setTick,
  setTicks,
} from './pending-changes.ts';

const adele = { id: 'a', protected: true, eligible: true };
const diego = { id: 'd', protected: false, eligible: true };
const sales = { id: 's', protected: false, eligible: false };

describe('ticks that wait for Save changes', () => {
  it('shows what is stored while nothing waits', () => {
    expect(isTicked(NO_CHANGES, adele)).toBe(true);
    expect(isTicked(NO_CHANGES, diego)).toBe(false);
    expect(countChanges(NO_CHANGES)).toBe(0);
  });

  it('keeps ticks in both directions', () => {
    const changes = setTick(setTick(NO_CHANGES, diego, true), adele, false);
    expect(changes).toEqual({ protect: ['d'], unprotect: ['a'] });
    expect(isChanged(changes, diego)).toBe(true);
  });

  it('forgets a tick that goes back to what is stored', () => {
    expect(setTick(setTick(NO_CHANGES, diego, true), diego, false)).toEqual(NO_CHANGES);
    expect(setTick(setTick(NO_CHANGES, adele, false), adele, true)).toEqual(NO_CHANGES);
  });

  it('counts a tick once, however often it is set', () => {
    expect(setTick(setTick(NO_CHANGES, diego, true), diego, true).protect).toEqual(['d']);
  });

  it('refuses to tick who cannot be protected, also in bulk', () => {
    expect(setTicks(NO_CHANGES, [diego, sales], true).protect).toEqual(['d']);
  });

  it('lets somebody be unticked who is protected and no longer eligible', () => {
    const moved = { id: 'm', protected: true, eligible: false };
    expect(setTick(NO_CHANGES, moved, false).unprotect).toEqual(['m']);
  });
});
