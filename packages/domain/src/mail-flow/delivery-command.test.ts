import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTerminal, OPEN_STATES, TERMINAL_STATES, type HoldKind } from './delivery.ts';
import {
  decideCommand,
  DELIVERY_COMMANDS,
  LONGEST_REASON,
  possibleCommands,
  type CommandedDelivery,
  type DeliveryCommand,
  type DeliveryCommandKind,
} from './delivery-command.ts';
import { DAY } from '../instant.ts';

const now = 1000 * DAY;
const circumstances = { by: 'olga@contoso.example', now };

const queued: CommandedDelivery = { state: 'queued', hold: null, refusals: 0 };
const leased: CommandedDelivery = { state: 'leased', hold: null, refusals: 0 };
const deferred: CommandedDelivery = { state: 'deferred', hold: null, refusals: 0 };
const review: CommandedDelivery = { state: 'held', hold: 'review', refusals: 1 };
const held: CommandedDelivery = { state: 'held', hold: 'operator', refusals: 1 };
const quarantined: CommandedDelivery = { state: 'quarantined', hold: null, refusals: 0 };

const commandOf = (kind: DeliveryCommandKind): DeliveryCommand =>
  kind === 'discard' ? { kind, reason: 'spam wave' } : { kind };

const outcome = (delivery: CommandedDelivery, kind: DeliveryCommandKind): string => {
  const decision = decideCommand(delivery, commandOf(kind), circumstances);
  if (!decision.ok) return `refused: ${decision.refusal}`;
  const { state, hold, dueAt, refusals } = decision.next;
  const words = [state, hold, dueAt === now ? 'due now' : null, refusals > 0 ? 'refused' : null];
  return words.filter((word) => word !== null).join(', ');
};

describe('a command on a delivery', () => {
  it.each<readonly [string, CommandedDelivery, Record<DeliveryCommandKind, string>]>([
    [
      'queued',
      queued,
      {
        retry: 'refused: waits-its-turn',
        hold: 'held, operator',
        release: 'refused: not-held',
        discard: 'discarded',
        'release-quarantine': 'refused: not-in-quarantine',
      },
    ],
    [
      'leased: it belongs to the relay, whatever is asked',
      leased,
      {
        retry: 'refused: being-sent',
        hold: 'refused: being-sent',
        release: 'refused: being-sent',
        discard: 'refused: being-sent',
        'release-quarantine': 'refused: being-sent',
      },
    ],
    [
      'deferred',
      deferred,
      {
        retry: 'deferred, due now',
        hold: 'held, operator',
        release: 'refused: not-held',
        discard: 'discarded',
        'release-quarantine': 'refused: not-in-quarantine',
      },
    ],
    [
      'held for review: asking again keeps its refusal, releasing forgets it',
      review,
      {
        retry: 'held, review, due now, refused',
        hold: 'held, operator, refused',
        release: 'queued, due now',
        discard: 'discarded, refused',
        'release-quarantine': 'refused: not-in-quarantine',
      },
    ],
    [
      'held by a person',
      held,
      {
        retry: 'refused: held-by-person',
        hold: 'refused: already-held',
        release: 'queued, due now',
        discard: 'discarded',
        'release-quarantine': 'refused: not-in-quarantine',
      },
    ],
    [
      'quarantined: only the quarantine lets it out',
      quarantined,
      {
        retry: 'refused: in-quarantine',
        hold: 'refused: in-quarantine',
        release: 'refused: in-quarantine',
        discard: 'discarded',
        'release-quarantine': 'queued, due now',
      },
    ],
    ...TERMINAL_STATES.map(
      (state) =>
        [
          `${state}: nothing is possible any more`,
          { state, hold: null, refusals: 0 },
          {
            retry: `refused: ${state}`,
            hold: `refused: ${state}`,
            release: `refused: ${state}`,
            discard: `refused: ${state}`,
            'release-quarantine': `refused: ${state}`,
          },
        ] as const,
    ),
  ])('that is %s', (_words, delivery, expected) => {
    const found = Object.fromEntries(
      DELIVERY_COMMANDS.map((kind) => [kind, outcome(delivery, kind)]),
    );
    expect(found).toEqual(expected);
  });

  it('names who discarded it and why, in one line', () => {
    const reason = `spam\r\nwave ${'x'.repeat(1000)}`;
    const decision = decideCommand(deferred, { kind: 'discard', reason }, circumstances);
    if (!decision.ok) throw new Error(decision.refusal);
    expect(decision.next.reply).toMatch(/^discarded by olga@contoso\.example: spam wave x+$/);
    expect(decision.next.reply?.length).toBeLessThan(LONGEST_REASON + 50);
  });

  it('offers what is possible and nothing else', () => {
    expect(possibleCommands(deferred)).toEqual(['retry', 'hold', 'discard']);
    expect(possibleCommands(quarantined)).toEqual(['discard', 'release-quarantine']);
    expect(possibleCommands(leased)).toEqual([]);
  });

  it('keeps every delivery open or in one terminal state, whatever is asked in whatever order (invariant 4)', () => {
    const states = fc.constantFrom(...OPEN_STATES, ...TERMINAL_STATES);
    const holds = fc.constantFrom<HoldKind | null>('review', 'operator', null);
    const kinds = fc.array(fc.constantFrom(...DELIVERY_COMMANDS), { maxLength: 12 });
    fc.assert(
      fc.property(states, holds, fc.nat({ max: 3 }), kinds, (state, hold, refusals, commands) => {
        let delivery: CommandedDelivery = { state, hold: state === 'held' ? hold : null, refusals };
        for (const kind of commands) {
          const decision = decideCommand(delivery, commandOf(kind), circumstances);
          const terminal = isTerminal(delivery.state);
          expect(decision.ok && terminal).toBe(false);
          if (!decision.ok) continue;
          const { next } = decision;
          // A terminal state has no next attempt, and an operator's hold none either.
          expect(next.dueAt === null).toBe(next.state === 'discarded' || next.hold === 'operator');
          expect(next.hold === null).toBe(next.state !== 'held');
          expect(next.state === 'discarded').toBe(kind === 'discard');
          delivery = next;
        }
      }),
    );
  });
});
