import { z } from 'zod';
import type { ChannelKind, DrillEnd, DrillStage, SignInMethod } from '@holdfast/domain';
import { uuid, type IsoInstant } from '../words.ts';

const chosenUsers = z.array(uuid).min(1, 'Choose at least one user.').max(50_000);
export const drillPreviewInput = z.object({ userIds: chosenUsers });
export const startDrillInput = z.object({
  userIds: chosenUsers,
  reason: z
    .string()
    .trim()
    .min(1, 'Say what the drill is for, in a few words. Participants read it.')
    .max(500),
  /** By the server's clock: that of a browser that is ahead would make the longest too long. */
  hours: z.int().min(1).max(72),
});
export const drillInput = z.object({ drillId: uuid });

export interface DrillPreview {
  readonly covered: number;
  readonly reachableBy: Readonly<Record<ChannelKind, number>>;
  readonly reachable: number;
  readonly unreachable: readonly { readonly id: string; readonly name: string }[];
  readonly busy: readonly { readonly id: string; readonly name: string }[];
  readonly isEventOpen: boolean;
  readonly noticeDelaySeconds: number;
  readonly longestHours: number;
  readonly mostParticipants: number;
}

export interface DrillView {
  readonly id: string;
  readonly reason: string;
  readonly startedAt: IsoInstant;
  readonly startedBy: string;
  readonly noticesAt: IsoInstant;
  readonly endsAt: IsoInstant;
  /** Null while it runs. */
  readonly endedAt: IsoInstant | null;
  readonly because: DrillEnd | null;
  readonly participants: number;
  readonly reached: number;
  readonly signedIn: number;
  readonly wrote: number;
  /** Medians, from the start. */
  readonly reachedAfterSeconds: number | null;
  readonly signedInAfterSeconds: number | null;
}

export interface DrillTarget {
  readonly target: 'reached' | 'reachedWithin' | 'signedIn' | 'signedInWithin' | 'wrote';
  readonly met: boolean;
  /** A share of the participants (0 to 1) or seconds. */
  readonly wanted: number;
}

export interface DrillParticipantView {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly stage: DrillStage;
  readonly reachedBy: readonly ChannelKind[];
  readonly reachedAt: IsoInstant | null;
  readonly signedInAt: IsoInstant | null;
  readonly signedInBy: SignInMethod | null;
  readonly wroteAt: IsoInstant | null;
  /** What a gateway said when it took nothing. */
  readonly detail: string | null;
}

export interface DrillReport {
  readonly organisation: string;
  readonly drill: DrillView;
  readonly targets: readonly DrillTarget[];
  readonly participants: readonly DrillParticipantView[];
  /** Chosen, and not in the directory any more. */
  readonly gone: number;
  readonly log: readonly { readonly at: IsoInstant; readonly by: string; readonly what: string }[];
}
