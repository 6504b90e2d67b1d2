import { MINUTE, type Instant } from '../instant.ts';
import type { ChannelKind } from './contact-channel.ts';
import type { Drill } from './drill.ts';

/** What is known of one participant. */
export interface DrillParticipation {
  readonly userId: string;
  /** Channels that may be messaged, and those of them that were proven by a code. */
  readonly channels: readonly { readonly kind: ChannelKind; readonly isProven: boolean }[];
  /** Start notices, one for each channel. */
  readonly notices: readonly {
    readonly channel: ChannelKind;
    readonly isProven: boolean;
    readonly outcome: 'handed-over' | 'failed';
    readonly detail: string;
    readonly at: Instant;
  }[];
  readonly signedInAt: Instant | null;
  readonly wroteAt: Instant | null;
  /** Protected and enabled still: who is not could neither be told nor sign in. */
  readonly isAdmitted: boolean;
}

/** How far somebody came, and what stopped them: exactly one for each participant. */
export type DrillStage =
  | 'wrote'
  | 'signed-in'
  | 'reached'
  /** Told, without the login: the channel was never confirmed. */
  | 'told-only'
  | 'not-delivered'
  | 'no-contact'
  | 'left'
  /** The drill was over before the notices left, or they are on their way. */
  | 'not-told-yet';

export function drillStage(of: DrillParticipation): DrillStage {
  if (of.wroteAt !== null) return 'wrote';
  if (of.signedInAt !== null) return 'signed-in';
  const handedOver = of.notices.filter(({ outcome }) => outcome === 'handed-over');
  if (handedOver.some(({ isProven }) => isProven)) return 'reached';
  if (handedOver.length > 0) return 'told-only';
  if (of.notices.length > 0) return 'not-delivered';
  if (!of.isAdmitted) return 'left';
  return of.channels.length === 0 ? 'no-contact' : 'not-told-yet';
}

/** What an organisation should reach before it relies on its emergency mailboxes. */
export const DRILL_TARGETS = {
  /** Share of participants whose login was handed over to a confirmed channel. */
  reached: 0.95,
  signedIn: 0.8,
  wrote: 0.5,
  /** From the start to the login being handed over, for half of those reached. Unit: milliseconds. */
  reachedWithin: 2 * MINUTE,
  /** From the start to the sign-in, for half of those who signed in. Unit: milliseconds. */
  signedInWithin: 30 * MINUTE,
} as const;

export interface DrillFigures {
  readonly participants: number;
  readonly reached: number;
  readonly signedIn: number;
  readonly wrote: number;
  /** Median; null where nobody was. Unit: milliseconds. */
  readonly reachedAfter: number | null;
  readonly signedInAfter: number | null;
}

export interface DrillEvidence {
  readonly figures: DrillFigures;
  readonly met: Readonly<Record<keyof typeof DRILL_TARGETS, boolean>>;
}

/** First notice with the login that was handed over to a confirmed channel. */
export function reachedAt(of: DrillParticipation): Instant | null {
  const times = of.notices.flatMap(({ outcome, isProven, at }) =>
    outcome === 'handed-over' && isProven ? [at] : [],
  );
  return times.length === 0 ? null : Math.min(...times);
}

/** Everybody counts who was chosen, whether or not they are in the directory still. */
export function drillEvidence(
  drill: Drill,
  participations: readonly DrillParticipation[],
): DrillEvidence {
  const after = (times: readonly (Instant | null)[]): readonly number[] =>
    times.flatMap((at) => (at === null ? [] : [at - drill.startedAt]));
  const reached = after(participations.map(reachedAt));
  const signedIn = after(participations.map(({ signedInAt }) => signedInAt));
  const wrote = after(participations.map(({ wroteAt }) => wroteAt));
  const figures = {
    participants: drill.participants.length,
    reached: reached.length,
    signedIn: signedIn.length,
    wrote: wrote.length,
    reachedAfter: median(reached),
    signedInAfter: median(signedIn),
  };
  const share = (count: number, wanted: number): boolean => count >= figures.participants * wanted;
  const within = (found: number | null, wanted: number): boolean =>
    found !== null && found <= wanted;
  return {
    figures,
    met: {
      reached: share(figures.reached, DRILL_TARGETS.reached),
      signedIn: share(figures.signedIn, DRILL_TARGETS.signedIn),
      wrote: share(figures.wrote, DRILL_TARGETS.wrote),
      reachedWithin: within(figures.reachedAfter, DRILL_TARGETS.reachedWithin),
      signedInWithin: within(figures.signedInAfter, DRILL_TARGETS.signedInWithin),
    },
  };
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? null;
}
