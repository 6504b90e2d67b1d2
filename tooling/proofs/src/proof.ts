import type { DebianProgram } from '@holdfast/rig/debian-programs';

/** `short` is what CI runs: seconds, same claim, less of it. `long` is the full measure. */
export type ProofForm = 'short' | 'long';

/**
 * One promise of the mail path. It boots what it needs with a data directory and ports of its own, is bounded in time,
 * and leaves nothing behind.
 */
export interface Proof {
  /** As in `npm run prove -- <name>`; the name of its file. */
  readonly name: string;
  /** The promise in one sentence. */
  readonly says: string;
  readonly needs: readonly DebianProgram[];
  /** Makes what it begins with and others share, such as the installed demo; before its time begins to count. */
  readonly prepare?: () => Promise<unknown>;
  /** Milliseconds that the short form may take where the usual limit is too tight. */
  readonly shortLimit?: number;
  /** Resolves with what was seen, a line each; throws with a sentence when the promise is broken. */
  run(form: ProofForm): Promise<readonly string[]>;
}
