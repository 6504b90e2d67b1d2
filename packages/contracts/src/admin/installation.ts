import { z } from 'zod';
import type { IneligibleReason } from '@holdfast/domain';
import { uuid, type IsoInstant } from '../words.ts';

export const protectChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('users'), userIds: z.array(uuid).min(1).max(50_000) }),
]);
export const installInput = z.object({ protect: protectChoice, protectNewUsers: z.boolean() });

export interface InstallationReview {
  readonly protect: number;
  readonly ineligible: readonly { readonly reason: IneligibleReason; readonly count: number }[];
  readonly switchedOff: number;
  readonly domains: readonly string[];
  readonly seats: { readonly available: number; readonly enough: boolean };
  readonly listsAlreadyCopied: boolean;
  readonly requests: number;
}

export interface InstallationState {
  readonly installedAt: IsoInstant | null;
  readonly protectNewUsers: boolean;
  readonly steps: readonly {
    readonly step: 'copy-lists' | 'exchange';
    readonly state: 'waiting' | 'done' | 'failed';
    readonly detail: string;
    readonly at: IsoInstant;
  }[];
}
