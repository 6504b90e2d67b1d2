import { z } from 'zod';
import { Random } from '../sample-mail/random.ts';
import { chaos, rollChaos } from './chaos.ts';
import type { Fault } from './fault.ts';
import { type Call, matches, rule, type Rule } from './rule.ts';

/** Faults that are remembered for whoever wants to know what happened. */
const REMEMBERED = 10_000;

export const awkwardnessSettings = z.object({
  rules: z.array(rule).default([]),
  chaos: chaos.nullish().transform((value) => value ?? null),
  /** For the probabilities of the rules. */
  seed: z.string().default('awkward'),
});
export type AwkwardnessSettings = z.infer<typeof awkwardnessSettings>;
/** Settings as they are written, before defaults. */
export type AwkwardnessInput = z.input<typeof awkwardnessSettings>;

export interface GivenFault extends Call {
  /** Number of the call, over all services, from 1. */
  readonly call: number;
  readonly fault: Fault;
}

interface CountedRule {
  readonly rule: Rule;
  seen: number;
}

/**
 * How badly the services behave: rules for chosen calls, and chaos for all. Microsoft's real services do each of these
 * things; a client that was only ever tried against a polite stand-in has not been tried.
 */
export class Awkwardness {
  #settings: AwkwardnessSettings = awkwardnessSettings.parse({});
  #rules: CountedRule[] = [];
  #given: GivenFault[] = [];
  #calls = 0;
  #random = new Random('awkward');
  #chaosRandom = new Random('chaos');

  get settings(): AwkwardnessSettings {
    return this.#settings;
  }

  /** What went wrong since the settings were made, oldest first. */
  get given(): readonly GivenFault[] {
    return this.#given;
  }

  /** Calls seen since the settings were made. */
  get calls(): number {
    return this.#calls;
  }

  /** Replaces all rules and the chaos; counts start anew. */
  set(input: AwkwardnessInput): void {
    const settings = awkwardnessSettings.parse(input);
    this.#settings = settings;
    this.#rules = settings.rules.map((one) => ({ rule: one, seen: 0 }));
    this.#given = [];
    this.#calls = 0;
    this.#random = new Random(settings.seed);
    this.#chaosRandom = new Random(settings.chaos?.seed ?? 'chaos');
  }

  reset(): void {
    this.set({});
  }

  /** For shuffling and the like. */
  get random(): Random {
    return this.#random;
  }

  /** Everything that goes wrong with this call, in the order of the rules. */
  faultsFor(call: Call): readonly Fault[] {
    this.#calls += 1;
    const faults = this.#rules
      .filter((counted) => matches(counted.rule, call) && this.#isTurnOf(counted))
      .map((counted) => counted.rule.fault);
    const { chaos: settings } = this.#settings;
    const rolled = settings === null ? undefined : rollChaos(settings, this.#chaosRandom, call);
    if (rolled !== undefined) faults.push(rolled);
    for (const fault of faults) this.#given.push({ ...call, call: this.#calls, fault });
    if (this.#given.length > REMEMBERED) this.#given = this.#given.slice(-REMEMBERED);
    return faults;
  }

  #isTurnOf(counted: CountedRule): boolean {
    counted.seen += 1;
    const { calls, every, probability } = counted.rule;
    return (
      (calls === undefined || calls.includes(counted.seen)) &&
      (every === undefined || counted.seen % every === 0) &&
      (probability === undefined || this.#random.next() < probability)
    );
  }
}
