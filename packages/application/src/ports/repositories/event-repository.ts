import type { EmergencyEvent, EventFact, Instant } from '@holdfast/domain';

export interface EventCredential {
  readonly eventId: string;
  readonly userId: string;
  readonly generation: number;
  /** HMAC of the temporary password. */
  readonly passwordMac: string;
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
}

export interface EventRepository {
  /** The open production event (scheduled, active or recovering), or null. */
  current(): Promise<EmergencyEvent | null>;
  lockCurrent(): Promise<EmergencyEvent | null>;
  get(id: string): Promise<EmergencyEvent | null>;
  recent(limit: number): Promise<readonly EmergencyEvent[]>;
  /** Appends the facts and writes the snapshot. */
  append(
    event: EmergencyEvent,
    facts: readonly EventFact[],
    by: string,
    at: Instant,
  ): Promise<void>;
  log(
    id: string,
  ): Promise<readonly { readonly at: Instant; readonly by: string; readonly fact: EventFact }[]>;
  saveCredential(credential: EventCredential): Promise<void>;
  credentials(eventId: string, userId: string): Promise<readonly EventCredential[]>;
  /** True once: the password is used up by asking. */
  useCredential(
    credential: Pick<EventCredential, 'eventId' | 'userId' | 'generation'>,
    at: Instant,
  ): Promise<boolean>;
  revokeCredentials(eventId: string, at: Instant): Promise<void>;
  /** Those of one user, whatever the event. */
  revokeCredentialsOf(userId: string, at: Instant): Promise<void>;
  signInCount(eventId: string): Promise<number>;
  /** When this user first signed in during that event; null: never. */
  signedInAt(eventId: string, userId: string): Promise<Instant | null>;
  recordSignIn(eventId: string, userId: string, at: Instant): Promise<void>;
}
