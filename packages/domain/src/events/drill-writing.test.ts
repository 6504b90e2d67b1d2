import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../instant.ts';
import type { Drill } from './drill.ts';
import { decideDrillWriting, markDrill, withoutDrillMark } from './drill-writing.ts';

const at = 1_000_000 * HOUR;
const facts = {
  id: 'drill-1',
  participants: ['megan'],
  reason: 'Practice',
  startedAt: at,
  startedBy: 'admin-1',
  endsAt: at + 2 * HOUR,
  noticesAt: at,
};
const running: Drill = { ...facts, phase: 'running' };
const over: Drill = { ...facts, phase: 'over', endedAt: at + HOUR, because: 'event' };
const message = {
  saidDrill: 'drill-1',
  writtenAt: at + 30 * MINUTE,
  userId: 'megan',
  now: at + 40 * MINUTE,
  isEventOpen: false,
};

describe('a message of a participant', () => {
  it.each([
    ['says the drill', 'drill-1'],
    ['says that there is none', null],
    ['says nothing', undefined],
  ])('while the drill runs it is practice, whatever its client %s', (_says, saidDrill) => {
    expect(decideDrillWriting({ ...message, saidDrill }, running)).toEqual({
      kind: 'practice',
      drillId: 'drill-1',
    });
  });

  it('written in a drill is never sent in the event that ended it', () => {
    const late = { ...message, now: at + 2 * HOUR, isEventOpen: true };
    expect(decideDrillWriting(late, over)).toEqual({ kind: 'over' });
    expect(decideDrillWriting({ ...late, saidDrill: undefined }, over)).toEqual({ kind: 'over' });
  });

  it('written in another drill is not practice of this one', () => {
    expect(decideDrillWriting({ ...message, saidDrill: 'drill-0' }, running)).toEqual({
      kind: 'over',
    });
  });

  it('written in the event that came after is real', () => {
    const real = { ...message, now: at + 2 * HOUR, isEventOpen: true };
    expect(decideDrillWriting({ ...real, saidDrill: null }, over)).toEqual({ kind: 'real' });
    const silent = { ...real, saidDrill: undefined, writtenAt: at + HOUR + MINUTE };
    expect(decideDrillWriting(silent, over)).toEqual({ kind: 'real' });
  });

  it('of somebody who never was in a drill is real', () => {
    const real = { ...message, saidDrill: undefined };
    expect(decideDrillWriting(real, null)).toEqual({ kind: 'real' });
    expect(decideDrillWriting({ ...real, userId: 'adele' }, over)).toEqual({ kind: 'real' });
  });
});

describe('the subject of what is written in a drill', () => {
  it('says so once, and no more when it is taken back', () => {
    expect(markDrill('Offer')).toBe('[DRILL] Offer');
    expect(markDrill('Re: [DRILL] Offer')).toBe('Re: [DRILL] Offer');
    expect(withoutDrillMark(markDrill('Offer'))).toBe('Offer');
    expect(withoutDrillMark('Re: [DRILL] Offer')).toBe('Re: [DRILL] Offer');
  });
});
