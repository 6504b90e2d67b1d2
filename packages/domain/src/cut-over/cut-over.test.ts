import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOfMx, type CutOverEvidence } from './cut-over-evidence.ts';
import {
  CUT_OVER_STEPS,
  DEFAULT_CUT_OVER_POLICY,
  evolveCutOver,
  WAY_BACK_STEPS,
  type CutOver,
  type CutOverCommand,
  type CutOverStep,
} from './cut-over.ts';
import { cutOverSteps, nextStep, wayBackSteps, type StepFacts } from './cut-over-steps.ts';
import { decideCutOver } from './decide-cut-over.ts';
import { DAY, HOUR, MINUTE } from '../instant.ts';

const policy = DEFAULT_CUT_OVER_POLICY;
const t0 = 1000 * DAY;
const by = 'admin@contoso.example';

const before: CutOverEvidence = {
  mx: { place: 'office-365', anyOfOurs: false, hosts: ['t.example'], ttl: 3600, seenAt: t0 },
  recipients: { kind: 'complete', by: 'exchange', syncedAt: t0 },
  connector: 'on',
  connectorDetail: 'read from Exchange',
  lockDown: 'off',
  policies: { kind: 'none' },
};
const withTtl = (ttl: number): CutOverEvidence => ({
  ...before,
  mx: { place: 'office-365', anyOfOurs: false, hosts: ['t.example'], ttl, seenAt: t0 },
});
const here: CutOverEvidence = {
  ...before,
  mx: { place: 'here', anyOfOurs: true, hosts: ['mx1.example'], ttl: 300, seenAt: t0 },
};
const mixed: CutOverEvidence = {
  ...before,
  mx: { place: 'office-365-left', anyOfOurs: true, hosts: [], ttl: 300, seenAt: t0 },
};

const observe = (evidence: CutOverEvidence, at: number): CutOverCommand => ({
  type: 'observe',
  evidence,
  at,
  policy,
});
const skip = (step: CutOverStep, at: number, reason = 'seen elsewhere'): CutOverCommand => ({
  type: 'skip',
  step,
  reason,
  by,
  at,
  filterInFront: false,
});

function run(current: CutOver | null, ...commands: CutOverCommand[]): CutOver | null {
  let state = current;
  for (const command of commands) {
    const decision = decideCutOver(state, command);
    if (!decision.ok) throw new Error(`${command.type}: ${decision.refusal}`);
    state = decision.facts.reduce(evolveCutOver, state);
  }
  return state;
}

const facts = (evidence: CutOverEvidence, now: number): StepFacts => ({
  evidence,
  obstacles: [],
  policy,
  now,
});

const stateOf = (current: CutOver | null, evidence: CutOverEvidence, now: number, step: string) =>
  [
    ...cutOverSteps(current, facts(evidence, now)),
    ...wayBackSteps(current, facts(evidence, now)),
  ].find((reading) => reading.step === step)?.state;

const begun = run(null, { type: 'start', by, at: t0 }, observe(before, t0));
const prepared = run(
  begun,
  observe(withTtl(300), t0 + HOUR),
  { type: 'send-canary', probeId: 'p1', at: t0 + 2 * HOUR },
  {
    type: 'canary-seen',
    probeId: 'p1',
    seenBy: 'graph',
    arrivedAt: t0 + 2 * HOUR + MINUTE,
    at: t0 + 2 * HOUR + MINUTE,
  },
);
const through = run(prepared, observe(here, t0 + 50 * HOUR));

describe('the TTL', () => {
  it('wants to be lowered while it is long', () => {
    expect(stateOf(begun, before, t0, 'ttl')).toEqual({ kind: 'blocked', reason: 'ttl-high' });
  });

  it('is waited for 48 hours after it was first seen low', () => {
    const low = run(begun, observe(withTtl(300), t0 + HOUR));
    expect(stateOf(low, withTtl(300), t0 + 2 * HOUR, 'ttl')).toEqual({
      kind: 'waiting',
      until: t0 + 49 * HOUR,
    });
    expect(stateOf(low, withTtl(300), t0 + 49 * HOUR, 'ttl')).toEqual({
      kind: 'done',
      at: t0 + HOUR,
    });
  });

  it('is waited for longer when the old one was longer', () => {
    const week = run(begun, observe(withTtl(604_800), t0), observe(withTtl(60), t0 + HOUR));
    expect(stateOf(week, withTtl(60), t0 + 2 * HOUR, 'ttl')).toEqual({
      kind: 'waiting',
      until: t0 + HOUR + 7 * DAY,
    });
  });

  it('counted down by a cache looks low for a moment only: one long answer begins the wait anew', () => {
    const counted = run(
      begun,
      observe(withTtl(40), t0 + HOUR),
      observe(withTtl(3600), t0 + 2 * HOUR),
      observe(withTtl(50), t0 + 3 * HOUR),
    );
    expect(stateOf(counted, withTtl(50), t0 + 49 * HOUR, 'ttl')).toEqual({
      kind: 'waiting',
      until: t0 + 51 * HOUR,
    });
  });

  it('that nobody says proves nothing', () => {
    const silent = { ...before, mx: { ...(before.mx ?? fail()), ttl: null } };
    expect(stateOf(begun, silent, t0, 'ttl')).toEqual({ kind: 'blocked', reason: 'ttl-unknown' });
    expect(stateOf(begun, { ...before, mx: null }, t0, 'ttl')).toEqual({
      kind: 'blocked',
      reason: 'dns-silent',
    });
  });
});

describe('the order', () => {
  it('MX is to be changed only when all before it is done', () => {
    expect(stateOf(begun, before, t0, 'mx')).toEqual({ kind: 'blocked', reason: 'earlier-steps' });
    expect(stateOf(prepared, withTtl(300), t0 + 50 * HOUR, 'mx')).toEqual({ kind: 'open' });
    expect(nextStep(cutOverSteps(prepared, facts(withTtl(300), t0 + 50 * HOUR)))?.step).toBe('mx');
  });

  it('a step that was skipped with a reason stops nothing, and what is done needs no excuse', () => {
    const skipped = run(begun, skip('ttl', t0), skip('canary', t0), skip('recipients', t0));
    expect(stateOf(skipped, before, t0, 'ttl')).toMatchObject({ kind: 'skipped', by });
    expect(stateOf(skipped, before, t0, 'recipients')).toEqual({ kind: 'done', at: t0 });
    expect(stateOf(skipped, before, t0, 'mx')).toEqual({ kind: 'open' });
    const again = run(skipped, { type: 'unskip', step: 'ttl', at: t0 });
    expect(stateOf(again, before, t0, 'mx')).toEqual({ kind: 'blocked', reason: 'earlier-steps' });
  });

  it.each(['connector', 'mx'] as const)('%s cannot be skipped', (step) => {
    expect(decideCutOver(begun, skip(step, t0))).toEqual({ ok: false, refusal: 'not-skippable' });
  });

  it('skipping wants a reason', () => {
    expect(decideCutOver(begun, skip('ttl', t0, '  '))).toEqual({
      ok: false,
      refusal: 'reason-missing',
    });
  });

  it('the lock-down stays off until MX is here', () => {
    const early = { ...before, lockDown: 'on' } as const;
    expect(stateOf(begun, early, t0, 'connector')).toEqual({
      kind: 'blocked',
      reason: 'lock-down-on',
    });
  });
});

describe('the probe', () => {
  it('is asked for when the connector is on, and not before', () => {
    expect(stateOf(begun, before, t0, 'canary')).toEqual({ kind: 'open' });
    const off = { ...before, connector: 'off' } as const;
    expect(stateOf(begun, off, t0, 'canary')).toEqual({ kind: 'blocked', reason: 'earlier-steps' });
  });

  it('proves nothing any more once the connector is gone', () => {
    const gone = run(prepared, observe({ ...withTtl(300), connector: 'off' }, t0 + 3 * HOUR));
    expect(gone).toMatchObject({ canary: null });
  });

  it('lost can be sent again, and late is proof all the same', () => {
    const lost = run(
      begun,
      { type: 'send-canary', probeId: 'p1', at: t0 },
      { type: 'canary-lost', probeId: 'p1', detail: 'Office 365 refused it', at: t0 + HOUR },
    );
    expect(stateOf(lost, before, t0, 'canary')).toEqual({ kind: 'blocked', reason: 'canary-lost' });
    const late: CutOverCommand = {
      type: 'canary-seen',
      probeId: 'p1',
      seenBy: 'code',
      arrivedAt: t0 + 2 * HOUR,
      at: t0 + 2 * HOUR,
    };
    expect(stateOf(run(lost, late), before, t0, 'canary')).toMatchObject({ kind: 'done' });
    const other = run(lost, { type: 'send-canary', probeId: 'p2', at: t0 });
    expect(decideCutOver(other, late)).toEqual({ ok: false, refusal: 'no-such-probe' });
  });
});

describe('MTA-STS and DANE', () => {
  const without = {
    ...before,
    policies: {
      kind: 'published',
      allowsUs: false,
      allowsTenant: true,
      maxAge: 7 * 86_400,
      detail: '',
    },
  } as const;
  const withUs = { ...without, policies: { ...without.policies, allowsUs: true } } as const;

  it('without a policy there is nothing to do', () => {
    expect(stateOf(begun, before, t0, 'policies')).toEqual({ kind: 'done', at: null });
  });

  it('a policy without us is in the way, and once we are in it its max_age is waited for', () => {
    const seen = run(null, { type: 'start', by, at: t0 }, observe(without, t0));
    expect(stateOf(seen, without, t0, 'policies')).toEqual({
      kind: 'blocked',
      reason: 'policies-forbid-us',
    });
    const added = run(seen, observe(withUs, t0 + HOUR));
    expect(stateOf(added, withUs, t0 + 2 * HOUR, 'policies')).toEqual({
      kind: 'waiting',
      until: t0 + HOUR + 7 * DAY,
    });
    expect(stateOf(added, withUs, t0 + 8 * DAY, 'policies')).toMatchObject({ kind: 'done' });
  });

  it('a policy that was taken away is held by senders as long as it said', () => {
    const gone = run(
      null,
      { type: 'start', by, at: t0 },
      observe(without, t0),
      observe(before, t0 + HOUR),
    );
    expect(stateOf(gone, before, t0 + 2 * HOUR, 'policies')).toEqual({
      kind: 'waiting',
      until: t0 + HOUR + 7 * DAY,
    });
  });
});

describe('after the change', () => {
  it('72 hours later it is told who still sends directly, and then the lock-down is offered', () => {
    expect(through).toMatchObject({ phase: 'through-us', changedAt: t0 + 50 * HOUR });
    const early = t0 + 60 * HOUR;
    expect(stateOf(through, here, early, 'direct-senders')).toEqual({
      kind: 'waiting',
      until: t0 + 122 * HOUR,
    });
    const later = t0 + 122 * HOUR;
    expect(stateOf(through, here, later, 'direct-senders')).toEqual({ kind: 'open' });
    const count = { readAt: later, messages: 4, sources: 2 };
    expect(
      decideCutOver(through, { type: 'read-direct-senders', count, at: early, policy }),
    ).toEqual({ ok: false, refusal: 'too-early' });
    const seen = run(through, { type: 'read-direct-senders', count, at: later, policy });
    expect(stateOf(seen, here, later, 'direct-senders')).toEqual({ kind: 'done', at: later });
    expect(stateOf(seen, here, later, 'lock-down')).toEqual({ kind: 'open' });
  });

  it('an Office 365 MX left as a backup is named, before and after', () => {
    expect(stateOf(prepared, mixed, t0 + 50 * HOUR, 'mx')).toEqual({
      kind: 'blocked',
      reason: 'office-365-left',
    });
    const back = run(through, observe(mixed, t0 + 51 * HOUR));
    expect(back).toMatchObject({ phase: 'through-us', leftAt: t0 + 51 * HOUR });
    expect(run(back, observe(here, t0 + 52 * HOUR))).toMatchObject({ leftAt: null });
  });

  it('giving up is for before; afterwards there is the way back', () => {
    expect(run(begun, { type: 'give-up', at: t0 })).toBeNull();
    expect(decideCutOver(through, { type: 'give-up', at: t0 })).toEqual({
      ok: false,
      refusal: 'mx-points-here',
    });
  });
});

describe('the way back', () => {
  const at = t0 + 200 * HOUR;
  const back = run(through, { type: 'begin-way-back', reason: 'trial is over', by, at });
  const locked = { ...here, lockDown: 'on' } as const;
  const office: CutOverEvidence = withTtl(300);

  it('takes the lock-down off first: MX waits for it', () => {
    expect(stateOf(back, locked, at, 'lock-down-off')).toEqual({ kind: 'open' });
    expect(stateOf(back, locked, at, 'mx-back')).toEqual({
      kind: 'blocked',
      reason: 'earlier-steps',
    });
    expect(stateOf(back, here, at, 'mx-back')).toEqual({ kind: 'open' });
  });

  it('relays for the longest TTL seen, a week at least, and begins anew when MX comes here again', () => {
    const left = run(back, observe(office, at + HOUR));
    expect(stateOf(left, office, at + 2 * HOUR, 'relay-only')).toEqual({
      kind: 'waiting',
      until: at + HOUR + 7 * DAY,
    });
    const here2 = run(left, observe(mixed, at + 2 * HOUR));
    expect(here2).toMatchObject({ phase: 'way-back', mxBackSince: null, relayUntil: null });
    const done = run(left, observe(office, at + HOUR + 7 * DAY));
    expect(done).toEqual({
      phase: 'back',
      startedAt: t0,
      reason: 'trial is over',
      backAt: at + HOUR + 7 * DAY,
    });
  });

  it('relays longer than a week when the TTL was longer', () => {
    const slow = run(
      null,
      { type: 'start', by, at: t0 },
      observe(withTtl(14 * 86_400), t0),
      observe(here, t0 + HOUR),
      { type: 'begin-way-back', reason: 'back', by, at },
      observe(office, at),
    );
    expect(slow).toMatchObject({ relayUntil: at + 14 * DAY });
  });

  it('can be turned round, and then the probe is due anew', () => {
    expect(run(back, { type: 'resume', by, at })).toMatchObject({
      phase: 'preparing',
      canary: null,
    });
  });

  it('wants a reason, and is begun once', () => {
    expect(decideCutOver(through, { type: 'begin-way-back', reason: ' ', by, at })).toEqual({
      ok: false,
      refusal: 'reason-missing',
    });
    expect(decideCutOver(back, { type: 'begin-way-back', reason: 'x', by, at })).toEqual({
      ok: false,
      refusal: 'way-back-running',
    });
    expect(decideCutOver(back, { type: 'start', by, at })).toEqual({
      ok: false,
      refusal: 'way-back-running',
    });
  });

  it('behind a filter an administrator says where it delivers: DNS cannot', () => {
    const command = { type: 'skip', step: 'mx-back', reason: 'filter set', by, at } as const;
    expect(decideCutOver(back, { ...command, filterInFront: false }).ok).toBe(false);
    const said = run(back, { ...command, filterInFront: true }, observe(here, at + HOUR));
    expect(said).toMatchObject({ mxBackSince: at + HOUR });
  });
});

describe('where MX leads', () => {
  const expectation = {
    ourHosts: ['mx1.holdfast.example', 'mx2.holdfast.example'],
    tenantHosts: ['contoso.mail.example'],
    filterMode: 'none',
  } as const;
  it.each([
    [['MX1.holdfast.example.', 'mx2.holdfast.example'], 'here', true],
    [['mx1.holdfast.example', 'contoso.mail.example'], 'office-365-left', true],
    [['mx1.holdfast.example', 'mx.other.example'], 'others-left', true],
    [['contoso.mail.example'], 'office-365', false],
    [['mx.other.example', 'contoso.mail.example'], 'elsewhere', false],
    [[], 'nothing', false],
  ] as const)('%j is %s', (hosts, place, anyOfOurs) => {
    const records = hosts.map((exchange) => ({ exchange, preference: 10 }));
    expect(placeOfMx(expectation, records)).toEqual({ place, anyOfOurs });
  });
});

describe('whatever happens', () => {
  const evidence = fc.constantFrom(
    before,
    withTtl(60),
    here,
    mixed,
    { ...before, mx: null },
    { ...here, lockDown: 'on' as const },
    { ...before, connector: 'off' as const },
  );
  const command = (at: number): fc.Arbitrary<CutOverCommand> =>
    fc.oneof(
      evidence.map((seen) => observe(seen, at)),
      fc.constantFrom<CutOverCommand>(
        { type: 'start', by, at },
        { type: 'give-up', at },
        { type: 'send-canary', probeId: 'p', at },
        { type: 'canary-seen', probeId: 'p', seenBy: 'graph', arrivedAt: at, at },
        { type: 'begin-way-back', reason: 'r', by, at },
        { type: 'resume', by, at },
        skip('ttl', at),
      ),
    );
  const history = fc
    .array(fc.nat({ max: 5 * DAY }), { minLength: 1, maxLength: 25 })
    .chain((gaps) => {
      let at = t0;
      return fc.tuple(...gaps.map((gap) => command((at += gap))));
    });

  it('every step has a state, and MX is never asked for while something before it is not settled', () => {
    fc.assert(
      fc.property(history, evidence, (commands, seen) => {
        let state: CutOver | null = null;
        for (const next of commands) {
          const decision = decideCutOver(state, next);
          if (decision.ok) state = decision.facts.reduce(evolveCutOver, state);
        }
        const now = t0 + 200 * DAY;
        const steps = cutOverSteps(state, facts(seen, now));
        expect(steps.map(({ step }) => step)).toEqual(CUT_OVER_STEPS);
        const back = wayBackSteps(state, facts(seen, now));
        expect(back.map(({ step }) => step)).toEqual(WAY_BACK_STEPS);
        const mx = steps.findIndex(({ step }) => step === 'mx');
        const settled = steps
          .slice(0, mx)
          .every((reading) => reading.state.kind === 'done' || reading.state.kind === 'skipped');
        expect(steps[mx]?.state.kind !== 'open' || settled).toBe(true);
        expect(back[2]?.state.kind !== 'open' || seen.lockDown !== 'on').toBe(true);
      }),
    );
  });

  it('never calls it back while an MX of ours was seen within the wait', () => {
    fc.assert(
      fc.property(history, (commands) => {
        let state: CutOver | null = null;
        let lastOurs = Number.NEGATIVE_INFINITY;
        for (const next of commands) {
          const decision = decideCutOver(state, next);
          if (!decision.ok) continue;
          if (next.type === 'observe' && next.evidence.mx?.anyOfOurs === true) lastOurs = next.at;
          state = decision.facts.reduce(evolveCutOver, state);
          const cameBack = state?.phase === 'back' && next.type === 'observe';
          const waited = state?.phase === 'back' ? state.backAt - lastOurs : 0;
          expect(!cameBack || waited >= policy.relayOnly).toBe(true);
        }
      }),
    );
  });
});

function fail(): never {
  throw new Error('no MX');
}
