import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../instant.ts';
import type { Drill } from './drill.ts';
import { drillEvidence, drillStage, type DrillParticipation } from './drill-evidence.ts';

const at = 1_000_000 * HOUR;
const nobody: DrillParticipation = {
  userId: 'megan',
  channels: [{ kind: 'sms', isProven: true }],
  notices: [],
  signedInAt: null,
  wroteAt: null,
  isAdmitted: true,
};
const handedOver = {
  channel: 'sms',
  isProven: true,
  outcome: 'handed-over',
  detail: '',
  at: at + 30 * SECOND,
} as const;

describe('how far a participant came', () => {
  it.each([
    ['wrote', { signedInAt: at, wroteAt: at }],
    ['signed-in', { signedInAt: at, notices: [handedOver] }],
    ['reached', { notices: [{ ...handedOver, outcome: 'failed' }, handedOver] }],
    ['told-only', { notices: [{ ...handedOver, isProven: false }] }],
    ['not-delivered', { notices: [{ ...handedOver, outcome: 'failed' }] }],
    ['left', { isAdmitted: false }],
    ['no-contact', { channels: [] }],
    ['not-told-yet', {}],
  ] as const)('%s', (stage, change) => {
    expect(drillStage({ ...nobody, ...change })).toBe(stage);
  });
});

describe('the evidence', () => {
  const drill: Drill = {
    id: 'drill-1',
    phase: 'over',
    participants: ['a', 'b', 'c', 'd'],
    reason: 'Practice',
    startedAt: at,
    startedBy: 'admin-1',
    endsAt: at + HOUR,
    noticesAt: at + 20 * SECOND,
    endedAt: at + HOUR,
    because: 'time',
  };

  it('counts everybody who was chosen, also who is gone from the directory', () => {
    const { figures } = drillEvidence(drill, [nobody]);
    expect(figures).toMatchObject({ participants: 4, reached: 0, reachedAfter: null });
  });

  it('measures from the start, by the median, and says which targets were met', () => {
    const came = (minutes: number): DrillParticipation => ({
      ...nobody,
      notices: [handedOver],
      signedInAt: at + minutes * MINUTE,
      wroteAt: at + HOUR,
    });
    const { figures, met } = drillEvidence(drill, [came(5), came(10), came(50), nobody]);
    expect(figures).toEqual({
      participants: 4,
      reached: 3,
      signedIn: 3,
      wrote: 3,
      reachedAfter: 30 * SECOND,
      signedInAfter: 10 * MINUTE,
    });
    expect(met).toEqual({
      reached: false,
      signedIn: false,
      wrote: true,
      reachedWithin: true,
      signedInWithin: true,
    });
  });
});
