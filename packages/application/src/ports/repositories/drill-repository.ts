import type { Drill, DrillFact, Instant, RunningDrill, SignInMethod } from '@holdfast/domain';

export interface DrillPassword {
  readonly drillId: string;
  readonly userId: string;
  /** HMAC of the temporary password. */
  readonly mac: string;
  readonly expiresAt: Instant;
}

/** What a participant did. */
export interface DrillPresence {
  readonly userId: string;
  readonly signedInAt: Instant | null;
  readonly signedInBy: SignInMethod | null;
  /** First message written in the drill. */
  readonly wroteAt: Instant | null;
}

export interface DrillRepository {
  /** Starts of drills and of events take turns: both call this, or `events.lockCurrent`, first. */
  lockRunning(): Promise<readonly RunningDrill[]>;
  running(): Promise<readonly RunningDrill[]>;
  get(id: string): Promise<Drill | null>;
  lock(id: string): Promise<Drill | null>;
  recent(limit: number): Promise<readonly Drill[]>;
  /** Any that was not undone before anybody was told: the readiness list asks. */
  hasBeen(): Promise<boolean>;
  /** The one that a user takes part in now, or took part in last. */
  latestOf(userId: string): Promise<Drill | null>;
  /** Of many users at once, the running ones alone. */
  runningOf(userIds: readonly string[]): Promise<ReadonlyMap<string, Drill>>;
  /** Appends the facts and writes snapshot and participants. */
  append(drill: Drill, facts: readonly DrillFact[], by: string, at: Instant): Promise<void>;
  log(
    id: string,
  ): Promise<readonly { readonly at: Instant; readonly by: string; readonly fact: DrillFact }[]>;
  /** A notice that is made again does not make a used password new. */
  savePassword(password: DrillPassword): Promise<void>;
  /** True once: the password is used up by asking. */
  usePassword(drillId: string, userId: string, mac: string, at: Instant): Promise<boolean>;
  revokePasswordsOf(userId: string, at: Instant): Promise<void>;
  recordSignIn(drillId: string, userId: string, by: SignInMethod, at: Instant): Promise<void>;
  presence(drillId: string): Promise<readonly DrillPresence[]>;
  /** Takes what was written in a drill out of every mailbox; resolves to whose mailboxes changed. */
  clearMail(drillId: string): Promise<readonly string[]>;
}
