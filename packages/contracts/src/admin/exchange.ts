import { z } from 'zod';
import type { IsoInstant } from '../words.ts';

export const exchangeChoiceInput = z.object({
  filtering: z.enum(['enhanced', 'ours']),
  junkRule: z.boolean(),
});
export const exchangeScriptInput = z.object({
  purpose: z.enum(['establish', 'remove', 'lock-down', 'lock-down-off']),
});
/** What was pasted is more than the line that counts, often. */
export const confirmScriptInput = z.object({
  result: z.string().min(1).max(20_000),
  note: z.string().max(500).default(''),
});

interface Words {
  readonly title: string;
  readonly detail: string;
}

/** The Office 365 side: what is there, what it shall be, and the difference. */
export interface ExchangeView {
  readonly filtering: 'enhanced' | 'ours';
  readonly junkRule: boolean;
  readonly established: 'yes' | 'no' | 'attested' | 'unknown';
  /** Mail that does not come through us is refused; null: not known. */
  readonly lockedDown: boolean | null;
  /** Why nothing could be read; null when something could. */
  readonly failure: string | null;
  /** What would be changed, in this order; each with the cmdlets that do it. */
  readonly steps: readonly (Words & { readonly cmdlets: readonly string[] })[];
  readonly findings: readonly (Words & { readonly level: 'blocks' | 'warns' })[];
  /** The last look that was kept; null: none yet. */
  readonly check: { readonly at: IsoInstant; readonly detail: string } | null;
  /** Who said that the script was run; null: nobody. */
  readonly attestedBy: string | null;
  /** What was changed for us, newest first. */
  readonly changes: readonly {
    readonly id: string;
    readonly at: IsoInstant;
    readonly actor: string;
    readonly byHand: boolean;
    /** Nobody knows whether it was made. */
    readonly uncertain: boolean;
    readonly title: string;
  }[];
}
