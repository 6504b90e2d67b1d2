import { describe, expect, it } from 'vitest';
import { decideCarryBack, type LeftHere, type StandsThere } from './carry-back.ts';
import { HOUR, MINUTE } from '../instant.ts';

const NOON = Date.UTC(2026, 10, 25, 12);
const here = (change: Partial<LeftHere> = {}): LeftHere => ({
  folder: 'inbox',
  isRead: true,
  isFlagged: false,
  touchedAt: NOON,
  movedAt: null,
  ...change,
});
const there = (change: Partial<StandsThere> = {}): StandsThere => ({
  folder: 'inbox',
  isRead: false,
  isFlagged: false,
  createdAt: NOON + HOUR,
  changedAt: NOON + HOUR + 1000,
  ...change,
});

describe('carrying back', () => {
  it('marks what was read here in mail that was delivered afterwards', () => {
    expect(decideCarryBack(here(), there())).toEqual({
      kind: 'change',
      mark: { isRead: true },
      moveTo: null,
    });
  });

  it('takes back a mark as well, and sets the flag', () => {
    expect(
      decideCarryBack(here({ isRead: false, isFlagged: true }), there({ isRead: true })),
    ).toEqual({
      kind: 'change',
      mark: { isRead: false, isFlagged: true },
      moveTo: null,
    });
  });

  it('does nothing where it is so already', () => {
    expect(decideCarryBack(here(), there({ isRead: true }))).toEqual({ kind: 'same' });
  });

  it('leaves alone what was changed in Outlook later, and not what was changed before', () => {
    const old = { createdAt: NOON - 5 * HOUR };
    expect(decideCarryBack(here(), there({ ...old, changedAt: NOON + MINUTE }))).toEqual({
      kind: 'theirs',
    });
    expect(decideCarryBack(here(), there({ ...old, changedAt: NOON - MINUTE })).kind).toBe(
      'change',
    );
  });

  it('deletes into Deleted Items, and moves back out of there', () => {
    const deleted = here({ folder: 'deleted', movedAt: NOON });
    expect(decideCarryBack(deleted, there())).toMatchObject({ moveTo: 'deleteditems' });
    const rescued = here({ folder: 'inbox', movedAt: NOON });
    expect(decideCarryBack(rescued, there({ folder: 'junkemail' }))).toMatchObject({
      moveTo: 'inbox',
    });
  });

  it('moves nothing that was not moved here: a rule may have filed it', () => {
    expect(decideCarryBack(here(), there({ folder: null }))).toMatchObject({ moveTo: null });
    expect(decideCarryBack(here({ folder: 'junk' }), there())).toMatchObject({ moveTo: null });
  });
});
